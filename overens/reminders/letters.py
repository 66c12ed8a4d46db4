# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A digest a day to each person who is to know something new: composed once, sent after that, never twice.

Whether one is read follows mandates on the day. What is composed and of what it tells is one transaction, and each
letter is a run of its own after it. A crash between the mail server's answer and our note of it sends that one letter
again, with the same Message-ID.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from overens.followup.tick import tick as tick_reports
from overens.grants.models import Case
from overens.grants.tick import tick
from overens.people.models import Mandate, Notice, Organisation, Person
from overens.records import clock, runs
from overens.records.models import Run
from overens.reminders import declining, wording
from overens.reminders.models import Declined, Letter, Telling
from overens.reminders.models.letter import LetterState
from overens.rules.notices import FOLLOWUP_READERS, FORMAL, READERS, kind_of, readers_of
from overens.rules.process import DUE, State

# From when in the day digests go out, and how old news may be: who gets a mandate today is not told of last month.
FROM_HOUR = 7
NEWS = dt.timedelta(days=14)
# So long the words of a letter are kept.
KEPT = dt.timedelta(days=90)


@dataclass(frozen=True)
class Digest:
    """What a person is to be told on a day: the notices, and what waits for their organisations besides."""

    person: Person
    day: dt.date
    notices: tuple[Notice, ...]
    waiting: tuple[Case, ...]

    @property
    def optional(self) -> bool:
        """Whether some of it could be declined."""
        return any(kind_of(notice.code) != FORMAL for notice in self.notices)

    @property
    def message_id(self) -> str:
        """The same for the same content to the same person."""
        told = "\n".join([self.person.email, self.day.isoformat(), *(notice.key for notice in self.notices)])
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
        return f"<{hashlib.sha256(told.encode()).hexdigest()[:40]}@{domain}>"


def due(day: dt.date) -> list[Digest]:
    """What is to be told today that has not been told, by person."""
    since = clock.end_of_day(day) - NEWS
    news = list(Notice.objects.filter(at__gt=since, at__lte=clock.now()).select_related("organisation").order_by("at"))
    if not news:
        return []
    told = set(Telling.objects.filter(notice__in=news).values_list("person", "notice"))
    declined = set(Declined.objects.values_list("person", "kind"))
    readers = (
        Mandate.objects.on(day)
        .filter(
            role__in=READERS | FOLLOWUP_READERS,
            organisation__in={notice.organisation_id for notice in news},
            person__is_active=True,
        )
        .select_related("person")
        .order_by("person", "pk")
    )
    mandates: dict[Person, list[Mandate]] = defaultdict(list)
    for mandate in readers:
        mandates[mandate.person].append(mandate)
    found: dict[Person, list[Notice]] = {}
    for person, held in mandates.items():
        found[person] = [
            notice
            for notice in news
            if (person.pk, notice.pk) not in told
            and (person.pk, kind_of(notice.code)) not in declined
            and _covers(
                [each for each in held if each.role in readers_of(notice.code)],
                notice.organisation_id,
                _agreement(notice.subject),
            )
        ]
    concerned = {notice.organisation_id for notices in found.values() for notice in notices}
    waiting = _waiting(concerned) if concerned else []
    return [
        Digest(person, day, tuple(notices), tuple(case for case in waiting if _covered(mandates[person], case)))
        for person, notices in found.items()
        if notices
    ]


def _covered(held: Iterable[Mandate], case: Case) -> bool:
    return _covers([each for each in held if each.role in READERS], case.recipient_id, case.agreement)


def _covers(held: Iterable[Mandate], organisation: int, agreement: str) -> bool:
    return any(m.organisation_id == organisation and m.agreement in ("", agreement) for m in held)


def _agreement(subject: str) -> str:
    """The agreement of a case, a report, a visit or what was asked for, by its key."""
    first, _, rest = subject.partition("/")
    return rest.partition("/")[0] if first in ("visit", "documents") else first


def _waiting(organisations: Iterable[int]) -> list[Case]:
    """What those who receive money have before them, the nearest day first."""
    states = [*DUE, State.RETURNED]
    cases = Case.objects.filter(recipient__in=list(organisations), state__in=states).select_related("line")
    return sorted(cases, key=lambda case: (case.due_on or dt.date.min, case.pk))


def compose(day: dt.date) -> list[Letter]:
    """Write today's letters, and note of what each tells. In one transaction, which the caller opens."""
    digests = due(day)
    if not digests:
        return []
    names = dict(Organisation.objects.values_list("code", "name"))
    letters = Letter.objects.bulk_create([_letter(digest, names) for digest in digests])
    Telling.objects.bulk_create(
        Telling(letter=letter, person=digest.person, notice=notice)
        for letter, digest in zip(letters, digests, strict=True)
        for notice in digest.notices
    )
    return letters


def _letter(digest: Digest, names: dict[str, str]) -> Letter:
    written = wording.write(digest.person, digest.day, digest.notices, digest.waiting, names, digest.optional)
    return Letter(
        person=digest.person,
        day=digest.day,
        address=digest.person.email,
        language=digest.person.language,
        message_id=digest.message_id,
        may_decline=digest.optional,
        state=LetterState.WAITING if settings.OVERENS_SEND_LETTERS else LetterState.SHOWN,
        **written,
    )


def daily(day: dt.date) -> Run:
    """Compose the letters of a day, once, and have each of them sent."""

    def work(run: Run) -> None:
        for letter in compose(day):
            if letter.state == LetterState.WAITING:
                runs.start("letter", f"letter/{letter.pk}", send, letter=letter.pk)
        Letter.objects.filter(day__lt=day - KEPT).exclude(text="").update(text="", html="")

    return runs.once("digests", f"digests/{day}", work)


def send(run: Run, letter: int) -> None:
    """Send a letter. Raises what the mail server's failure raises; that it refuses the address for good is noted."""
    found = Letter.objects.select_for_update().select_related("person").get(pk=letter)
    if found.state != LetterState.WAITING:
        return
    message = EmailMultiAlternatives(found.subject, found.text, to=[found.address], headers=_headers(found))
    message.attach_alternative(found.html, "text/html")
    try:
        message.send()
        found.state, found.sent_at = LetterState.SENT, timezone.now()
    except SMTPRecipientsRefused as refusal:
        if any(code < 500 for code, _why in refusal.recipients.values()):
            raise
        found.state, found.problem = LetterState.REFUSED, str(refusal)
    found.save(update_fields=["state", "sent_at", "problem"])


def _headers(letter: Letter) -> dict[str, str]:
    headers = {
        "Message-ID": letter.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    if letter.may_decline:  # RFC 2369 and RFC 8058: one click, in whatever program shows the letter
        headers["List-Unsubscribe"] = f"<{declining.address(letter.person)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def foreseen(day: dt.date) -> list[Letter]:
    """The letters of a day: as they were composed, or as they would be if nobody did anything until then.

    What is to come is played in a transaction that is taken back: every day's tick and every day's letters.
    """
    today = clock.today()
    if day < today or Run.objects.filter(key=f"digests/{day}", state="done").exists():
        return list(Letter.objects.filter(day=day).select_related("person").prefetch_related("tellings__notice"))
    found: list[Letter] = []
    with transaction.atomic():
        while today <= day:
            clock.step_to(max(clock.now(), dt.datetime.combine(today, dt.time(FROM_HOUR), clock.STOCKHOLM)))
            tick()
            tick_reports()
            if not Run.objects.filter(key=f"digests/{today}", state="done").exists():
                composed = compose(today)
                found = composed if today == day else []
            today += dt.timedelta(days=1)
        rows = Letter.objects.filter(pk__in=[letter.pk for letter in found]).select_related("person")
        found = list(rows.prefetch_related("tellings__notice__organisation"))
        transaction.set_rollback(True)
    return found
