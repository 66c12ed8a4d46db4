# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The drafts that a party sees, and beginning a new one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from overens.agreements.models import AgreementVersion
from overens.desks.access import ActingRequest
from overens.desks.analyst.shared import acting_for, see_other
from overens.desks.asking import AskingForm
from overens.desks.entry.views import person_of
from overens.desks.negotiator.views import negotiators
from overens.desks.public.pages import slice_of
from overens.desks.studio.shared import STATES, crumbs, state_of
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.proposals.models import SavedProposal
from overens.proposals.tables import Tables
from overens.records import clock
from overens.rules.findings import Refused, refuse
from overens.rules.proposals.reading import read as proposals_read
from overens.rules.proposals.simulating import resolved
from overens.rules.studio.beginning import blank, from_proposal, next_year
from overens.studio.actions import writing
from overens.studio.actions.writing import Beginning
from overens.studio.models import Comment, Draft

WAYS = (
    ("earlier", _("En ny överenskommelse, utifrån en tidigare som flyttas ett år fram")),
    ("amendment", _("En ändring av en överenskommelse som finns")),
    ("proposal", _("En ny överenskommelse, utifrån ett förslag som har räknats på")),
    ("blank", _("En ny överenskommelse, från början")),
)


class NewForm(AskingForm):
    way = forms.ChoiceField(label=_("Vad vill du skriva?"), choices=WAYS, widget=forms.RadioSelect)
    version = forms.ChoiceField(
        label=_("Utgå från"),
        required=False,
        help_text=_("Behövs inte när du utgår från ett förslag eller börjar från början."),
    )
    proposal = forms.ChoiceField(label=_("Förslag"), required=False, help_text=_("Bara när du utgår från ett förslag."))
    agreement = forms.CharField(
        label=_("Den nya överenskommelsens id"), required=False, max_length=50,
        help_text=_("Kort, till exempel året: 2020. En ändring har samma id som det som ändras."),
    )  # fmt: skip
    title = forms.CharField(
        label=_("Utkastets namn"), required=False, max_length=200,
        help_text=_("Det ni kallar det när ni förhandlar. Texten har sin egen rubrik."),
    )  # fmt: skip

    def __init__(
        self,
        versions: dict[str, AgreementVersion],
        proposals: dict[str, SavedProposal],
        data: Any = None,
        initial: Any = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["version"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Välj")),
            *((name, f"{each.code} v{each.number} · {each.title}") for name, each in versions.items()),
        ]
        self.fields["proposal"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Välj")),
            *((code, each.title) for code, each in proposals.items()),
        ]


@require_safe
@negotiators
def start(request: ActingRequest) -> HttpResponse:
    """The party's own drafts and those that it has been shown; ``lage`` and ``vems`` choose among them."""
    party = acting_for(request)
    drafts = Draft.objects.visible_to(party).select_related("owner", "changed_by", "version").defer("content")
    state, whose = request.GET.get("lage", ""), request.GET.get("vems", "")
    if state in STATES:
        drafts = drafts.filter(state=state)
    if whose in ("egna", "andras"):
        drafts = drafts.filter(owner=party) if whose == "egna" else drafts.exclude(owner=party)
    page = slice_of(request, drafts)
    context = {
        "page": page,
        "rows": list(_rows(page, party)),
        "states": [(value, word, value == state) for value, (word, _kind) in STATES.items()],
        "whose": whose,
        "is_filtered": bool(state or whose),
        "crumbs": [(gettext("Förhandling"), reverse("negotiator-start"))],
    }
    return render(request, "studio/start.html", context)


def _rows(page: Any, party: Organisation) -> Iterator[dict[str, Any]]:
    comments: dict[int, int] = {}
    for each in Comment.objects.visible_to(party).filter(draft__in=list(page)).prefetch_related("answers"):
        if not each.is_settled:
            comments[each.draft_id] = comments.get(each.draft_id, 0) + 1
    for draft in page:
        word, kind = state_of(draft)
        yield {
            "draft": draft,
            "state": word,
            "state_kind": kind,
            "is_own": draft.owner_id == party.pk,
            "comments": comments.get(draft.pk, 0),
        }


@require_http_methods(["GET", "POST"])
@negotiators
def new(request: ActingRequest) -> HttpResponse:
    """Begin a draft: ``fran`` (2019, or 2019:1 for its first version), ``forslag`` and ``slag`` are filled in."""
    found = AgreementVersion.objects.order_by("-code", "-number")[:200]
    versions = {f"{each.code}:{each.number}": each for each in found}
    asked = request.GET.get("fran", "")
    newest = next((name for name in versions if name == asked or name.startswith(f"{asked}:")), "") if asked else ""
    proposals = {each.code: each for each in SavedProposal.objects.of(acting_for(request)).filter(removed=False)}
    proposal = request.GET.get("forslag", "")
    initial = {
        "way": request.GET.get("slag") or ("proposal" if proposal else "earlier"),
        "version": newest,
        "proposal": proposal,
    }
    form = NewForm(versions, proposals, request.POST if request.method == "POST" else None, initial=initial)
    made: list[Draft] = []

    def act(typed: dict[str, Any]) -> None:
        beginning = _beginning(typed, versions, proposals)
        made.append(writing.begin(beginning, acting_for(request), person_of(request)))

    if request.method == "POST" and form.carried_out(act):
        messages.success(request, gettext("Utkastet är påbörjat. Bara er sida ser det tills ni visar det."))
        return see_other("studio-draft", made[0].code)
    context = {"form": form, "crumbs": crumbs(), "has_versions": bool(versions)}
    return render(request, "studio/new.html", context, status=422 if form.errors else 200)


def _beginning(
    typed: dict[str, Any], versions: dict[str, AgreementVersion], proposals: dict[str, SavedProposal]
) -> Beginning:
    """Raises Refused: ``draft-from-missing`` (at ``version``), ``draft-proposal-missing`` (at ``proposal``),
    ``draft-id-missing`` (at ``agreement``), and what a proposal's figures lack.
    """
    version, proposal = versions.get(typed["version"]), proposals.get(typed["proposal"])
    way, id = typed["way"], typed["agreement"].strip()
    if way in ("earlier", "amendment") and version is None:
        refuse("draft-from-missing", key="version")
    if way == "proposal" and proposal is None:
        refuse("draft-proposal-missing", key="proposal")
    if way == "amendment" and version is not None:
        name = typed["title"].strip() or gettext("Ändring av %(name)s") % {"name": version.code}
        return Beginning(name, version.code, version.text, version)
    if not id:
        refuse("draft-id-missing", key="agreement")
    name = typed["title"].strip() or id
    if way == "blank":
        regions = dict(Organisation.objects.filter(kind=Kind.REGION).order_by("code").values_list("code", "name"))
        # The newest that is known of them all.
        population = max(
            writing.known_populations().values(),
            key=lambda each: (regions.keys() <= each.persons.keys(), each.reference_date),
        )
        return Beginning(name, id, blank(id, name, clock.today().year + 1, regions.items(), population))
    if proposal is not None and way == "proposal":
        parsed, findings = proposals_read(proposal.versions.latest("number").text)
        if parsed is None:
            raise Refused(*findings)
        return Beginning(name, id, from_proposal(resolved(parsed, Tables()), id), proposal=proposal.code)
    assert version is not None
    return Beginning(name, id, next_year(version.text, id, writing.known_populations()), version)
