# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The texts to code, one text with its marks, and what is carried over when a text is corrected."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from overens.desks.access import ActingRequest, note_reading
from overens.desks.analyst.coding_shared import (
    ENDED,
    MENTIONS,
    agency,
    areas_named,
    choices,
    coders_only,
    edition_or_none,
    in_words,
    kind_of,
    own_text,
    page,
    path_of,
    readable,
    whose,
    without_codebook,
)
from overens.desks.analyst.coding_shared import KINDS as KIND_WORDS
from overens.desks.analyst.forms_coding import MarkForm, TextFilter
from overens.desks.refusals import tell
from overens.followup import coded
from overens.followup.actions import coding
from overens.followup.models import CodebookEdition, Coding, Text, TextRead
from overens.followup.searching import KINDS
from overens.rules.findings import Refused
from overens.rules.followup.passages import layered, paragraphs, sentences

PAGE = 50


@require_GET
@coders_only
def start(request: ActingRequest) -> HttpResponse:
    """The texts that count, how far each has come, and what waits."""
    edition = edition_or_none()
    if edition is None:
        return without_codebook(request, "analyst-coding")
    organisation = agency(request)
    every = coded.standing(readable(request))
    form = TextFilter(request.GET, coded.years(organisation), regions_of(every))
    texts = coded.with_progress(_narrowed(every, form)).order_by(
        "-submission__year", "submission__organisation__sort_key", "pk"
    )
    shown = Paginator(texts, PAGE).get_page(request.GET.get("page"))
    areas = areas_named((each.submission.agreement, each.area) for each in shown.object_list if each.submission)
    blind = set(coded.blind_for(request.user).values_list("pk", flat=True))
    count = shown.paginator.count
    return page(
        request,
        "analyst/texts.html",
        "analyst-coding",
        {
            "page": shown,
            "rows": [
                {
                    "text": each,
                    "whose": whose(each),
                    "kind": KIND_WORDS[kind_of(each)],
                    "is_blind": each.pk in blind,
                    "area": areas.get((each.submission.agreement, each.area), "") if each.submission else "",
                }
                for each in shown.object_list
            ],
            "fields": form.shown,
            "narrowed": any(form.text(field.name) for field in form),
            "result_text": ngettext("%(count)s text", "%(count)s texter", count) % {"count": count},
            "edition": edition,
            "to_carry": coded.to_carry_over(organisation).count(),
            "to_choose": coded.to_choose_again(organisation, edition).count(),
        },
    )


def regions_of(texts: QuerySet[Text]) -> list[tuple[str, str]]:
    """The regions that have texts, as a filter offers them."""
    listed = texts.exclude(submission__organisation=None).order_by("submission__organisation__sort_key")
    pairs = listed.values_list("submission__organisation__code", "submission__organisation__name")
    return list(dict.fromkeys(pairs))


def _narrowed(texts: QuerySet[Text], form: TextFilter) -> QuerySet[Text]:
    if year := form.text("ar"):
        texts = texts.filter(submission__year=year)
    if region := form.text("region"):
        texts = texts.filter(submission__organisation__code=region)
    if (kind := form.text("slag")) in KINDS:
        texts = texts.filter(place__startswith=f"{kind}/", submission__isnull=False)
    elif kind:
        texts = texts.filter(submission=None)
    read = Q(readings__in=TextRead.objects.filter(ended_at=None))
    if form.text("last") == "ja":
        texts = texts.filter(read)
    elif form.text("last") == "nej":
        texts = texts.exclude(read)
    return texts


@require_GET
@coders_only
def text(request: ActingRequest, number: int) -> HttpResponse:
    """One text with its marks, and the form to mark it by."""
    found = own_text(request, number)
    if found.submission is not None and found.submission.report is not None:
        note_reading(request, found.submission.report.key)
    return _text_page(request, found, MarkForm())


def paragraph_at(body: str, at: int) -> int:
    """The number of the paragraph that a place stands in, as the text's page counts them from 1."""
    return next((number for number, each in enumerate(paragraphs(body), start=1) if at < each.end), 1)


@require_POST
@coders_only
def mark(request: ActingRequest, number: int) -> HttpResponse:
    found = own_text(request, number)
    form = MarkForm(request.POST)
    made: list[Coding] = []

    def act(typed: dict[str, Any]) -> None:
        made.extend(
            coding.mark(found, form.pieces, typed["themes"], typed["mention"], typed["note"], request.user)
        )  # fmt: skip

    if not form.carried_out(act):
        return _text_page(request, found, form)
    said = ngettext("Passagen är markerad.", "%(count)s markeringar är gjorda.", len(made)) % {"count": len(made)}
    messages.success(request, said)
    # Back to where one was reading.
    address, here = reverse("analyst-text", args=[number]), paragraph_at(found.body, made[0].start)
    return HttpResponseRedirect(f"{address}#stycke-{here}", status=303)


def _text_page(request: ActingRequest, found: Text, form: MarkForm) -> HttpResponse:
    edition = edition_or_none()
    if edition is None:
        return without_codebook(request, "analyst-coding")
    is_blind = coded.blind_for(request.user).filter(pk=found.pk).exists()
    marks = [] if is_blind else list(found.codings.standing().select_related("theme", "coder__person"))
    ended = [] if is_blind else list(found.codings.exclude(ended_at=None).select_related("theme", "ended_by__person"))
    is_old = found.submission is not None and found.submission.superseded
    now = coded.corrected(found) if is_old else None
    other = _beside(request, found)
    area = next(iter(areas_named([(found.submission.agreement, found.area)]).values()), "") if found.submission else ""
    return page(
        request,
        "analyst/text.html",
        "analyst-coding",
        {
            "crumbs": [(gettext("Kodning"), reverse("analyst-coding"))],
            "text": found,
            "whose": whose(found),
            "kind": KIND_WORDS[kind_of(found)],
            "paragraphs": _paragraphs(found, marks, form),
            "marks": [_shown(each, edition, number) for number, each in enumerate(marks, start=1)],
            "ended": [_ended(each, edition) for each in ended],
            "form": form,
            "themes": choices(edition.codebook, form["themes"].value() or ()),
            "reading": found.readings.filter(ended_at=None).select_related("reader__person", "edition").first(),
            "edition": edition,
            "is_blind": is_blind,
            "is_old": is_old,
            "corrected": now,
            "other": other,
            "area": area,
            "buttons": [
                {"url": reverse("analyst-text", args=[each.pk]), "label": label, "kind": "is-quiet"}
                for label, each in (
                    (gettext("Föregående text"), other.get("previous")),
                    (gettext("Nästa text"), other.get("next")),
                )
                if each
            ],
        },
        status=422 if form.errors else 200,
    )


def _paragraphs(found: Text, marks: list[Coding], form: MarkForm) -> list[dict[str, Any]]:
    """Each paragraph cut where marks begin and end, with its sentences to tick."""
    numbers = {each.pk: number for number, each in enumerate(marks, start=1)}
    ends = {each.pk: each.end for each in marks}
    ticked = set(form["piece"].value() or ())
    shown = []
    for number, place in enumerate(paragraphs(found.body), start=1):
        pieces = [
            {
                "text": found.body[piece.start : piece.end],
                "depth": min(len(piece.marks), 3),
                "ending": [(each, numbers[each]) for each in piece.marks if ends[each] == piece.end],
            }
            for piece in layered(place, [(each.pk, each.start, each.end) for each in marks])
        ]
        value = f"{place.start}-{place.end}"
        inner = [
            {"value": f"{each.start}-{each.end}", "text": each.of(found.body),
             "ticked": f"{each.start}-{each.end}" in ticked}
            for each in sentences(found.body, place)
        ]  # fmt: skip
        shown.append(
            {
                "number": number,
                "start": place.start,
                "value": value,
                "ticked": value in ticked,
                "pieces": pieces,
                "sentences": inner if len(inner) > 1 else [],
                "open": any(each["ticked"] for each in inner),
            }
        )
    return shown


def _shown(mark: Coding, edition: CodebookEdition, number: int = 0) -> dict[str, Any]:
    codebook = edition.codebook
    theme = codebook.theme(mark.theme.code) if codebook.has(mark.theme.code) else None
    return {
        "coding": mark,
        "number": number,
        "theme": path_of(codebook, mark.theme.code),
        "title": in_words(theme) if theme else mark.theme.code,
        "mention": MENTIONS[mark.mention],
        "retired": theme is None or theme.retired,
    }


def _ended(mark: Coding, edition: CodebookEdition) -> dict[str, Any]:
    return {**_shown(mark, edition), "why": ENDED[mark.ended_why]}


def _beside(request: ActingRequest, found: Text) -> dict[str, Text | None]:
    """The texts before and after one in the same submission."""
    if found.submission is None:
        return {}
    same = coded.texts_of(agency(request)).filter(submission=found.submission)
    return {
        "previous": same.filter(pk__lt=found.pk).order_by("-pk").first(),
        "next": same.filter(pk__gt=found.pk).order_by("pk").first(),
    }


@require_POST
@coders_only
def unmark(request: ActingRequest, number: int) -> HttpResponse:
    """Take a mark away; the text's page says that it was there."""
    codings = Coding.objects.filter(text__in=coded.texts_of(agency(request)))
    found = get_object_or_404(codings, pk=number)
    try:
        coding.unmark(found, request.user)
        messages.success(request, gettext("Markeringen är borttagen. Att den har funnits står kvar."))
    except Refused as refusal:
        tell(request, refusal)
    return HttpResponseRedirect(reverse("analyst-text", args=[found.text_id]) + "#markeringar", status=303)


@require_POST
@coders_only
def read(request: ActingRequest, number: int) -> HttpResponse:
    """Say that a text has been read to the end, or that it is to be read again."""
    found = own_text(request, number)
    try:
        if request.POST.get("again"):
            coding.read_no_more(found, request.user)
            messages.success(request, gettext("Texten väntar på att läsas igen."))
        else:
            coding.read_to_end(found, request.user)
            messages.success(request, gettext("Texten är läst. Det som inte är markerat förekommer inte i den."))
    except Refused as refusal:
        tell(request, refusal)
    return HttpResponseRedirect(reverse("analyst-text", args=[number]), status=303)


@require_GET
@coders_only
def carry(request: ActingRequest) -> HttpResponse:
    """Marks that stand on texts that were corrected, with where each would go."""
    edition = edition_or_none()
    if edition is None:
        return without_codebook(request, "analyst-carry")
    waiting = coded.to_carry_over(agency(request)).exclude(text__in=coded.blind_for(request.user))
    shown = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    rows = [
        {**_shown(each, edition), "whose": whose(each.text), "to": coding.carried(each)} for each in shown.object_list
    ]
    return page(request, "analyst/carry.html", "analyst-carry", {"page": shown, "rows": rows})


@require_POST
@coders_only
def carry_all(request: ActingRequest) -> HttpResponse:
    """Carry over all whose passage stands unchanged in the corrected text."""
    try:
        moved, left = coding.carry_all(agency(request), request.user)
        messages.success(
            request,
            gettext("%(moved)s markeringar är överförda. %(left)s väntar, eftersom passagen är ändrad.")
            % {"moved": moved, "left": left},
        )
    except Refused as refusal:
        tell(request, refusal)
    return HttpResponseRedirect(reverse("analyst-carry"), status=303)
