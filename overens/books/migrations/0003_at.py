# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models
from django.db.models import F

from overens.records import clock


def as_recorded(apps, schema_editor):  # type: ignore[no-untyped-def]
    """What was kept before says the time that it was stored."""
    for name in ("LedgerImport", "MappingVersion"):
        apps.get_model("books", name).objects.update(at=F("recorded_at"))


class Migration(migrations.Migration):
    """When a file was read in and a mapping saved, by the domain's clock as all else that a page tells."""

    dependencies = [("books", "0002_guards")]
    operations = [
        migrations.AddField("ledgerimport", "at", models.DateTimeField(default=clock.now)),
        migrations.AddField("mappingversion", "at", models.DateTimeField(default=clock.now)),
        migrations.RunPython(as_recorded, migrations.RunPython.noop),
    ]
