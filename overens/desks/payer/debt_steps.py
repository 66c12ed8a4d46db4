# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the payer's officer may do about a debt; each step is done on a page like those of the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from overens.desks.payer import debt_forms as typed_forms
from overens.desks.payer.forms import WriteOffForm
from overens.desks.payer.stepping import Step
from overens.grants.actions import claims, matching
from overens.grants.models import Case, InterestClaim
from overens.rules.findings import refuse
from overens.rules.process import Place

PAGE = "payer-debt"


def _interest_claim(case: Case) -> InterestClaim:
    found = matching.oldest_interest(case)
    if found is None:
        refuse("interest-ended", number=case.interest_claims.count())
    return found


STEPS: tuple[Step, ...] = (
    Step(
        "anstand",
        "defer",
        "",
        _("Bevilja anstånd"),
        _("Hela skulden får betalas en senare dag. Under anståndet löper anståndsränta i stället för dröjsmålsränta. "
          "Ordinarie gräns är ett år från förfallodagen."),
        _("Bevilja anstånd"),
        _("Anståndet är beviljat. Mottagaren har fått besked, och den nya dagen gäller."),
        lambda case, typed, version, person: claims.defer(
            case, typed["due_on"], typed["reason"], person, exceptional=typed["exceptional"]),
        typed_forms.DeferralForm,
        page=PAGE,
    ),
    Step(
        "avbetalning",
        "agree-instalments",
        "",
        _("Besluta om avbetalningsplan"),
        _("Skulden delas upp. Det som kommer in täcker delarna i ordning. Kommer en del inte in i tid förfaller hela "
          "resten, några vardagar efter den dagen."),
        _("Besluta om planen"),
        _("Planen är beslutad. Mottagaren har fått besked."),
        lambda case, typed, version, person: claims.agree(
            case, typed["rows"], typed["reason"], person, exceptional=typed["exceptional"]),
        typed_forms.InstalmentsForm,
        page=PAGE,
        initial=typed_forms.three_parts,
    ),
    Step(
        "krav-ranta",
        "claim-interest",
        "",
        _("Kräv ränta"),
        _("Räntan till och med i dag krävs i ett eget krav, med eget OCR-nummer. Ränta som redan är krävd räknas av. "
          "Vänta helst tills skulden är betald: då blir det ett krav."),
        _("Kräv räntan"),
        _("Räntan är krävd."),
        lambda case, typed, version, person: claims.claim_interest(case, person),
        page=PAGE,
    ),
    Step(
        "efterge-ranta",
        "remit-interest",
        "",
        _("Efterge ränta"),
        _("Det som återstår av det äldsta räntekravet behöver inte betalas."),
        _("Efterge räntan"),
        _("Räntan är eftergiven."),
        lambda case, typed, version, person: claims.remit_interest(
            _interest_claim(case), typed["decider"], typed["reason"], person),
        typed_forms.InterestRemissionForm,
        "is-danger",
        page=PAGE,
        initial=typed_forms.payer_decides,
    ),
    Step(
        "efterge",
        "remit",
        "",
        _("Efterge skulden"),
        _("Mottagaren befrias från beloppet: det är inte längre en skuld. Det kräver stöd i en författning eller "
          "regeringens beslut. Det går inte att ångra här."),
        _("Efterge"),
        _("Beloppet är eftergivet."),
        lambda case, typed, version, person: claims.remit(
            case, typed["kronor"], typed["decider"], typed["reason"], person),
        typed_forms.RemissionForm,
        "is-danger",
        page=PAGE,
        initial=typed_forms.whole_debt,
    ),
    Step(
        "skriv-av",
        "write-off",
        "",
        _("Skriv av skulden"),
        _("Staten slutar driva in det som återstår. Avskrivningen är ingen eftergift: skulden finns kvar i rätten, och "
          "avskrivningen kan tas tillbaka om den betalas."),
        _("Skriv av"),
        _("Skulden är avskriven."),
        lambda case, typed, version, person: claims.write_off(case, typed["reason"], person),
        WriteOffForm,
        "is-danger",
        page=PAGE,
    ),
    Step(
        "ater-avskrivning",
        "reverse-write-off",
        "",
        _("Ta tillbaka avskrivningen"),
        _("Skulden drivs in igen, och en betalning kan prickas av mot den. Förfallodagar och ränta är vad de var."),
        _("Ta tillbaka"),
        _("Avskrivningen är återtagen. Skulden gäller igen."),
        lambda case, typed, version, person: claims.reverse_write_off(case, typed["reason"], person),
        typed_forms.ReverseForm,
        page=PAGE,
    ),
)  # fmt: skip
OWING = frozenset({"defer", "agree-instalments", "remit", "write-off"})


def meaningful(act: str, money: Mapping[Place, int], interest_claims: Any, unclaimed_interest: int) -> bool:
    """Whether there is anything to do the act on; the process table says whether it may be done."""
    if act in OWING:
        return money.get(Place.TO_REPAY, 0) > 0
    if act == "remit-interest":
        return any(row.left for row in interest_claims)
    if act == "claim-interest":
        return unclaimed_interest > 0
    return act != "reverse-write-off" or money.get(Place.WRITTEN_OFF, 0) > 0
