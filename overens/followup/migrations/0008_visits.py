# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0007_analyst"),
        ("people", "0004_contributor"),
        ("records", "0008_attachments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Collected",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreement", models.CharField(db_index=True, max_length=50)),
                ("year", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=200)),
                ("wanted", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("received_on", models.DateField(null=True)),
                ("from_whom", models.CharField(blank=True, max_length=200)),
                ("registration_number", models.CharField(blank=True, max_length=60)),
                ("message", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("closed_because", models.CharField(blank=True, max_length=1000)),
                ("changed_at", models.DateTimeField()),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "respondent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="collected", to="people.organisation"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="followup.round",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="CollectedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "collected",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="followup.collected"
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="collected", to="records.storedfile"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100, unique=True)),
                ("agreement", models.CharField(db_index=True, max_length=50)),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "planned"), ("done", "done"), ("cancelled", "cancelled")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                (
                    "memo_state",
                    models.CharField(
                        choices=[
                            ("none", "none"),
                            ("drafted", "drafted"),
                            ("sent", "sent"),
                            ("answered", "answered"),
                            ("checked", "checked"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("planned_on", models.DateField(null=True)),
                ("held_on", models.DateField(null=True)),
                ("visitors", models.CharField(blank=True, max_length=1000)),
                ("met", models.CharField(blank=True, max_length=1000)),
                ("cancelled_because", models.CharField(blank=True, max_length=1000)),
                ("changed_at", models.DateTimeField()),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits_made",
                        to="people.organisation",
                    ),
                ),
                (
                    "respondent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="people.organisation"
                    ),
                ),
            ],
            options={
                "ordering": ["-year", "agreement", "respondent__sort_key"],
            },
        ),
        migrations.CreateModel(
            name="Interview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreement", models.CharField(max_length=50)),
                ("year", models.PositiveSmallIntegerField()),
                ("form", models.CharField(max_length=20)),
                ("roles", models.CharField(blank=True, max_length=500)),
                ("held_on", models.DateField(null=True)),
                ("not_held_because", models.CharField(blank=True, max_length=1000)),
                ("at", models.DateTimeField()),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interviews_made",
                        to="people.organisation",
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "respondent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interviews",
                        to="people.organisation",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interviews",
                        to="followup.visit",
                    ),
                ),
            ],
            options={
                "ordering": ["agreement", "year", "respondent__sort_key", "held_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="FactCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField()),
                ("sent_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=1000)),
                (
                    "answer",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.documentversion",
                    ),
                ),
                (
                    "result",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.documentversion",
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.documentversion"
                    ),
                ),
                (
                    "visit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fact_check", to="followup.visit"
                    ),
                ),
            ],
            options={
                "ordering": ["visit"],
            },
        ),
        migrations.AddField(
            model_name="collected",
            name="visit",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="followup.visit"
            ),
        ),
        migrations.CreateModel(
            name="VisitPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreement", models.CharField(max_length=50)),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("wanted", models.PositiveSmallIntegerField()),
                ("criteria", models.JSONField()),
                ("included", models.JSONField(default=list)),
                ("excluded", models.JSONField(default=dict)),
                ("seed", models.CharField(blank=True, max_length=60)),
                ("basis", models.JSONField()),
                ("proposed", models.JSONField()),
                ("chosen", models.JSONField()),
                ("figures", models.JSONField()),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visit_plans",
                        to="people.organisation",
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
            ],
            options={
                "ordering": ["agreement", "year", "number"],
            },
        ),
        migrations.AddField(
            model_name="visit",
            name="plan",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="followup.visitplan"
            ),
        ),
        migrations.CreateModel(
            name="InterviewGuide",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreement", models.CharField(max_length=50)),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("questions", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
            ],
            options={
                "ordering": ["agreement", "year", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("asker", "agreement", "year", "number"), name="interview_guide_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InterviewNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="followup.interview"
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
            ],
            options={
                "ordering": ["interview", "number"],
                "constraints": [models.UniqueConstraint(fields=("interview", "number"), name="interview_note_once")],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("answer", models.CharField(blank=True, max_length=10)),
                ("said", models.TextField(blank=True)),
                ("taking", models.CharField(blank=True, max_length=10)),
                ("new_text", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "check_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="passages", to="followup.factcheck"
                    ),
                ),
            ],
            options={
                "ordering": ["check_of", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("check_of", "number"), name="passage_once"),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["", "correct", "remark", "wrong"])),
                        name="passage_answer_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taking__in", ["", "taken-in", "kept"])), name="passage_taking_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taking", "taken-in"), _negated=True),
                            models.Q(("new_text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="passage_taken_in_has_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taking", "kept"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="passage_kept_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemoText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memo_texts", to="followup.visit"
                    ),
                ),
            ],
            options={
                "ordering": ["visit", "number"],
                "constraints": [models.UniqueConstraint(fields=("visit", "number"), name="memo_text_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ("telephone", "individual", "group", "workshop"))),
                name="interview_form_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(("respondent__isnull", False), ("form", "workshop"), _connector="OR"),
                name="interview_is_with_a_region",
            ),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held_on", None), models.Q(("not_held_because", ""), _negated=True)),
                    models.Q(("held_on__isnull", False), ("not_held_because", "")),
                    _connector="OR",
                ),
                name="interview_held_or_why_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="factcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("result", None)),
                    models.Q(("closed_at__isnull", False), ("result__isnull", False)),
                    _connector="OR",
                ),
                name="fact_check_closed_has_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="collected",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("activity-account", "action-plan", "development-plan", "other"))),
                name="collected_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="collected",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked_at__isnull", False), ("due_on__isnull", False)),
                    models.Q(("asked_at", None), ("received_on__isnull", False)),
                    _connector="OR",
                ),
                name="collected_asked_or_received",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitplan",
            constraint=models.UniqueConstraint(fields=("asker", "agreement", "year", "number"), name="visit_plan_once"),
        ),
        migrations.AddConstraint(
            model_name="visitplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("chosen", models.F("proposed")), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="visit_plan_other_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(fields=("asker", "agreement", "year", "respondent"), name="visit_once"),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "done", "cancelled"])), name="visit_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("memo_state__in", ["none", "drafted", "sent", "answered", "checked"])),
                name="memo_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "done"), _negated=True), ("held_on__isnull", False), _connector="OR"
                ),
                name="visit_done_was_held",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), _negated=True),
                    models.Q(("cancelled_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="visit_cancelled_has_reason",
            ),
        ),
        # What was planned, noted and received is added and never changed; of a check only what comes to it later.
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON followup_visitplan, followup_interviewguide, followup_interview,"
            " followup_interviewnote, followup_memotext, followup_factcheck, followup_passage, followup_collectedfile"
            " FROM overens_app;"
            "REVOKE DELETE, TRUNCATE ON followup_visit, followup_collected FROM overens_app;"
            "GRANT UPDATE (due_on, answer_id, answered_at, result_id, closed_at, note) ON followup_factcheck"
            " TO overens_app;"
            "GRANT UPDATE (answer, said, answered_by_id, taking, new_text, reason) ON followup_passage TO overens_app;"
            "GRANT UPDATE (held_on, not_held_because, roles, form) ON followup_interview TO overens_app;",
            migrations.RunSQL.noop,
        ),
    ]
