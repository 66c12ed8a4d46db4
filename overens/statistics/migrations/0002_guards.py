# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """What a source answered stays as it was. A table is decided on once, and nothing is added to one that is."""

    dependencies = [("statistics", "0001_initial"), ("records", "0002_guards")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON statistics_storedtable, statistics_reply, statistics_storedcolumn"
            " FROM overens_app;"
            "GRANT UPDATE (state, reason, decided_by_id, decided_at) ON statistics_storedtable TO overens_app;"
            "CREATE FUNCTION statistics_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " IF OLD.state <> 'received' THEN"
            " RAISE EXCEPTION 'a table that is decided on does not change' USING ERRCODE = 'check_violation',"
            " CONSTRAINT = 'statistics_decided_once'; END IF; RETURN NEW; END $$;"
            "CREATE TRIGGER statistics_decided_once BEFORE UPDATE ON statistics_storedtable"
            " FOR EACH ROW EXECUTE FUNCTION statistics_decided_once();"
            "CREATE FUNCTION statistics_table_stands() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " IF EXISTS (SELECT 1 FROM statistics_storedtable t WHERE t.id = NEW.table_id AND t.state <> 'received')"
            " THEN RAISE EXCEPTION 'nothing is added to a table that is decided on'"
            " USING ERRCODE = 'check_violation', CONSTRAINT = 'statistics_table_stands'; END IF; RETURN NEW; END $$;"
            "CREATE TRIGGER statistics_table_stands BEFORE INSERT ON statistics_storedcolumn"
            " FOR EACH ROW EXECUTE FUNCTION statistics_table_stands();"
            "CREATE TRIGGER statistics_reply_stands BEFORE INSERT ON statistics_reply"
            " FOR EACH ROW EXECUTE FUNCTION statistics_table_stands();",
            "DROP TRIGGER statistics_reply_stands ON statistics_reply;"
            "DROP TRIGGER statistics_table_stands ON statistics_storedcolumn; DROP FUNCTION statistics_table_stands();"
            "DROP TRIGGER statistics_decided_once ON statistics_storedtable; DROP FUNCTION statistics_decided_once();",
        ),
    ]
