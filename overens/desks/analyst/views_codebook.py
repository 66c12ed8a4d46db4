# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The codebook: its editions, changing a theme with what that does to coded passages, file in and out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from overens.desks.access import ActingRequest
from overens.desks.analyst.coding_shared import (
    MENTIONS,
    agency,
    choices,
    coders_only,
    edition_or_none,
    in_words,
    page,
    path_of,
    readable,
    title_of,
    whose,
    without_codebook,
)
from overens.desks.analyst.forms_coding import StepForm, ThemeForm
from overens.desks.asking import Reason, whole
from overens.desks.downloads import attachment
from overens.desks.refusals import shown, tell
from overens.desks.uploading import FileForm, Upload
from overens.followup import coded
from overens.followup.actions import codebooks, coding
from overens.followup.models import CodebookEdition, Coding
from overens.rules.findings import Finding, Refused, refuse
from overens.rules.followup import codebook as book
from overens.rules.followup import codebook_file
from overens.rules.followup.codebook import Change, Codebook, Theme

HERE = "analyst-codebook"
DIFFERENCES: dict[str, Promise] = {
    "added": _("nytt tema"),
    "gone": _("borta"),
    "retired": _("används inte längre"),
    "restored": _("används igen"),
    "moved": _("flyttat"),
    "reworded": _("omskrivet"),
}
FATES: dict[str, Promise] = {
    "follow": _("Passagerna följer med till det andra temat"),
    "stay-retired": _("Passagerna står kvar under temat och syns där"),
    "choose-again": _("Varje passage måste få ett av de nya temana"),
}


@require_GET
@coders_only
def codebook(request: ActingRequest) -> HttpResponse:
    """The themes of an edition as a tree, what each edition changed, and the file."""
    now = edition_or_none()
    if now is None:
        return without_codebook(request, HERE)
    number = whole(request.GET.get("utgava"))
    edition = get_object_or_404(CodebookEdition, number=number) if number else now
    if request.GET.get("format") == "toml":
        text = codebook_file.write(edition.codebook)
        return attachment(text.encode(), "application/toml", f"kodbok-{edition.number}.toml")
    held = Coding.objects.counted().filter(text__in=coded.texts_of(agency(request)))
    number_of = Counter(held.values_list("theme__code", flat=True))
    return page(
        request,
        "analyst/codebook.html",
        HERE,
        {
            "edition": edition,
            "is_now": edition == now,
            "rows": [
                _row(edition.codebook, depth, each, number_of[each.id]) for depth, each in edition.codebook.tree()
            ],
            "editions": _editions(),
            "to_choose": coded.to_choose_again(agency(request), now).count(),
        },
    )  # fmt: skip


def _row(codebook: Codebook, depth: int, theme: Theme, passages: int) -> dict[str, Any]:
    went = [theme.merged_into] if theme.merged_into else list(theme.split_into)
    return {
        "theme": theme,
        "depth": depth,
        "passages": passages,
        "went": ", ".join(title_of(codebook, each) for each in went),
        **{field: in_words(theme, field) for field in ("title", "definition", "belongs", "does_not")},
    }


def _editions() -> list[dict[str, Any]]:
    """Every edition, the latest first, with what it says otherwise than the one before it."""
    listed: list[dict[str, Any]] = []
    before: CodebookEdition | None = None
    for each in CodebookEdition.objects.select_related("mandate__person"):
        changes = book.differences(before.codebook, each.codebook) if before else ()
        listed.append(
            {
                "edition": each,
                "changes": [(title_of(each.codebook, change.theme), DIFFERENCES[change.what]) for change in changes],
                "fates": [
                    (title_of(each.codebook, theme), FATES[str(fate["fate"])], fate["passages"])  # type: ignore[index]
                    for theme, fate in each.fate.items()
                ],
            }
        )
        before = each
    return listed[::-1]


@require_POST
@coders_only
def adopt(request: ActingRequest) -> HttpResponse:
    try:
        codebooks.adopt(request.user)
        messages.success(request, gettext("Kodboken gäller. Ändra den som ni behöver."))
    except Refused as refusal:
        tell(request, refusal)
    return HttpResponseRedirect(reverse(HERE), status=303)


def _crumbs() -> list[tuple[str, str]]:
    return [(gettext("Kodbok"), reverse(HERE))]


@require_http_methods(["GET", "POST"])
@coders_only
def theme(request: ActingRequest, code: str = "") -> HttpResponse:
    """A new theme, or another wording of one."""
    edition = edition_or_none()
    if edition is None:
        return without_codebook(request, HERE)
    now = edition.codebook
    old = _theme(now, code) if code else None
    form = ThemeForm(now, old, request.POST if request.method == "POST" else None)

    def act(typed: dict[str, Any]) -> None:
        if old is not None:
            change = book.reword(now, old.id, **form.said)
        else:
            change = book.add(now, _made(typed["code"], typed["parent"] or None, form.said))
        codebooks.publish(change, typed["changed"], _over(request), request.user)

    if request.method == "POST" and form.carried_out(_at_fields(act)):
        messages.success(request, gettext("En ny utgåva av kodboken gäller."))
        return HttpResponseRedirect(reverse(HERE), status=303)
    return page(
        request,
        "analyst/theme_form.html",
        HERE,
        {
            "crumbs": _crumbs(),
            "title": in_words(old) if old else gettext("Nytt tema"),
            "lead": gettext("Ändringen blir en ny utgåva av kodboken. Det som redan är kodat står kvar."),
            "form": form,
            "edition": edition,
            "label": gettext("Gör en ny utgåva"),
        },
        status=422 if form.errors else 200,
    )


def _made(code: str, parent: str | None, said: dict[str, Any]) -> Theme:
    code = code.strip()
    if not code or slugify(code) != code:
        refuse("theme-id-form", key="code")
    words = {"example" if name == "examples" else name: value for name, value in said.items()}
    return Theme.model_validate({"id": code, "parent": parent, **words})


def _over(request: ActingRequest) -> int:
    """The edition that the form was filled in over."""
    return whole(request.POST.get("over")) or 0


FIELD_OF = {"id": "code"}


def _at_fields(act: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, Any]], None]:
    """Findings of the codebook name a theme and its field; the form's fields are named by the field alone."""

    def doing(typed: dict[str, Any]) -> None:
        try:
            act(typed)
        except Refused as refusal:
            raise Refused(*(_moved(each) for each in refusal.findings)) from None

    return doing


def _moved(finding: Finding) -> Finding:
    if finding.where is None or not finding.where.key:
        return finding
    field = finding.where.key.rpartition(".")[2]
    return replace(finding, where=replace(finding.where, key=FIELD_OF.get(field, field)))


def _theme(codebook: Codebook, code: str) -> Theme:
    if not codebook.has(code):
        raise Http404
    return codebook.theme(code)


@dataclass(frozen=True)
class Step:
    """What can be done to a theme besides rewording it. ``asks``: the fields of the form."""

    title: Promise
    lead: Promise
    asks: tuple[str, ...]
    change: Callable[[Codebook, str, dict[str, Any]], Change]


def _split(codebook: Codebook, code: str, typed: dict[str, Any]) -> Change:
    lines = [line.partition("|") for line in typed["titles"].splitlines() if line.strip()]
    taken = {theme.id for theme in codebook.themes}
    new = []
    for title, _bar, definition in lines:
        id = slugify(title)[:45] or "tema"
        while id in taken:
            id += "-2"
        taken.add(id)
        new.append(Theme(id=id, title=title.strip()[:150], definition=(definition.strip() or title.strip())[:2000]))
    return book.split(codebook, code, tuple(new))


STEPS: dict[str, Step] = {
    "flytta": Step(
        _("Flytta temat"),
        _("Temat och det som ligger under det flyttas. Passagerna följer med."),
        ("parent",),
        lambda codebook, code, typed: book.move(codebook, code, typed["parent"] or None),
    ),
    "avsluta": Step(
        _("Sluta använda temat"),
        _("Inget nytt kodas med temat. Det som är kodat står kvar under det och syns."),
        (),
        lambda codebook, code, typed: book.retire(codebook, code),
    ),
    "aterta": Step(
        _("Använd temat igen"),
        _("Temat kan användas som förut, med de passager som stod kvar."),
        (),
        lambda codebook, code, typed: book.restore(codebook, code),
    ),
    "sla-ihop": Step(
        _("Slå ihop med ett annat tema"),
        _("Passagerna kodas med det andra temat i stället. Det som ligger under följer med."),
        ("into",),
        lambda codebook, code, typed: book.merge(codebook, code, typed["into"]),
    ),
    "dela": Step(
        _("Dela temat"),
        _("Nya teman ersätter det. Varje passage måste kodas om: de hamnar i en arbetslista."),
        ("titles",),
        _split,
    ),
}


@require_http_methods(["GET", "POST"])
@coders_only
def step(request: ActingRequest, code: str, step: str) -> HttpResponse:
    """A step with a theme: first what becomes of coded passages is shown, then it is done."""
    edition = edition_or_none()
    if edition is None or step not in STEPS:
        raise Http404
    now, taken = edition.codebook, STEPS[step]
    old = _theme(now, code)
    form = StepForm(now, old, taken.asks, request.POST if request.method == "POST" else None)
    impact: list[codebooks.Impact] | None = None
    if request.method == "POST":
        preview: list[codebooks.Impact] = []

        def act(typed: dict[str, Any]) -> None:
            change = taken.change(now, code, typed)
            if wrong := book.check(change.codebook):
                raise Refused(*wrong)
            if request.POST.get("sure"):
                codebooks.publish(change, typed["changed"], _over(request), request.user)
            else:
                preview.extend(codebooks.impact(change))

        if form.carried_out(_at_fields(act)):
            if request.POST.get("sure"):
                messages.success(request, gettext("En ny utgåva av kodboken gäller."))
                waits = step == "dela" and coded.to_choose_again(agency(request), coding.in_force()).exists()
                return HttpResponseRedirect(reverse("analyst-choose" if waits else HERE), status=303)
            impact = preview
    return page(
        request,
        "analyst/theme_step.html",
        HERE,
        {
            "crumbs": [*_crumbs(), (in_words(old), reverse("analyst-theme", args=[code]))],
            "title": taken.title,
            "lead": taken.lead,
            "subject": in_words(old),
            "form": form,
            "edition": edition,
            "impact": None
            if impact is None
            else [(title_of(now, each.theme), FATES[each.fate], each.passages, each.texts) for each in impact],
        },
        status=422 if form.errors else 200,
    )


class ImportForm(FileForm):
    file = Upload(".toml", label=_("Kodboken som TOML-fil"))
    changed = Reason(label=_("Vad som ändras, och varför"))


@require_http_methods(["GET", "POST"])
@coders_only
def read_in(request: ActingRequest) -> HttpResponse:
    """A codebook from a file, with what is wrong in it by line."""
    edition = edition_or_none()
    if edition is None:
        return without_codebook(request, HERE)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    findings: list[Any] = []

    def act(typed: dict[str, Any]) -> None:
        content, _name = form.taken(request)
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            refuse("file-not-utf-8", key="file", position=problem.start)
        found, wrong = codebook_file.read(text)
        if found is None:
            findings.extend(shown(wrong))
            refuse("codebook-file-wrong", key="file", count=len(wrong))
        codebooks.publish(Change(found, {}), typed["changed"], _over(request), request.user)

    if request.method == "POST" and form.carried_out(act):
        messages.success(request, gettext("En ny utgåva av kodboken gäller."))
        return HttpResponseRedirect(reverse(HERE), status=303)
    return page(
        request,
        "analyst/codebook_import.html",
        HERE,
        {"crumbs": _crumbs(), "form": form, "findings": findings, "edition": edition},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@coders_only
def choose_again(request: ActingRequest) -> HttpResponse:
    """The passages of themes that were split, one after the other."""
    edition = edition_or_none()
    if edition is None:
        return without_codebook(request, HERE)
    waiting = coded.to_choose_again(agency(request), edition).filter(text__in=readable(request))
    waiting = waiting.exclude(text__in=coded.blind_for(request.user))
    wrong: list[Any] = []
    found: Coding | None
    if request.method == "POST":
        asked = get_object_or_404(waiting, pk=whole(request.POST.get("coding")) or 0)
        found = asked
        try:
            coding.choose_again(asked, request.POST.getlist("themes"), request.user)
            messages.success(request, gettext("Passagen har fått sitt nya tema."))
            return HttpResponseRedirect(reverse("analyst-choose"), status=303)
        except Refused as refusal:
            wrong = shown(refusal.findings)
    else:
        found = waiting.first()
    context: dict[str, Any] = {"crumbs": _crumbs(), "left": waiting.count(), "coding": found, "refused": wrong}
    if found is not None:
        old = edition.codebook.theme(found.theme.code)
        context |= {
            "subject": path_of(edition.codebook, found.theme.code),
            "whose": whose(found.text),
            "mention": MENTIONS[found.mention],
            "new": [edition.codebook.theme(each) for each in old.split_into],
            "themes": choices(edition.codebook, request.POST.getlist("themes")),
        }
    return page(request, "analyst/choose.html", HERE, context, status=422 if wrong else 200)
