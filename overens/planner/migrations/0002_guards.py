# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """A version and what was computed of it stay as they are; a secret address can be ended, not moved."""

    dependencies = [("planner", "0001_initial"), ("records", "0002_guards")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON planner_scenarioversion, planner_projected, planner_scenariolink"
            " FROM overens_app;"
            "GRANT UPDATE (ended_at) ON planner_scenariolink TO overens_app;"
            "REVOKE DELETE, TRUNCATE ON planner_savedscenario FROM overens_app;",
            migrations.RunSQL.noop,
        ),
    ]
