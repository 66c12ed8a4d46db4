# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """What units wrote and what was said of it stays in every version. An adopted plan and what became of its actions are
    records.
    """

    dependencies = [("planner", "0003_plans_and_entries")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON planner_entryrevision, planner_planrevision, planner_answerstep,"
            " planner_adopted, planner_actionfollowup FROM overens_app;"
            "GRANT UPDATE (chosen_at) ON planner_entryrevision, planner_planrevision TO overens_app;"
            "REVOKE DELETE, TRUNCATE ON planner_unit, planner_plan, planner_answer, planner_entry FROM overens_app;",
            migrations.RunSQL.noop,
        ),
    ]
