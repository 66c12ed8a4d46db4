# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """What lapsed comes back when the last day is moved by decision."""

    dependencies = [("ledger", "0002_claims")]
    operations = [
        migrations.RunSQL(
            "INSERT INTO ledger_movement (from_place, to_place, cause_kind, changes_owner)"
            " VALUES ('lapsed', 'allocated', 'extension-decision', false);",
            "DELETE FROM ledger_movement WHERE cause_kind = 'extension-decision';",
        )
    ]
