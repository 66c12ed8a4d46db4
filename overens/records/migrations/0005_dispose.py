# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path

from django.db import migrations, models


class Migration(migrations.Migration):
    """Chains hold from here on. Disposal by decision, and the guards of the new records: see sql/0005_dispose.sql."""

    dependencies = [("records", "0004_chain"), ("people", "0002_guards")]
    operations = [
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("subject", "number"), name="event_number_once"),
        ),
        migrations.RunSQL((Path(__file__).parents[1] / "sql" / "0005_dispose.sql").read_text(), migrations.RunSQL.noop),
    ]
