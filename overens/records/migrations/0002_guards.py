# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """The application inserts records and never changes them; only drafts, runs and the clock are its to change."""

    dependencies = [("records", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON records_document, records_documentversion,"
            " records_documentversion_preparers, records_attestation, records_signature, records_event FROM overens_app;"
            "REVOKE DELETE, TRUNCATE ON records_run, records_clock FROM overens_app;"
            "REVOKE TRUNCATE ON records_draft, records_drafteditor FROM overens_app;",
            migrations.RunSQL.noop,
        )
    ]
