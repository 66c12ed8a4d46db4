# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """What was received stays as it was, and is decided on once; how a file is read is kept in every version. A version
    of a problem and what was computed of it stay as they are; a secret address can be ended, not moved. What units
    wrote and what was said of it stays in every version. What was decided and what became of actions are records.
    """

    dependencies = [("planner", "0001_initial"), ("records", "0002_guards")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON planner_datasetversion, planner_savedmapping, planner_problemversion,"
            " planner_problemlink, planner_computed, planner_entryrevision, planner_planrevision, planner_answerstep,"
            " planner_adopted, planner_planningdecision, planner_localdecision, planner_actionfollowup FROM overens_app;"
            "GRANT UPDATE (state, reason, decided_by_id, decided_at) ON planner_datasetversion TO overens_app;"
            "GRANT UPDATE (ended_at) ON planner_problemlink TO overens_app;"
            "GRANT UPDATE (chosen_at) ON planner_entryrevision, planner_planrevision TO overens_app;"
            "REVOKE DELETE, TRUNCATE ON planner_dataset, planner_savedproblem, planner_unit, planner_plan,"
            " planner_answer, planner_entry FROM overens_app;"
            "CREATE FUNCTION planner_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " IF OLD.state <> 'received' THEN"
            " RAISE EXCEPTION 'a data set that is decided on does not change' USING ERRCODE = 'check_violation',"
            " CONSTRAINT = 'planner_decided_once'; END IF; RETURN NEW; END $$;"
            "CREATE TRIGGER planner_decided_once BEFORE UPDATE ON planner_datasetversion"
            " FOR EACH ROW EXECUTE FUNCTION planner_decided_once();",
            "DROP TRIGGER planner_decided_once ON planner_datasetversion; DROP FUNCTION planner_decided_once();",
        ),
    ]
