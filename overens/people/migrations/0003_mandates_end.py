# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

# The application may end a mandate and change nothing else of it; and an end is never put off, whoever asks.
GUARDS = """
REVOKE UPDATE ON people_mandate FROM overens_app;
GRANT UPDATE (valid_to, ended_by_id, ended_at, ended_reason) ON people_mandate TO overens_app;

CREATE FUNCTION people_mandate_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.valid_to IS NOT NULL AND (NEW.valid_to IS NULL OR NEW.valid_to > OLD.valid_to) THEN
        RAISE EXCEPTION 'mandate_only_ends: mandate % ended on %, and is given anew rather than prolonged',
            OLD.id, OLD.valid_to USING ERRCODE = 'check_violation', CONSTRAINT = 'mandate_only_ends';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER mandate_only_ends BEFORE UPDATE ON people_mandate
    FOR EACH ROW EXECUTE FUNCTION people_mandate_only_ends();
"""
UNGUARDED = """
DROP TRIGGER mandate_only_ends ON people_mandate;
DROP FUNCTION people_mandate_only_ends();
GRANT UPDATE ON people_mandate TO overens_app;
"""


class Migration(migrations.Migration):
    """Mandates are given and ended by somebody; organisations may demand more separations than the agreements do."""

    dependencies = [("people", "0002_guards")]
    operations = [
        migrations.AddField("mandate", "given_at", models.DateTimeField(null=True)),
        migrations.AddField("mandate", "given_until", models.DateField(null=True)),
        migrations.AddField("mandate", "ended_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "mandate",
            "ended_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("mandate", "ended_reason", models.CharField(blank=True, default="", max_length=300)),
        migrations.AddField("organisation", "separations", models.JSONField(blank=True, default=list)),
        # One that is ended before it began was never in force: its last day is then the day before its first.
        migrations.RemoveConstraint("mandate", "mandate_ends_after_it_begins"),
        migrations.AddConstraint(
            "mandate",
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from") - datetime.timedelta(days=1)),
                name="mandate_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            "mandate",
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False, valid_to__isnull=False) & ~Q(ended_reason=""),
                name="mandate_ended_by_somebody_for_a_reason",
            ),
        ),
        migrations.RemoveConstraint("mandate", "mandate_given_once"),
        migrations.AddConstraint(
            "mandate",
            models.UniqueConstraint(
                fields=["person", "organisation", "role", "agreement", "valid_from"],
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="mandate_given_once",
            ),
        ),
        migrations.RunSQL(GUARDS, UNGUARDED),
    ]
