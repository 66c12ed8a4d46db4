# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """Agreements, population figures and decisions are stored once and never changed."""

    dependencies = [("agreements", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON agreements_agreementversion, agreements_populationseries,"
            " agreements_populationvalue, agreements_decision, agreements_decisionrow, agreements_declaredpart"
            " FROM overens_app;",
            migrations.RunSQL.noop,
        )
    ]
