# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """How reports are chosen for examination, written once; and what becomes of a request for accounts."""

    dependencies = [
        ("grants", "0007_vouchers"),
        ("people", "0003_mandates_end"),
        ("records", "0008_attachments"),
    ]

    operations = [
        migrations.AddField(
            model_name="accountsrequest",
            name="closed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="ExaminationPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreement", models.CharField(max_length=50)),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField(blank=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("seed", models.CharField(blank=True, max_length=64)),
                ("decided_at", models.DateTimeField()),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="examination_policy",
                        to="records.documentversion",
                    ),
                ),
            ],
            options={
                "ordering": ["agreement", "-number"],
            },
        ),
        migrations.CreateModel(
            name="Draw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("method", models.CharField(choices=[("lot", "lot"), ("threshold", "threshold")], max_length=10)),
                ("drawn_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "mandate",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="draw", to="records.documentversion"
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="draws", to="grants.examinationpolicy"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Selection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[("always", "Always"), ("risk", "Risk"), ("sample", "Sample"), ("passes", "Passes")],
                        max_length=10,
                    ),
                ),
                ("score", models.PositiveIntegerField()),
                ("reasons", models.JSONField(default=list)),
                ("always", models.JSONField(default=list)),
                ("passes_on", models.DateField(null=True)),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="selections", to="grants.draw"
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="selection",
                        to="grants.financialreport",
                    ),
                ),
            ],
            options={
                "ordering": ["-score", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TakenOut",
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
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_out",
                        to="grants.financialreport",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="AccountsStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("note", models.TextField()),
                ("due_on", models.DateField(null=True)),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="grants.accountsrequest"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True), name="accounts_step_has_note"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="examinationpolicy",
            constraint=models.UniqueConstraint(fields=("agreement", "number"), name="policy_number_once"),
        ),
        migrations.AddConstraint(
            model_name="examinationpolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("seed", ""), ("sha256", ""), ("text", "")),
                    models.Q(
                        models.Q(("text", ""), _negated=True),
                        models.Q(("sha256", ""), _negated=True),
                        models.Q(("seed", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="policy_whole_or_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.UniqueConstraint(
                condition=models.Q(("method", "lot")), fields=("policy",), name="draw_one_lot_per_policy"
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mandate__isnull", False), ("method", "lot")),
                    models.Q(("mandate", None), ("method", "threshold")),
                    _connector="OR",
                ),
                name="draw_by_officer_or_rule",
            ),
        ),
        migrations.AddConstraint(
            model_name="selection",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["always", "risk", "sample", "passes"])), name="selection_way_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="selection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("passes_on__isnull", False), ("way", "passes")),
                    models.Q(models.Q(("way", "passes"), _negated=True), ("passes_on", None)),
                    _connector="OR",
                ),
                name="selection_passes_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="takenout",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="taken_out_for_a_reason"
            ),
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON grants_examinationpolicy, grants_draw, grants_selection, grants_takenout,"
            " grants_accountsstep FROM overens_app;"
            # Of a request for accounts only its answer, its day and that it is closed come later.
            "REVOKE UPDATE ON grants_accountsrequest FROM overens_app;"
            "GRANT UPDATE (answer_id, due_on, closed_at) ON grants_accountsrequest TO overens_app;",
            migrations.RunSQL.noop,
        ),
    ]
