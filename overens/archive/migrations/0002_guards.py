# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """Nothing here is ever changed: a mark is lifted, a rule replaced and a proposal answered by a row of its own."""

    dependencies = [("archive", "0001_initial"), ("records", "0002_guards")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON archive_secrecymark, archive_secrecylift, archive_disclosure,"
            " archive_retentionrule, archive_disposal, archive_disposalitem, archive_disposaloutcome FROM overens_app;",
            migrations.RunSQL.noop,
        ),
        # The register is read newest first, a page at a time, whatever the number of papers.
        migrations.RunSQL(
            "CREATE INDEX archive_register ON records_documentversion (effective_at DESC, id DESC);",
            "DROP INDEX archive_register;",
        ),
    ]
