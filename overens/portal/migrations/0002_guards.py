# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """What the portal has told is kept as it was told. Grants and shares are made anew of their sources, and so may
    change; a grant that no source has any longer is marked, and not deleted unless nothing was ever told of it.
    """

    dependencies = [("portal", "0001_initial"), ("records", "0002_guards")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON portal_change FROM overens_app;"
            "REVOKE TRUNCATE ON portal_grant, portal_grantshare, portal_recipient FROM overens_app;",
            migrations.RunSQL.noop,
        ),
    ]
