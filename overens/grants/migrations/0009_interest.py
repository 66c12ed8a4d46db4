# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A row of the bank may be interest that a claim is met with."""

    dependencies = [("grants", "0008_examination")]

    operations = [
        migrations.RemoveConstraint(
            model_name="match",
            name="match_receipt_where_money_moved",
        ),
        migrations.RemoveConstraint(
            model_name="match",
            name="match_direction",
        ),
        migrations.AddField(
            model_name="match",
            name="interest_claim",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="matches",
                to="grants.interestclaim",
            ),
        ),
        migrations.AlterField(
            model_name="match",
            name="way",
            field=models.CharField(
                choices=[
                    ("payment", "Payment"),
                    ("bounce", "Bounce"),
                    ("repayment", "Repayment"),
                    ("interest", "Interest"),
                    ("refund", "Refund"),
                    ("paid-back", "Paid Back"),
                    ("elsewhere", "Elsewhere"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("case__isnull", False),
                        ("receipt__isnull", False),
                        ("way__in", ("payment", "bounce", "repayment", "interest")),
                    ),
                    models.Q(("receipt", None), ("way__in", ["refund", "paid-back", "elsewhere"])),
                    _connector="OR",
                ),
                name="match_receipt_where_something_met",
            ),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ore__lt", 0), ("way__in", ["payment", "paid-back"])),
                    models.Q(("ore__gt", 0), ("way__in", ["bounce", "repayment", "interest", "refund"])),
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
                    models.Q(("interest_claim__isnull", False), ("way", "interest")),
                    models.Q(models.Q(("way", "interest"), _negated=True), ("interest_claim", None)),
                    _connector="OR",
                ),
                name="match_interest_of_a_claim",
            ),
        ),
    ]
