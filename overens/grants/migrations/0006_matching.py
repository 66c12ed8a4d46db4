# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The bank's rows get a room of their own; what was done with them is written beside them: see sql/0006_matching.sql."""

    dependencies = [
        ("bank", "0002_incoming"),
        ("grants", "0005_claims"),
        ("people", "0003_mandates_end"),
        ("records", "0005_dispose"),
    ]

    operations = [
        migrations.CreateModel(
            name="Match",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("payment", "Payment"),
                            ("bounce", "Bounce"),
                            ("repayment", "Repayment"),
                            ("refund", "Refund"),
                            ("paid-back", "Paid Back"),
                            ("elsewhere", "Elsewhere"),
                        ],
                        max_length=10,
                    ),
                ),
                ("ore", models.BigIntegerField()),
                ("rule", models.CharField(blank=True, max_length=30)),
                ("note", models.CharField(blank=True, max_length=400)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="matches", to="grants.case"
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="grants.payment",
                    ),
                ),
                (
                    "receipt",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="match",
                        to="records.documentversion",
                    ),
                ),
                (
                    "refund",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paid_back",
                        to="grants.match",
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="matches", to="bank.bankrow"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Refunded",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                (
                    "mandate",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "match",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="refunded", to="grants.match"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Undoing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "match",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="undoing", to="grants.match"
                    ),
                ),
                (
                    "receipt",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.documentversion",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(("ore", 0), _negated=True), name="match_is_of_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("case__isnull", False),
                        ("receipt__isnull", False),
                        ("way__in", ("payment", "bounce", "repayment")),
                    ),
                    models.Q(("receipt", None), ("way__in", ["refund", "paid-back", "elsewhere"])),
                    _connector="OR",
                ),
                name="match_receipt_where_money_moved",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("payment__isnull", False), ("way__in", ["payment", "bounce"])),
                    models.Q(models.Q(("way__in", ["payment", "bounce"]), _negated=True), ("payment", None)),
                    _connector="OR",
                ),
                name="match_payment_where_paid",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ore__lt", 0), ("way__in", ["payment", "paid-back"])),
                    models.Q(("ore__gt", 0), ("way__in", ["bounce", "repayment", "refund"])),
                    models.Q(("way", "elsewhere"), models.Q(("note", ""), _negated=True)),
                    _connector="OR",
                ),
                name="match_direction",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("refund__isnull", False), ("way", "paid-back")),
                    models.Q(models.Q(("way", "paid-back"), _negated=True), ("refund", None)),
                    _connector="OR",
                ),
                name="match_pays_a_refund_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(("rule", ""), ("mandate", None), _connector="OR"), name="match_by_rule_or_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="refunded",
            constraint=models.CheckConstraint(
                condition=models.Q(("reference", ""), _negated=True), name="refunded_has_reference"
            ),
        ),
        migrations.AddConstraint(
            model_name="undoing",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="undoing_has_reason"
            ),
        ),
        migrations.RunSQL(
            (Path(__file__).parents[1] / "sql" / "0006_matching.sql").read_text(), migrations.RunSQL.noop
        ),
        migrations.DeleteModel(
            name="BankRow",
        ),
    ]
