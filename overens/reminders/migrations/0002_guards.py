# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """What was sent to whom is not taken back; a letter's words go after a while, its row stays."""

    dependencies = [("reminders", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "REVOKE DELETE, TRUNCATE ON reminders_letter, reminders_feed FROM overens_app;"
            "REVOKE UPDATE, DELETE, TRUNCATE ON reminders_telling FROM overens_app;"
            "REVOKE UPDATE ON reminders_letter, reminders_feed FROM overens_app;"
            "GRANT UPDATE (state, problem, sent_at, text, html) ON reminders_letter TO overens_app;"
            "GRANT UPDATE (ended_at) ON reminders_feed TO overens_app;",
            migrations.RunSQL.noop,
        )
    ]
