# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """What was written and said stays. A locked text does not change, nor anything of a draft that is over."""

    dependencies = [("studio", "0001_initial"), ("records", "0002_guards")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON studio_draftrevision, studio_comment, studio_answer FROM overens_app;"
            "REVOKE DELETE, TRUNCATE ON studio_draft FROM overens_app;"
            "GRANT UPDATE (chosen_at) ON studio_draftrevision TO overens_app;"
            "GRANT UPDATE (released_at) ON studio_comment TO overens_app;"
            "CREATE FUNCTION studio_stands() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " IF OLD.state = 'withdrawn' THEN"
            " RAISE EXCEPTION 'a draft that is over does not change' USING ERRCODE = 'check_violation',"
            " CONSTRAINT = 'draft_over_stands'; END IF;"
            " IF OLD.state = 'locked' AND NEW.content IS DISTINCT FROM OLD.content THEN"
            " RAISE EXCEPTION 'a locked text does not change' USING ERRCODE = 'check_violation',"
            " CONSTRAINT = 'draft_locked_stands'; END IF;"
            " IF OLD.shared_at IS NOT NULL AND NEW.shared_at IS DISTINCT FROM OLD.shared_at THEN"
            " RAISE EXCEPTION 'what was shown is shown' USING ERRCODE = 'check_violation',"
            " CONSTRAINT = 'draft_shown_stands'; END IF; RETURN NEW; END $$;"
            "CREATE TRIGGER studio_stands BEFORE UPDATE ON studio_draft"
            " FOR EACH ROW EXECUTE FUNCTION studio_stands();",
            "DROP TRIGGER studio_stands ON studio_draft; DROP FUNCTION studio_stands();",
        ),
    ]
