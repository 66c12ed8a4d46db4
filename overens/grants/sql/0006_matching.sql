-- SPDX-FileCopyrightText: The Överens contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- The rows of the former system become rows of the bank, and what was done with them becomes matches; then the guards.

INSERT INTO bank_bankrow (account, bank_reference, booked_on, ore, counterpart, counterpart_id, counterpart_account,
                          end_to_end_id, ocr, message, return_reason, return_text)
SELECT '', bank_reference, booked_on, kronor * 100, sender, '', '', '', '', message, '', '' FROM grants_bankrow;

INSERT INTO grants_match (row_id, way, ore, case_id, receipt_id, rule, note, at)
SELECT b.id, 'repayment', g.applied * 100, g.case_id, g.receipt_id, '', '', d.effective_at
FROM grants_bankrow g JOIN bank_bankrow b USING (bank_reference) JOIN records_documentversion d ON d.id = g.receipt_id;

INSERT INTO grants_match (row_id, way, ore, case_id, receipt_id, rule, note, at)
SELECT b.id, 'refund', (g.kronor - g.applied) * 100, g.case_id, NULL, '', '', d.effective_at
FROM grants_bankrow g JOIN bank_bankrow b USING (bank_reference) JOIN records_documentversion d ON d.id = g.receipt_id
WHERE g.kronor > g.applied;

SET CONSTRAINTS ALL IMMEDIATE;

-- Live matches of a row have its sign and are together never more than it. Whoever adds one waits for the row.
CREATE FUNCTION grants_match_within_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    whole bigint;
    met bigint;
BEGIN
    SELECT ore INTO whole FROM bank_bankrow WHERE id = NEW.row_id FOR NO KEY UPDATE;
    SELECT sum(m.ore) INTO met FROM grants_match m
        WHERE m.row_id = NEW.row_id AND NOT EXISTS (SELECT 1 FROM grants_undoing u WHERE u.match_id = m.id);
    IF sign(NEW.ore) <> sign(whole) OR abs(met) > abs(whole) THEN
        RAISE EXCEPTION 'a bank row is matched with no more than it is'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'match_within_row';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER grants_match_within_row AFTER INSERT ON grants_match
    FOR EACH ROW EXECUTE FUNCTION grants_match_within_row();

REVOKE UPDATE, DELETE, TRUNCATE ON grants_match, grants_undoing, grants_refunded FROM overens_app;
