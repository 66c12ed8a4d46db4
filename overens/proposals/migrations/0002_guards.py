# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """A version stays as it was saved; a secret address can be ended, not moved to another proposal."""

    dependencies = [("proposals", "0001_initial"), ("records", "0002_guards")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON proposals_savedversion FROM overens_app;"
            "REVOKE UPDATE, DELETE, TRUNCATE ON proposals_sharelink FROM overens_app;"
            "GRANT UPDATE (ended_at) ON proposals_sharelink TO overens_app;"
            "REVOKE DELETE, TRUNCATE ON proposals_savedproposal FROM overens_app;",
            migrations.RunSQL.noop,
        ),
    ]
