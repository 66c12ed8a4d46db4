# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """Facts are added and never changed; a submission is only superseded, and what was set aside only chosen."""

    dependencies = [("followup", "0001_initial"), ("records", "0002_guards")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON followup_submission, followup_countfact, followup_measure,"
            " followup_measureyear, followup_measuremoney, followup_measureparty, followup_choicefact,"
            " followup_introduction, followup_maturity, followup_text, followup_roundversion, followup_roundextension,"
            " followup_partrevision FROM overens_app;"
            "REVOKE DELETE, TRUNCATE ON followup_round, followup_report, followup_part FROM overens_app;"
            "GRANT UPDATE (superseded) ON followup_submission TO overens_app;"
            "GRANT UPDATE (chosen_at) ON followup_partrevision TO overens_app;",
            migrations.RunSQL.noop,
        )
    ]
