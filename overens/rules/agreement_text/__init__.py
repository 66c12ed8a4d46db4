# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An agreement as a text to read, sign and keep, with its annexes, made of its file and of nothing else.

What comes out is a document of :mod:`overens.rules.edition.document`, so that it is set as PDF/A and Word as any other.
The order of the sections is that of the 2019 agreement; every sentence is ours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from overens.rules.agreement import Agreement, said
from overens.rules.agreement_text import annexes, body
from overens.rules.agreement_text.saying import Saying, section
from overens.rules.edition.document import Document, Section
from overens.rules.values import NOT_STATED

# A draft may change; a text that is agreed on is what the parties sign.
DRAFT, AGREED = "agreement-draft", "agreement-agreed"


@dataclass(frozen=True)
class Signed:
    """Who signed for a party (by its code), as what, and when."""

    party: str
    name: str
    office: str
    on: dt.date


def document(
    agreement: Agreement,
    on: dt.date,
    *,
    language: Literal["sv", "en"] = "sv",
    number: int | None = None,
    signed: Sequence[Signed] = (),
    registration: str = "",
) -> Document:
    """The text of an agreement. on: the day that it is dated. number: of the stored version, None for a draft.

    registration: the number of the government's approval, where there is one; else that of the agreement itself.
    """
    say = Saying(agreement, language)
    chapter = section("overenskommelse", say("agreement-text"))
    parts = [chapter, *_numbered(body.sections(say, signed)), *annexes.sections(say)]
    own = agreement.registration.agreement.number
    return Document(
        edition=agreement.id,
        title=said(agreement, "title", language),
        subtitle=say("agreement-subtitle", number=number) if number else say("agreement-subtitle-draft"),
        language=language,
        publisher=" · ".join(said(party, "name", language) for party in agreement.parties) or agreement.id,
        state=AGREED if number else DRAFT,
        registration=registration or (own if own != NOT_STATED else ""),
        made_on=on.isoformat(),
        facts_at="",
        years=tuple(range(agreement.period.first_day.year, agreement.period.last_day.year + 1)),
        agreements=(),
        sections=tuple(_annexed(parts)),
    )


def _numbered(parts: Iterable[Section]) -> Iterator[Section]:
    """The sections of the text below its one heading, numbered: 2, and below it 2.1."""
    above, below = 0, 0
    for part in parts:
        above, below = (above + 1, 0) if part.level == 2 else (above, below + 1)
        yield part.model_copy(update={"number": f"{above}.{below}" if below else str(above)})


def _annexed(parts: Iterable[Section]) -> Iterator[Section]:
    """Annexes numbered for themselves."""
    annexed = 0
    for part in parts:
        if part.kind == "annex" and part.level == 1:
            annexed += 1
            yield part.model_copy(update={"number": str(annexed)})
        else:
            yield part
