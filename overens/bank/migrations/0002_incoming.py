# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("bank", "0001_outgoing"),
        ("people", "0003_mandates_end"),
        ("records", "0007_file_sender"),
    ]

    operations = [
        migrations.CreateModel(
            name="BankFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("camt.053", "Statement"), ("camt.054", "Notification"), ("pain.002", "Status")],
                        max_length=10,
                    ),
                ),
                ("message_id", models.CharField(max_length=35)),
                ("original", models.CharField(blank=True, max_length=35)),
                ("received_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bank_file", to="records.storedfile"
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="BankAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("end_to_end_id", models.CharField(blank=True, max_length=35)),
                ("part", models.CharField(blank=True, max_length=35)),
                ("status", models.CharField(max_length=4)),
                ("reason", models.CharField(blank=True, max_length=35)),
                ("text", models.CharField(blank=True, max_length=200)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="bank.bankfile"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="BankRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.CharField(blank=True, max_length=34)),
                ("bank_reference", models.CharField(max_length=60)),
                ("booked_on", models.DateField(db_index=True)),
                ("ore", models.BigIntegerField()),
                ("counterpart", models.CharField(blank=True, max_length=200)),
                ("counterpart_id", models.CharField(blank=True, max_length=35)),
                ("counterpart_account", models.CharField(blank=True, max_length=34)),
                ("end_to_end_id", models.CharField(blank=True, max_length=35)),
                ("ocr", models.CharField(blank=True, max_length=35)),
                ("message", models.CharField(blank=True, max_length=500)),
                ("return_reason", models.CharField(blank=True, max_length=35)),
                ("return_text", models.CharField(blank=True, max_length=200)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "mandate",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="bank.bankrow"
                    ),
                ),
            ],
            options={
                "ordering": ["-booked_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="BankStatement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("identification", models.CharField(max_length=35)),
                ("account", models.CharField(max_length=34)),
                ("opening", models.BigIntegerField(null=True)),
                ("closing", models.BigIntegerField(null=True)),
                ("pending", models.PositiveIntegerField(default=0)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="bank.bankfile"
                    ),
                ),
                ("rows", models.ManyToManyField(related_name="statements", to="bank.bankrow")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="bankfile",
            constraint=models.UniqueConstraint(fields=("kind", "message_id"), name="bank_file_message_once"),
        ),
        migrations.AddConstraint(
            model_name="bankrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("ore", 0), _negated=True), name="bank_row_moves_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="bankrow",
            constraint=models.UniqueConstraint(fields=("account", "bank_reference"), name="bank_row_once"),
        ),
        migrations.AddConstraint(
            model_name="bankrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("mandate", None), ("account", ""), _connector="OR"),
                name="bank_row_by_hand_or_from_a_file",
            ),
        ),
        # What the bank has said is neither changed nor deleted.
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON bank_bankfile, bank_bankrow, bank_bankstatement, bank_bankstatement_rows,"
            " bank_bankanswer FROM overens_app;",
            migrations.RunSQL.noop,
        ),
    ]
