# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0008_attachments")]
    operations = [migrations.AddField("run", "told", models.JSONField(default=list))]
