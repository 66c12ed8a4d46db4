# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Notices say which report they are about: an organisation writes more than one."""

import json
from typing import Any

from django.db import migrations

CODES = ("remind-activity-report", "overdue-activity-report", "told-return-activity-report", "told-accept-activity-report",
         "told-sign-activity-report", "told-submit-signed-activity-report", "told-send-activity-report")  # fmt: skip


def name(apps: Any, schema_editor: Any) -> None:
    report = apps.get_model("followup", "Report")
    for notice in apps.get_model("people", "Notice").objects.filter(code__in=CODES):
        about = report.objects.select_related("round", "respondent").filter(key=notice.subject).first()
        if about is not None:
            asked = json.loads(about.round.versions.order_by("-number").first().content)
            notice.values |= {"round": asked["title"], "respondent": about.respondent.name}
            notice.save(update_fields=["values"])


class Migration(migrations.Migration):
    dependencies = [("followup", "0009_coding"), ("people", "0004_contributor")]

    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
