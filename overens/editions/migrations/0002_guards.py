# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """What was written and said stays; of what may be answered or decided later the columns are named. A frozen edition
    cannot be thawed, nor its version be another.
    """

    dependencies = [("editions", "0001_initial"), ("records", "0002_guards")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON editions_passagerevision, editions_remark, editions_check, editions_piece,"
            " editions_proposal, editions_editionfile FROM overens_app;"
            "REVOKE DELETE, TRUNCATE ON editions_edition, editions_passage, editions_confirmed FROM overens_app;"
            "GRANT UPDATE (chosen_at) ON editions_passagerevision TO overens_app;"
            "GRANT UPDATE (state, answer, answered_by_id, answered_at) ON editions_remark TO overens_app;"
            "GRANT UPDATE (due_on, answer_id, answered_at) ON editions_check TO overens_app;"
            "GRANT UPDATE (answer, said, instead, answered_by_id) ON editions_piece TO overens_app;"
            "GRANT UPDATE (state, reason, decided_by_id, decided_at) ON editions_proposal TO overens_app;"
            "CREATE FUNCTION editions_stands() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " IF OLD.state = 'frozen' AND NEW IS DISTINCT FROM OLD THEN"
            " RAISE EXCEPTION 'a frozen edition does not change' USING ERRCODE = 'check_violation',"
            " CONSTRAINT = 'edition_frozen_stands'; END IF; RETURN NEW; END $$;"
            "CREATE TRIGGER editions_stands BEFORE UPDATE ON editions_edition"
            " FOR EACH ROW EXECUTE FUNCTION editions_stands();"
            "CREATE FUNCTION editions_passage_stands() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " IF EXISTS (SELECT 1 FROM editions_edition e WHERE e.id = NEW.edition_id AND e.state = 'frozen') THEN"
            " RAISE EXCEPTION 'a passage of a frozen edition does not change' USING ERRCODE = 'check_violation',"
            " CONSTRAINT = 'passage_of_frozen_edition_stands'; END IF; RETURN NEW; END $$;"
            "CREATE TRIGGER editions_passage_stands BEFORE INSERT OR UPDATE ON editions_passage"
            " FOR EACH ROW EXECUTE FUNCTION editions_passage_stands();",
            "DROP TRIGGER editions_passage_stands ON editions_passage; DROP FUNCTION editions_passage_stands();"
            "DROP TRIGGER editions_stands ON editions_edition; DROP FUNCTION editions_stands();",
        ),
    ]
