# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0008_visits"),
        ("people", "0004_contributor"),
        ("records", "0008_attachments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=50, unique=True)),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="CodebookEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                ("content", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("changed", models.CharField(max_length=500)),
                ("fate", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Coding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("quote", models.TextField()),
                (
                    "mention",
                    models.CharField(
                        choices=[
                            ("does", "does"),
                            ("plans", "plans"),
                            ("does-not", "does-not"),
                            ("mentions", "mentions"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("removed", "Removed"),
                            ("merged", "Merged"),
                            ("chosen-again", "Chosen Again"),
                            ("carried", "Carried"),
                            ("resolved", "Resolved"),
                        ],
                        max_length=20,
                    ),
                ),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "coder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="followup.codebookedition"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="became",
                        to="followup.coding",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="codings", to="followup.text"
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="codings", to="followup.theme"
                    ),
                ),
            ],
            options={
                "ordering": ["text", "start", "end", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150)),
                ("seed", models.CharField(max_length=64)),
                ("population", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="followup.codebookedition"
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SampleUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="units", to="followup.sample"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="followup.text"
                    ),
                ),
            ],
            options={
                "ordering": ["sample", "position"],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=150)),
                ("query", models.CharField(max_length=1000)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SuggestionRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("coded", models.PositiveIntegerField(default=0)),
                ("not_coded", models.PositiveIntegerField(default=0)),
                ("looked_through", models.PositiveIntegerField(default=0)),
                ("measured", models.JSONField(default=dict)),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.run"
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="suggestion_runs", to="followup.theme"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="TextRead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="followup.codebookedition"
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readings", to="followup.text"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("score", models.FloatField()),
                ("why", models.JSONField(default=list)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("", "None"), ("yes", "Yes"), ("no", "No"), ("later", "Later")],
                        default="",
                        max_length=5,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "coding",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="followup.coding"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="suggestions", to="followup.text"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestions",
                        to="followup.suggestionrun",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="suggestions", to="followup.theme"
                    ),
                ),
            ],
            options={
                "ordering": ["-score", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SampleTheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sample", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="followup.sample")),
                ("theme", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="followup.theme")),
            ],
        ),
        migrations.AddField(
            model_name="sample",
            name="themes",
            field=models.ManyToManyField(related_name="samples", through="followup.SampleTheme", to="followup.theme"),
        ),
        migrations.CreateModel(
            name="Resolution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("coded", models.BooleanField()),
                ("mention", models.CharField(blank=True, max_length=10)),
                ("together", models.BooleanField()),
                ("reason", models.CharField(max_length=1000)),
                ("at", models.DateTimeField()),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.mandate"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resolutions",
                        to="followup.sampleunit",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="followup.theme"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("coder", models.PositiveSmallIntegerField()),
                ("coded", models.BooleanField()),
                ("mention", models.CharField(blank=True, max_length=10)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="judgements", to="followup.sampleunit"
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="followup.theme"
                    ),
                ),
            ],
            options={
                "ordering": ["unit", "theme", "coder"],
            },
        ),
        migrations.AddConstraint(
            model_name="codebookedition",
            constraint=models.CheckConstraint(
                condition=models.Q(("changed", ""), _negated=True), name="codebook_edition_says_what_changed"
            ),
        ),
        migrations.AddConstraint(
            model_name="sampleunit",
            constraint=models.UniqueConstraint(fields=("sample", "position"), name="sample_unit_once"),
        ),
        migrations.AddConstraint(
            model_name="sampleunit",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gt", models.F("start"))), name="sample_unit_is_a_passage"
            ),
        ),
        migrations.AddConstraint(
            model_name="textread",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("text",), name="text_read_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gt", models.F("start"))), name="suggestion_is_a_passage"
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_by", None)),
                    models.Q(models.Q(("answer", ""), _negated=True), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="suggestion_answered_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("coding", None), ("answer", "yes"), _connector="OR"),
                name="suggestion_coded_by_a_yes_only",
            ),
        ),
        migrations.AddConstraint(
            model_name="sampletheme",
            constraint=models.UniqueConstraint(fields=("sample", "theme"), name="sample_theme_once"),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.UniqueConstraint(fields=("unit", "theme"), name="resolution_once"),
        ),
        migrations.AddConstraint(
            model_name="resolution",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="resolution_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.UniqueConstraint(fields=("unit", "theme", "coder"), name="judgement_once"),
        ),
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.CheckConstraint(
                condition=models.Q(("coder__in", [1, 2])), name="judgement_of_first_or_second"
            ),
        ),
        migrations.AddIndex(
            model_name="coding",
            index=models.Index(condition=models.Q(("ended_at", None)), fields=["theme"], name="coding_of_theme"),
        ),
        migrations.AddConstraint(
            model_name="coding",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gt", models.F("start"))), name="coding_is_a_passage"
            ),
        ),
        migrations.AddConstraint(
            model_name="coding",
            constraint=models.CheckConstraint(
                condition=models.Q(("mention__in", ["does", "plans", "does-not", "mentions"])),
                name="coding_mention_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="coding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None), ("ended_why", "")),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        models.Q(("ended_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="coding_ended_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="coding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("text", "theme", "start", "end"), name="coding_once"
            ),
        ),
        migrations.RunSQL(
            # A coding's quote is what stands in its place, whoever writes it.
            "CREATE FUNCTION followup_coding_quote() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE body text; BEGIN"
            " SELECT t.body INTO body FROM followup_text t WHERE t.id = NEW.text_id;"
            ' IF NEW.quote IS DISTINCT FROM substr(body, NEW.start + 1, NEW."end" - NEW.start) THEN'
            " RAISE EXCEPTION 'the quote is not what stands in the text' USING ERRCODE = 'check_violation',"
            " CONSTRAINT = 'coding_quote_stands_there'; END IF; RETURN NEW; END $$;"
            "CREATE TRIGGER followup_coding_quote BEFORE INSERT ON followup_coding"
            " FOR EACH ROW EXECUTE FUNCTION followup_coding_quote();"
            # Added and never changed; what may be ended, answered or finished is named.
            "REVOKE UPDATE, DELETE, TRUNCATE ON followup_theme, followup_codebookedition, followup_coding,"
            " followup_textread, followup_savedsearch, followup_suggestionrun, followup_suggestion, followup_sample,"
            " followup_sampletheme, followup_sampleunit, followup_judgement, followup_resolution FROM overens_app;"
            "GRANT UPDATE (ended_at, ended_by_id, ended_why) ON followup_coding TO overens_app;"
            "GRANT UPDATE (ended_at) ON followup_textread, followup_savedsearch TO overens_app;"
            "GRANT UPDATE (run_id, done_at, coded, not_coded, looked_through, measured)"
            " ON followup_suggestionrun TO overens_app;"
            "GRANT UPDATE (answer, answered_by_id, answered_at, coding_id) ON followup_suggestion TO overens_app;"
            "GRANT UPDATE (done_at) ON followup_sample TO overens_app;"
            "GRANT UPDATE (answered_at) ON followup_sampleunit TO overens_app;",
            "DROP TRIGGER followup_coding_quote ON followup_coding; DROP FUNCTION followup_coding_quote();",
        ),
    ]
