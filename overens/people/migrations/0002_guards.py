# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """Mandates are ended, persons made inactive, organisations renamed: none of them is ever deleted."""

    dependencies = [("people", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "REVOKE DELETE, TRUNCATE ON people_person, people_mandate, people_organisation, people_organisationname"
            " FROM overens_app;"
            "REVOKE UPDATE, DELETE, TRUNCATE ON people_notice FROM overens_app;",
            migrations.RunSQL.noop,
        )
    ]
