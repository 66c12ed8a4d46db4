-- SPDX-FileCopyrightText: The Överens contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- The disposal of 0005, which it takes the place of, for papers that have files attached: they go with their paper.

CREATE OR REPLACE FUNCTION records_dispose(decision bigint) RETURNS integer
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    paper jsonb;
    persons integer;
    organisations integer;
    gone text;
    emptied integer := 0;
    v record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('dispose', 0));
    SELECT content::jsonb INTO paper FROM records_documentversion WHERE id = decision AND kind = 'disposal-decision';
    IF paper IS NULL THEN
        RAISE EXCEPTION 'version % is no disposal decision', decision USING ERRCODE = 'check_violation';
    END IF;
    SELECT count(DISTINCT person_id), count(DISTINCT organisation_id) INTO persons, organisations
      FROM people_mandate
     WHERE id IN ((paper ->> 'proposed_by')::bigint, (paper ->> 'confirmed_by')::bigint);
    IF persons <> 2 OR organisations <> 1 THEN
        RAISE EXCEPTION 'disposal decision % is not that of two persons of one organisation', decision
              USING ERRCODE = 'check_violation';
    END IF;
    FOR gone IN SELECT jsonb_array_elements_text(paper -> 'versions') LOOP
        IF NOT EXISTS (SELECT 1 FROM records_documentversion WHERE sha256 = gone AND kind <> 'disposal-decision') THEN
            RAISE EXCEPTION 'disposal decision % names %, which is no paper', decision, gone
                  USING ERRCODE = 'check_violation';
        END IF;
        FOR v IN SELECT id FROM records_documentversion
                  WHERE sha256 = gone AND kind <> 'disposal-decision' AND content <> '' LOOP
            INSERT INTO records_tombstone (what, row, sha256, decision_id)
                 SELECT 'version', id, sha256, decision FROM records_documentversion WHERE id = v.id
                  UNION ALL
                 SELECT 'signature', id, sha256, decision FROM records_signature WHERE version_id = v.id
                  UNION ALL
                 SELECT 'rendition', id, sha256, decision FROM records_rendition WHERE version_id = v.id
                  UNION ALL
                 SELECT 'file', f.id, f.sha256, decision FROM records_storedfile f
                   JOIN records_signature s ON s.evidence_id = f.id WHERE s.version_id = v.id
                  UNION ALL
                 SELECT 'file', f.id, f.sha256, decision FROM records_storedfile f
                   JOIN records_attachment a ON a.file_id = f.id WHERE a.version_id = v.id;
            UPDATE records_storedfile SET content = '', name = ''
             WHERE id IN (SELECT evidence_id FROM records_signature WHERE version_id = v.id
                           UNION ALL SELECT file_id FROM records_attachment WHERE version_id = v.id);
            UPDATE records_rendition SET content = '' WHERE version_id = v.id;
            UPDATE records_signature SET content = '', report = NULL WHERE version_id = v.id;
            UPDATE records_documentversion SET content = '' WHERE id = v.id;
            emptied := emptied + 1;
        END LOOP;
    END LOOP;
    RETURN emptied;
END
$$;

REVOKE UPDATE, DELETE, TRUNCATE ON records_attachment FROM overens_app;
