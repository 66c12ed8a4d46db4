# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands on a paper's PDF: from a frozen version to content that overens/rendering/paper.py can set.

A paper is drawn in the language of the agreement, Swedish, whoever asks for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from babel.dates import format_date, format_datetime
from django.utils import translation
from django.utils.translation import gettext as _

from overens.agreements.reading import agreement_of
from overens.grants import owed_letters, papers
from overens.grants.models import Case
from overens.grants.paper_words import ASSURANCE, METHODS
from overens.grants.papers import Paper, ShownField, ShownRows
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records import clock, outside, renditions
from overens.records.models import DocumentVersion, Rendition
from overens.records.models.file import Purpose
from overens.rendering.paper import Block, Content, Fields, Grid, Line, Prose, grouped
from overens.rules.agreement import Agreement, said
from overens.rules.amounts import format_amount
from overens.rules.process import Role

LANGUAGE = "sv"


def sealed(version: DocumentVersion, sealer: Organisation, test_key: bool) -> Content:
    """The paper with its signature, or the decision, as it is sealed."""
    with translation.override(LANGUAGE):
        paper = papers.read(version, LANGUAGE, papers.signed_before(version))
        return _content(paper, sealer, test_key=test_key, seal=_seal(version, sealer, test_key))


def to_sign(version: DocumentVersion) -> Content:
    """The paper with the declaration and room for a signature, to be signed outside the service."""
    with translation.override(LANGUAGE):
        paper = papers.read(version, LANGUAGE, papers.signed_before(version))
        declaration = papers.form_of(version).declaration.label
        return _content(paper, _payer(), declaration=declaration, code=outside.code_of(version))


def make_missing(limit: int = 20) -> int:
    """Seal what has no seal yet, at most so many papers. Returns how many were sealed."""
    return renditions.make_missing(sealed, limit)


def rendition_to_sign(version: DocumentVersion) -> Rendition:
    """The kept PDF of a frozen version; drawn and kept now where there is none. Call it under the case's lock."""
    found = version.renditions.filter(purpose=Purpose.TO_SIGN).first()
    return found or renditions.to_sign(version, to_sign(version))


def _payer() -> Organisation:
    return Organisation.objects.get(kind=Kind.PAYER)


def _content(paper: Paper, sealer: Organisation, **how: Any) -> Content:
    version = paper.version
    day = version.effective_at.astimezone(clock.STOCKHOLM).date()
    case = Case.objects.with_parties().filter(key=version.document.subject).first()
    code = case.agreement if case else version.document.subject.removeprefix("agreement/").partition("/")[0]
    agreement = agreement_of(code)
    # What is done by rule is a paper of the recipient's case without being the recipient's own.
    ours = version.kind in (*renditions.DECISIONS_OF_PAYER, *renditions.LETTERS_OF_PAYER)
    by_recipient = version.document.organisation.kind in (Kind.REGION, Kind.ASSOCIATION) and not ours
    to = sealer if by_recipient else case.recipient if case else _payer()
    sender = version.document.organisation if by_recipient else sealer
    subject = [case.line.title] if case else []
    return Content(
        title=paper.title,
        subtitle=" · ".join([*subject, said(agreement, "title", LANGUAGE)]),
        language=LANGUAGE,
        sender=sender.name_on(day),
        recipient="" if to == sender else _addressed(to, day, version.kind),
        day=_day(day),
        made_at=version.effective_at,
        numbers=tuple(Line(_("Dnr %(whose)s") % {"whose": name}, number) for name, number in paper.numbers),
        blocks=tuple(_blocks(paper, agreement, case)),
        sha256=version.sha256,
        **how,
    )


def _addressed(to: Organisation, day: dt.date, kind: str) -> str:
    """Whom the paper is to; a letter also bears the address that it goes to, and the debtor's number."""
    if kind not in renditions.LETTERS_OF_PAYER:
        return to.name_on(day)
    number = _("Organisationsnummer %(number)s") % {"number": to.orgnr} if to.orgnr else ""
    return "\n".join(each for each in (to.name_on(day), to.postal_address, number) if each)


def _blocks(paper: Paper, agreement: Agreement, case: Case | None) -> Iterator[Block]:
    if paper.correction or paper.changes:
        yield from _correction(paper)
    if paper.version.kind in owed_letters.LETTERS:
        yield from owed_letters.blocks(paper.version)
    else:
        for section in paper.sections:
            yield Fields(section.title, tuple(_line(field) for field in section.fields))
    if paper.rows:
        yield _grid(paper.rows)
    for table in paper.tables:
        yield Grid(table.title, table.columns, table.figures, table.rows, table.total)
    if paper.attestation:
        yield _attestation(paper.attestation, agreement)
    if paper.signature:
        yield _signature(paper.signature, agreement)
    if paper.version.kind not in owed_letters.LETTERS:
        yield _about(paper, case)


def _line(field: ShownField) -> Line:
    notes = tuple(
        f"{item['title']}: {format_amount(item['kronor'])}"
        + (f". {_('Fördelningsnyckel')}: {item['key']}" if item["key"] else "")
        for item in field.items
    )
    return Line(field.label, _shown(field.value, field.kind) or _("ej angivet"), notes)


def _shown(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if kind == "kr":
        return format_amount(value)
    if kind == "date":
        return _day(value)
    return grouped(value, 8) if kind == "hash" else str(value)


def _grid(rows: ShownRows) -> Grid:
    def sums(kronor: tuple[int | None, ...]) -> tuple[str, ...]:
        return tuple("–" if each is None else format_amount(each) for each in kronor)

    return Grid(
        _("Fördelning"),
        rows.columns,
        (False, *(True for _column in rows.columns[1:])),
        tuple((name, *sums(cells)) for name, cells in rows.rows),
        (_("Summa"), *sums(rows.total)) if len(rows.rows) > 1 else (),
    )


def _correction(paper: Paper) -> Iterator[Block]:
    """Why a signed version is corrected, and what differs from it."""
    yield Prose(_("Rättelse av en tidigare underskriven version"), (paper.correction,) if paper.correction else ())
    if paper.changes:
        changes = tuple(
            (label, _shown(was, kind) or "–", _shown(now, kind) or "–") for label, was, now, kind in paper.changes
        )
        yield Grid("", (_("Uppgift"), _("Före"), _("Efter")), (False, False, False), changes)


def _attestation(attestation: dict[str, Any], agreement: Agreement) -> Fields:
    lines = [Line(_("Bedömning"), attestation["label"])]
    for key, label in (("deviations", _("Avvikelser")), ("measures", _("Åtgärder"))):
        if attestation.get(key):
            lines.append(Line(label, attestation[key]))
    by = (_title(agreement, attestation["role"]), _moment(attestation["at"]))
    lines.append(Line(_("Granskad av"), attestation["person"].name, by))
    lines.append(Line(_("Intygets kontrollsumma"), grouped(attestation["sha256"], 8)))
    return Fields(_("Granskning"), tuple(lines))


def _signature(signature: dict[str, Any], agreement: Agreement) -> Fields:
    how = tuple(
        str(table[signature[key]])
        for key, table in (("method", METHODS), ("assurance", ASSURANCE))
        if signature[key] in table
    )
    lines = [
        Line(_("Försäkran"), signature["declaration"]),
        Line(
            _("Underskriven av"),
            signature["person"].name,
            (_title(agreement, signature["role"]), _moment(signature["at"])),
        ),
        Line(_("Behörighet enligt"), signature["citation"]),
        Line(_("Så skrevs det under"), "\n".join(how)),
        Line(_("Underskriftens kontrollsumma"), grouped(signature["sha256"], 8)),
    ]
    if recorder := signature["recorded_by"]:
        told = (signature["report"] or {}).get("reason", "")
        by = f"{recorder.person.name}, {recorder.organisation.name}"
        lines.insert(4, Line(_("Registrerad av"), by, (told,) if told else ()))
    return Fields(_("Underskrift"), tuple(lines))


def _title(agreement: Agreement, role: str) -> str:
    """What the agreement calls a role."""
    titles = agreement.roles.titles if agreement.roles else ()
    found = next((title for title in titles if title.role == role), None)
    return said(found, "title", LANGUAGE) if found else str(Role(role))


def _about(paper: Paper, case: Case | None) -> Fields:
    """What the paper is a version of, and what it rests on."""
    version, data = paper.version, paper.version.data
    lines = [
        Line(_("Ärende"), case.key)
        if case
        else Line(_("Överenskommelse"), version.document.subject.removeprefix("agreement/"))
    ]
    if version.document.versions.count() > 1 or version.number > 1:
        lines.append(Line(_("Version"), str(version.number)))
    if form := data.get("form"):
        agreement = data["agreement"]
        lines.append(
            Line(
                _("Överenskommelse och blankett"),
                _("%(code)s version %(number)s, blankettens version %(form)s")
                % {"code": agreement["id"], "number": agreement["version"], "form": form["version"]},
            )
        )
    if version.predecessor:
        lines.append(Line(_("Föregående versions kontrollsumma"), grouped(version.predecessor, 8)))
    if version.person is None and version.kind in renditions.DECISIONS_OF_PAYER:
        lines.append(Line(_("Beslutat"), _("Automatiskt, enligt regel och utan handläggare")))
    elif version.person is not None and version.kind not in papers.FORMS:
        label = _("Beslutat av") if version.kind in renditions.DECISIONS_OF_PAYER else _("Registrerat av")
        lines.append(Line(label, version.person.name))
    return Fields(_("Handlingen"), tuple(lines))


def _seal(version: DocumentVersion, sealer: Organisation, test_key: bool) -> str:
    name = sealer.name_on(version.effective_at.astimezone(clock.STOCKHOLM).date())
    if version.kind in renditions.RECEIVED:
        facts = getattr(version, "requisition", None) or getattr(version, "financial_report", None)
        at = facts.received_at if facts else version.effective_at
        first = _("Kvitto: %(name)s har tagit emot handlingen %(day)s.") % {"name": name, "day": _moment(at)}
        what = _("Sigillet är %(name)ss, inte mottagarens underskrift.") % {"name": name}
    elif version.kind in renditions.DECISIONS_OF_GOVERNMENT:
        first = _("Regeringens beslut, registrerat av %(name)s.") % {"name": name}
        what = _("Regeringen har inget eget sigill i Överens: sigillet är %(name)ss, som har registrerat beslutet.") % {
            "name": name
        }
    elif version.kind in renditions.LETTERS_OF_PAYER:
        first, what = _("Utfärdat av %(name)s.") % {"name": name}, ""
    else:
        first, what = _("Beslutat av %(name)s.") % {"name": name}, ""
    holds = _("Filen bär %(name)ss elektroniska sigill. Ändras något i den gäller sigillet inte längre.") % {
        "name": name
    }
    test = _("Sigillet är gjort med en testnyckel och visar ingenting.") if test_key else ""
    return "\n".join(each for each in (first, holds, what, test) if each)


def _day(day: dt.date) -> str:
    return format_date(day, "d MMMM y", locale=LANGUAGE)


def _moment(moment: dt.datetime) -> str:
    pattern = "d MMMM y 'kl.' HH.mm"
    return format_datetime(moment.astimezone(clock.STOCKHOLM), pattern, locale=LANGUAGE, tzinfo=clock.STOCKHOLM)
