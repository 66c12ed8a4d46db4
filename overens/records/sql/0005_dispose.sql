-- SPDX-FileCopyrightText: The Överens contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- Removing contents by decision, the only way that exists. The decision is a paper of two persons of one organisation
-- that lists the hashes of what goes. The owner's role alone may call it: the web and the workers, which anybody
-- outside reaches first, can empty nothing. What rests on the papers (rows, transfers, events) stays.

CREATE FUNCTION records_dispose(decision bigint) RETURNS integer
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
                   JOIN records_signature s ON s.evidence_id = f.id WHERE s.version_id = v.id;
            UPDATE records_storedfile SET content = '', name = ''
             WHERE id IN (SELECT evidence_id FROM records_signature WHERE version_id = v.id);
            UPDATE records_rendition SET content = '' WHERE version_id = v.id;
            UPDATE records_signature SET content = '', report = NULL WHERE version_id = v.id;
            UPDATE records_documentversion SET content = '' WHERE id = v.id;
            emptied := emptied + 1;
        END LOOP;
    END LOOP;
    RETURN emptied;
END
$$;
REVOKE ALL ON FUNCTION records_dispose(bigint) FROM PUBLIC;

-- New records: the application inserts them and changes none. Ending a release is all that it may change.
REVOKE UPDATE, DELETE, TRUNCATE ON records_storedfile, records_rendition, records_registration, records_tombstone,
       records_checkpoint, records_reading, records_release FROM overens_app;
REVOKE INSERT ON records_tombstone FROM overens_app;
GRANT UPDATE (ended_by_id, ended_at) ON records_release TO overens_app;
