# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """What was imported and mapped stays as it was, since a signed report may name it. Only what waits is changed."""

    dependencies = [("books", "0001_initial"), ("records", "0002_guards")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON books_ledgerimport, books_combination, books_row, books_mappingversion,"
            " books_columnlayout FROM overens_app;"
            "REVOKE TRUNCATE ON books_upload FROM overens_app;",
            migrations.RunSQL.noop,
        )
    ]
