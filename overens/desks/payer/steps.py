# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the payer's officer may do to a case, each on a page of its own that says what follows before it is done."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from overens.desks.payer import debt_steps
from overens.desks.payer.forms import ProofForm, ReasonForm
from overens.desks.payer.stepping import Step
from overens.grants.actions import report, requisition
from overens.records.models import DocumentVersion


def _version(version: DocumentVersion | None) -> DocumentVersion:
    assert version is not None, "the step examines a paper"
    return version


STEPS: dict[str, Step] = {
    step.slug: step
    for step in (
        Step(
            "godkann",
            "approve-requisition",
            "requisition",
            _("Godkänn rekvisitionen"),
            _("Rekvisitionen är i sin ordning och beloppet får betalas ut."),
            _("Godkänn för betalning"),
            _("Rekvisitionen är godkänd. Utbetalaren kan nu ta med den i en betalningsfil."),
            lambda case, typed, version, person: requisition.approve(case, _version(version), person),
        ),
        Step(
            "aterlamna",
            "return-requisition",
            "requisition",
            _("Lämna tillbaka rekvisitionen"),
            _("Mottagaren får komplettera. Inga pengar flyttas, och dagen då rekvisitionen först kom in gäller även om "
              "kompletteringen kommer efter sista dagen."),
            _("Lämna tillbaka"),
            _("Rekvisitionen är tillbaka hos mottagaren, som ser ditt skäl bland det som väntar."),
            lambda case, typed, version, person: requisition.send_back(
                case, _version(version), typed["reason"], person),
            ReasonForm,
        ),
        Step(
            "godta",
            "accept-report",
            "financial-report",
            _("Godta den ekonomiska berättelsen"),
            _("Ärendet slutregleras enligt berättelsen. Det som har använts är använt, det som inte har använts är en "
              "skuld tills återbetalningen är avprickad."),
            _("Godta och slutreglera"),
            _("Berättelsen är godtagen och ärendet är slutreglerat enligt den."),
            lambda case, typed, version, person: report.accept(case, person),
        ),
        Step(
            "komplettera",
            "return-report",
            "financial-report",
            _("Lämna tillbaka den ekonomiska berättelsen"),
            _("Mottagaren får komplettera. Det som berättelsen säger ska återbetalas är fortfarande en skuld."),
            _("Lämna tillbaka"),
            _("Berättelsen är tillbaka hos mottagaren, som ser ditt skäl bland det som väntar."),
            lambda case, typed, version, person: report.send_back(case, typed["reason"], person),
            ReasonForm,
        ),
        Step(
            "godta-bevis",
            "readmit",
            "",
            _("Godta bevis om att rekvisitionen kom in i tid"),
            _("Rätten till bidraget står sig och rekvisitionen kan kompletteras. Bara dagen som beviset visar räknas: "
              "den ska ligga inom tiden."),
            _("Godta beviset"),
            _("Rätten till bidraget gäller igen. Mottagaren kan nu lämna rekvisitionen."),
            lambda case, typed, version, person: requisition.readmit(
                case, typed["received_on"], typed["reason"], person),
            ProofForm,
        ),
        *debt_steps.STEPS,
    )
}  # fmt: skip
OF_ACT = {step.act: step for step in STEPS.values()}
