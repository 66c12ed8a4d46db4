# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One paper of the register: what it is, its secrecy marks, how long it is kept, and what was given out of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from overens.archive import retaining
from overens.archive.actions import registering
from overens.archive.actions.authority import OFFICERS
from overens.archive.gone import gone
from overens.archive.models import Disclosure, SecrecyMark
from overens.desks.access import ActingRequest
from overens.desks.archive.forms import LiftForm, MarkForm
from overens.desks.archive.shared import acting_for, designation, keepers_only, paper_of, rows
from overens.desks.entry.views import person_of
from overens.people.models.organisation import Kind
from overens.records.models import DocumentVersion, Registration
from overens.rules.process import Role


@require_GET
@keepers_only
def paper(request: ActingRequest, version: int) -> HttpResponse:
    """What the register says of a paper. Its content is read where it is given out, or in its case."""
    return page(request, paper_of(request, version))


def page(
    request: ActingRequest, version: DocumentVersion, form: MarkForm | None = None, lifting: LiftForm | None = None,
    lifted: int = 0,
) -> HttpResponse:  # fmt: skip
    organisation = acting_for(request)
    (row,) = rows(organisation, [version])
    (kept,) = retaining.kept(organisation, [version])
    marks = SecrecyMark.objects.filter(organisation=organisation, document=version.document)
    numbers = Registration.objects.filter(subject=version.document.subject).select_related("organisation")
    may = bool(set(OFFICERS) & {Role(role) for role in request.acting.roles})
    return render(
        request,
        "archive/paper.html",
        {
            "crumbs": [(_("Handlingar"), reverse("archive-register"))],
            "row": row,
            "version": version,
            "designation": designation(version),
            "numbers": numbers,
            "kept": kept,
            "gone": gone([version]).get(version.pk),
            "marks": marks.select_related("mandate__person", "lift__mandate__person").order_by("-pk"),
            "form": form or MarkForm(),
            "lifting": lifting or LiftForm(),
            "lifted": lifted,
            "may": may,
            "may_disclose": may and organisation.kind != Kind.ASSOCIATION,
            "disclosures": Disclosure.objects.filter(organisation=organisation, version=version).select_related(
                "mandate__person"
            ),
        },
        status=422 if (form and form.errors) or (lifting and lifting.errors) else 200,
    )


@require_POST
@keepers_only
def mark(request: ActingRequest, version: int) -> HttpResponse:
    """Add a secrecy mark."""
    found, form = paper_of(request, version), MarkForm(request.POST)
    organisation = acting_for(request)
    if form.carried_out(
        lambda typed: registering.mark_secret(
            found.document, organisation, typed["ground"], typed["note"], person_of(request)
        )
    ):
        messages.success(request, _("Sekretessmarkeringen är införd i registret."))
        return redirect("archive-paper", found.pk)
    return page(request, found, form)


@require_POST
@keepers_only
def lift(request: ActingRequest, version: int, mark: int) -> HttpResponse:
    """Lift a secrecy mark; it stays in the history."""
    found, form = paper_of(request, version), LiftForm(request.POST)
    standing = get_object_or_404(
        SecrecyMark.objects.select_related("organisation"),
        pk=mark,
        document=found.document,
        organisation=acting_for(request),
    )
    if form.carried_out(lambda typed: registering.lift_mark(standing, typed["reason"], person_of(request))):
        messages.success(request, _("Sekretessmarkeringen är hävd."))
        return redirect("archive-paper", found.pk)
    return page(request, found, lifting=form, lifted=standing.pk)
