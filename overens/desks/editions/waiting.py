# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What national reports wait for at the agency that writes them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from overens.editions.actions.stepping import checks_now
from overens.editions.models import Edition, Remark
from overens.people.models import Organisation, Person
from overens.rules.edition.process import EditionState


def tasks(organisation: Organisation, person: Person) -> list[dict[str, Any]]:
    """As components/tasks.html shows them. A report in review waits for somebody else than who sent it there."""
    found = []
    for edition in Edition.objects.of(organisation):
        title = {"title": edition.title}
        if edition.state == EditionState.REVIEW and edition.sent_by_id != person.pk:
            found.append(_task(edition, "editions-edition", gettext("Granska rapporten: %(title)s") % title))
        if edition.state == EditionState.FACT_CHECK:
            waits = [check for check in checks_now(edition) if check.answered_at is None]
            text = ngettext(
                "%(count)d region har inte svarat.", "%(count)d regioner har inte svarat.", len(waits)
            ) % {"count": len(waits)}  # fmt: skip
            due = min((check.due_on for check in waits), default=None)
            task = _task(edition, "editions-checks", gettext("Regionerna granskar %(title)s") % title, text, due)
            found.append(task if waits else _task(edition, "editions-edition", gettext("Fastställ %(title)s") % title))
        count = Remark.objects.filter(passage__edition=edition, state="open").count()
        if edition.state != EditionState.FROZEN and count:
            text = ngettext("%(count)d är öppen.", "%(count)d är öppna.", count) % {"count": count}
            found.append(
                _task(edition, "editions-remarks", gettext("Svara på anmärkningar på %(title)s") % title, text)
            )
        if edition.proposals.filter(state="open").exists():
            said = gettext("Avgör vad som ska med i nästa utgåva av %(title)s") % title
            found.append(_task(edition, "editions-proposals", said))
    return found


def _task(edition: Edition, page: str, title: str, text: str = "", due: Any = None) -> dict[str, Any]:
    return {"url": reverse(page, args=[edition.code]), "title": title, "text": text, "due": due}
