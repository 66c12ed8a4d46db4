# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report as a Word file for those who comment in Word, and what comes back in it: looked through first, then taken
in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from overens.desks.access import ActingRequest
from overens.desks.analyst.shared import see_other
from overens.desks.downloads import attachment
from overens.desks.editions.shared import agency_only, crumbs, head, heading_of, own_edition
from overens.desks.entry.views import person_of
from overens.desks.refusals import Shown, shown
from overens.desks.uploading import FileForm, Upload
from overens.editions import looking, output
from overens.editions.actions import remarking
from overens.editions.models import Edition, Remark
from overens.editions.standing import document_of
from overens.exchange import word_back
from overens.exchange.word_back import Returned
from overens.records import clock
from overens.rendering import edition_word
from overens.rules.edition import places
from overens.rules.edition.document import Document
from overens.rules.edition.process import EditionState
from overens.rules.findings import Finding, Refused, refuse
from overens.rules.followup import comparing

TYPE = output.TYPES["docx"]
SALT = "overens.editions.word"
# Characters of a form's field, and suggestions: what Django takes in of one form.
LONGEST, MOST = 2_000_000, 1_500


class WordForm(FileForm):
    file = Upload(f".docx,{TYPE}", label=_("Word-filen med synpunkter"), help_text=_("Högst 20 MB."))


@require_safe
@agency_only
def file(request: ActingRequest, code: str) -> HttpResponse:
    """The report as it is now, to be commented on."""
    edition = own_edition(request, code)
    now = clock.now()
    return attachment(edition_word.docx(_document(edition), now), TYPE, f"{edition.code}-{now:%Y-%m-%d}.docx")


def _document(edition: Edition) -> Document:
    return document_of(edition) if edition.state == EditionState.FROZEN else looking.whole(edition).document


@require_http_methods(["GET", "POST"])
@agency_only
def word(request: ActingRequest, code: str) -> HttpResponse:
    """Get the file; hand in one that came back; look through what it says; take it in."""
    edition = own_edition(request, code)
    sent = request.method == "POST"
    form = WordForm(request.POST, request.FILES) if sent else WordForm()
    found: list[Returned] = []
    findings: Sequence[Finding] = ()

    def act(_typed: dict[str, Any]) -> None:
        nonlocal findings
        if request.POST.get("do") == "take":
            _take(request, edition, found)
            return
        content, _name = form.taken(request)
        back = word_back.read(content, places.sent(_document(edition)))
        found.extend(back.returned)
        findings = back.findings

    if sent and form.carried_out(act) and request.POST.get("do") == "take":
        return see_other("editions-remarks", edition.code)
    kept = signing.dumps([asdict(each) for each in found], salt=SALT, compress=True) if found else ""
    if len(kept) > LONGEST or len(found) > MOST:
        form.refused(Refused(Finding("word-too-much", "error", {"count": len(found), "most": MOST})))
        found, kept = [], ""
    context = {
        **head(request, edition),
        "crumbs": crumbs(edition),
        "form": form,
        "findings": _in_words(findings, edition),
        "passages": _by_passage(found, edition),
        "count": len(found),
        "kept": kept,
        "is_read": sent and not form.errors,
        "waits": Remark.objects.filter(passage__edition=edition, source="word", state="open").count(),
    }
    return render(request, "editions/word.html", context, status=422 if form.errors else 200)


def _take(request: ActingRequest, edition: Edition, found: list[Returned]) -> None:
    """What was ticked of what was read. Raises Refused: ``word-expired``, and those of the act."""
    try:
        kept = signing.loads(request.POST.get("kept", ""), salt=SALT)
    except signing.BadSignature:
        refuse("word-expired", key="file")
    found.extend(Returned(**{**each, "values": tuple(each["values"])}) for each in kept)
    ticked = set(request.POST.getlist("origin"))
    taken = remarking.take_in_word(edition, [each for each in found if each.origin in ticked], person_of(request))
    said = ngettext("%(n)d synpunkt är inläst.", "%(n)d synpunkter är inlästa.", len(taken.made)) % {
        "n": len(taken.made)
    }
    if taken.already:
        said += " " + gettext("%(n)d fanns redan.") % {"n": taken.already}
    messages.success(request, said)


def _headings(edition: Edition) -> dict[str, str]:
    return {each.key: heading_of(each) for each in edition.passages.order_by("position", "pk")}


def _in_words(findings: Iterable[Finding], edition: Edition) -> list[Shown]:
    """Findings with passages by their headings."""
    headings = _headings(edition)
    named = []
    for each in findings:
        values = {
            name: headings.get(str(value), value) if name in ("passage", "to") else value
            for name, value in each.values.items()
        }
        named.append(replace(each, values=values))
    return shown(named)


def _by_passage(found: Sequence[Returned], edition: Edition) -> list[dict[str, Any]]:
    headings = _headings(edition)
    had = set(Remark.objects.filter(passage__edition=edition, source="word").values_list("origin", flat=True))
    return [
        {
            "heading": headings.get(key, gettext("Inget känt avsnitt")),
            "rows": [
                {
                    "returned": each,
                    "at": each.at[:16].replace("T", " "),
                    "is_had": each.origin in had,
                    "lines": comparing.compare(each.before, each.after) if each.kind == "change" else (),
                }
                for each in group
            ],
        }
        for key, group in groupby(found, key=lambda each: each.passage)
    ]
