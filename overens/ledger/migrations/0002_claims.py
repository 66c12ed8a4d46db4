# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """A debt may be remitted, and a write-off taken back: the same rows as in overens/rules/process.py."""

    dependencies = [("ledger", "0001_ledger")]
    operations = [
        migrations.RunSQL(
            "INSERT INTO ledger_place (code, owned) VALUES ('remitted', true);"
            "INSERT INTO ledger_movement (from_place, to_place, cause_kind, changes_owner) VALUES"
            " ('written-off', 'to-repay', 'write-off-reversed', false),"
            " ('to-repay', 'remitted', 'remission', false);",
            "DELETE FROM ledger_movement WHERE cause_kind IN ('write-off-reversed', 'remission');"
            "DELETE FROM ledger_place WHERE code = 'remitted';",
        )
    ]
