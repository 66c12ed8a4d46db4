-- SPDX-FileCopyrightText: The Överens contributors
-- SPDX-License-Identifier: EUPL-1.2
--
-- What a CHECK on one row cannot say of a batch: it ends once, and whoever approves it second has examined none of it.

CREATE FUNCTION grants_batch_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.released_at IS NOT NULL OR OLD.dissolved_at IS NOT NULL THEN
        RAISE EXCEPTION 'batch % has ended', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_ends_once';
    END IF;
    IF NEW.second_by_id IS NOT NULL AND EXISTS (
        SELECT FROM grants_payment AS payment
        JOIN grants_requisition AS requisition ON requisition.case_id = payment.case_id AND NOT requisition.superseded
        JOIN grants_examination AS examination ON examination.version_id = requisition.version_id
        WHERE payment.batch_id = NEW.id AND payment.state <> 'dissolved'
        AND examination.outcome = 'accepted' AND examination.person_id = NEW.second_by_id
    ) THEN
        RAISE EXCEPTION 'batch %: the second one who approves has examined some of it', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_second_has_not_examined';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER grants_batch_guard BEFORE UPDATE ON grants_batch FOR EACH ROW EXECUTE FUNCTION grants_batch_guard();

-- What is paid to whom is never changed; a batch keeps who made it.
REVOKE UPDATE ON grants_payment, grants_batch FROM overens_app;
GRANT UPDATE (state, file_id, bank_reason, answered_at) ON grants_payment TO overens_app;
GRANT UPDATE (control, control_sha256, first_by_id, first_at, first_sha256, second_by_id, second_at, second_sha256,
    released_by_id, released_at, dissolved_at) ON grants_batch TO overens_app;
