# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

NUMBERED = """
    UPDATE grants_claim SET number = counted.number FROM (
        SELECT id, row_number() OVER (PARTITION BY case_id ORDER BY raised_at, id) AS number FROM grants_claim
    ) counted WHERE counted.id = grants_claim.id
"""
# What a claim, a plan or an interest claim says never changes: only how it has gone with it.
GUARDED = """
    REVOKE DELETE, TRUNCATE ON grants_paymentplan, grants_planrow, grants_interestclaim FROM overens_app;
    REVOKE UPDATE ON grants_claim, grants_paymentplan, grants_planrow, grants_interestclaim FROM overens_app;
    GRANT UPDATE (ended_at) ON grants_claim TO overens_app;
    GRANT UPDATE (broken_on, ended_at) ON grants_paymentplan TO overens_app;
    GRANT UPDATE (paid, remitted) ON grants_interestclaim TO overens_app;
"""


class Migration(migrations.Migration):
    """Claims get a number and a letter; plans, and interest beside the chain."""

    dependencies = [
        ("grants", "0004_approvals"),
        ("records", "0005_dispose"),
    ]

    operations = [
        migrations.CreateModel(
            name="InterestClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("kronor", models.BigIntegerField()),
                ("after", models.DateField()),
                ("through", models.DateField()),
                ("due_on", models.DateField()),
                ("raised_at", models.DateTimeField()),
                ("paid", models.BigIntegerField(default=0)),
                ("remitted", models.BigIntegerField(default=0)),
            ],
            options={
                "ordering": ["-raised_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PaymentPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("deferral", "Deferral"), ("instalments", "Instalments")], max_length=12),
                ),
                ("interest_after", models.DateField()),
                ("decided_at", models.DateTimeField()),
                ("broken_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-decided_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PlanRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField()),
                ("kronor", models.BigIntegerField()),
            ],
            options={
                "ordering": ["due_on"],
            },
        ),
        migrations.AlterModelOptions(
            name="claim",
            options={"ordering": ["-raised_at", "-pk"]},
        ),
        migrations.RemoveConstraint(
            model_name="claim",
            name="claim_one_open_per_case",
        ),
        migrations.AddField(
            model_name="claim",
            name="number",
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="claim",
            name="version",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="claim",
                to="records.documentversion",
            ),
        ),
        migrations.RunSQL(NUMBERED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="claim_number_once"),
        ),
        migrations.AddField(
            model_name="interestclaim",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="interest_claims", to="grants.case"
            ),
        ),
        migrations.AddField(
            model_name="interestclaim",
            name="version",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="interest_claim", to="records.documentversion"
            ),
        ),
        migrations.AddField(
            model_name="paymentplan",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="grants.case"
            ),
        ),
        migrations.AddField(
            model_name="paymentplan",
            name="version",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="plan", to="records.documentversion"
            ),
        ),
        migrations.AddField(
            model_name="planrow",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="grants.paymentplan"
            ),
        ),
        migrations.AddConstraint(
            model_name="interestclaim",
            constraint=models.CheckConstraint(condition=models.Q(("kronor__gt", 0)), name="interest_claim_positive"),
        ),
        migrations.AddConstraint(
            model_name="interestclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kronor__gte",
                        django.db.models.expressions.CombinedExpression(models.F("paid"), "+", models.F("remitted")),
                    ),
                    ("paid__gte", 0),
                    ("remitted__gte", 0),
                ),
                name="interest_claim_within",
            ),
        ),
        migrations.AddConstraint(
            model_name="interestclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(("through__gt", models.F("after"))), name="interest_claim_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="interestclaim",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="interest_claim_number_once"),
        ),
        migrations.AddConstraint(
            model_name="interestclaim",
            constraint=models.UniqueConstraint(fields=("case", "after"), name="interest_claim_days_once"),
        ),
        migrations.AddConstraint(
            model_name="paymentplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("case",), name="plan_one_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("broken_on", None), ("ended_at__isnull", False), _connector="OR"),
                name="plan_broken_is_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="planrow",
            constraint=models.CheckConstraint(condition=models.Q(("kronor__gt", 0)), name="plan_row_positive"),
        ),
        migrations.AddConstraint(
            model_name="planrow",
            constraint=models.UniqueConstraint(fields=("plan", "due_on"), name="plan_row_once_a_day"),
        ),
        migrations.RunSQL(GUARDED, migrations.RunSQL.noop),
    ]
