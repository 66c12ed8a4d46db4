# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.db import migrations


def chain_events(apps: Any, schema_editor: Any) -> None:
    """Link what happened before there were chains, in the order it was written; papers that no event names get one."""
    from overens.records.events import digest_of

    make, versions = apps.get_model("records", "Event"), apps.get_model("records", "DocumentVersion").objects
    alias = schema_editor.connection.alias
    heads: dict[str, tuple[int, str]] = {}

    def link(event: Any) -> None:
        number, predecessor = heads.get(event.subject, (0, ""))
        event.number, event.predecessor = number + 1, predecessor
        event.sha256 = digest_of(event, event.cause.sha256 if event.cause else None)
        event.save(using=alias)
        heads[event.subject] = (event.number, event.sha256)

    for event in make.objects.using(alias).select_related("cause").order_by("pk"):
        link(event)
    for version in versions.using(alias).filter(events=None).select_related("document").order_by("pk"):
        link(
            make(
                subject=version.document.subject,
                act="adopt",
                cause=version,
                papers=[],
                effective_at=version.effective_at,
                recorded_at=version.recorded_at,
            )
        )


class Migration(migrations.Migration):
    dependencies = [("records", "0003_trust")]
    operations = [migrations.RunPython(chain_events, migrations.RunPython.noop)]
