# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    """A text that nobody has signed can be taken back: then it is not to be signed."""

    dependencies = [("agreements", "0004_in_force")]

    operations = [
        migrations.CreateModel(
            name="Recall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField(db_default=Now())),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recall",
                        to="agreements.agreementversion",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON agreements_recall FROM overens_app;", migrations.RunSQL.noop
        ),
    ]
