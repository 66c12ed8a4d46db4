# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What several server processes must count together, such as attempts to log in. Lost in a crash: it is no record."""

from django.db import migrations

CREATE = """
CREATE UNLOGGED TABLE login_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX login_cache_expires ON login_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(CREATE, "DROP TABLE login_cache")]
