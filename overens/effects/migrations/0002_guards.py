# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """What things were like, what was asked and what came out stay as they were. A study is released once."""

    dependencies = [("effects", "0001_initial"), ("records", "0002_guards")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON effects_baseline, effects_study, effects_studyresult FROM overens_app;"
            "GRANT UPDATE (released_by_id, released_at) ON effects_study TO overens_app;"
            "CREATE FUNCTION effects_released_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " IF OLD.released_at IS NOT NULL THEN"
            " RAISE EXCEPTION 'a released study does not change' USING ERRCODE = 'check_violation',"
            " CONSTRAINT = 'effects_released_once'; END IF; RETURN NEW; END $$;"
            "CREATE TRIGGER effects_released_once BEFORE UPDATE ON effects_study"
            " FOR EACH ROW EXECUTE FUNCTION effects_released_once();",
            "DROP TRIGGER effects_released_once ON effects_study; DROP FUNCTION effects_released_once();",
        ),
    ]
