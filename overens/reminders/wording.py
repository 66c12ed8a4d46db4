# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A digest in words: plain text, and the same as HTML. Which notices, which cases, which days; nothing of what is in
papers or drafts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from babel.dates import format_date
from django.conf import settings
from django.template.loader import render_to_string

from overens.grants.models import Case
from overens.people.models import Notice, Person
from overens.rules import findings
from overens.rules.findings import Finding


def write(
    person: Person,
    day: dt.date,
    notices: Sequence[Notice],
    waiting: Sequence[Case],
    names: Mapping[str, str],
    may_decline: bool,
) -> dict[str, str]:
    """Subject, text and HTML in the person's language. names: of organisations, by code."""
    language = person.language

    def say(code: str, **values: Any) -> str:
        return findings.wording(Finding(code, "note", values), language)

    news = [
        (say(each.code, **{"key": each.subject, **each.values}), f"{_whose(each.subject, names)} · {each.subject}")
        for each in notices
    ]
    cases = [
        (
            say(f"waits-{case.state}"),
            f"{_whose(case.key, names)} · {case.line.title}",
            say("letter-by", day=format_date(case.due_on, "d MMMM y", locale=language)) if case.due_on else "",
        )
        for case in waiting
    ]
    frame = {
        "greeting": say("letter-greeting", name=person.name),
        "news": say("letter-news"),
        "waiting": say("letter-waiting"),
        "start": f"{settings.OVERENS_URL}/start/",
        "open": say("letter-open"),
        "why": say("letter-why"),
        "decline": say("letter-decline") if may_decline else "",
        "settings": f"{settings.OVERENS_URL}/organisation/jag/brev/",
    }
    subject = say("letter-subject", count=len(news), day=format_date(day, "d MMMM y", locale=language))
    text = [frame["greeting"], "", frame["news"], *(f"- {what}\n  {where}" for what, where in news)]
    if cases:
        text += ["", frame["waiting"], *(f"- {what}{', ' + by if by else ''}\n  {where}" for what, where, by in cases)]
    text += ["", f"{frame['open']}: {frame['start']}", "", "-- ", frame["why"]]
    if may_decline:
        text.append(f"{frame['decline']}: {frame['settings']}")
    html = render_to_string(
        "letters/digest.html", {**frame, "subject": subject, "language": language, "notices": news, "cases": cases}
    )
    return {"subject": subject, "text": "\n".join(text) + "\n", "html": html}


def _whose(key: str, names: Mapping[str, str]) -> str:
    """Whose case it is, by its key."""
    code = key.rpartition("/")[2]
    return names.get(code, code)
