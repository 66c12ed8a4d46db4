# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms of a region's internal call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.desks.asking import AskingForm, Day, Kronor, Reason
from overens.desks.uploading import Upload
from overens.followup.actions.calling import Decided, Terms
from overens.rules.findings import Refused
from overens.rules.followup.calls import GRANTED, OWN, PRIVATE, REJECTED, Proposed, Way, proposed

WAYS: dict[str, Promise] = {
    Way.BUDGET: _("I budgetprocessen"),
    Way.APPLICATIONS: _("Efter ansökningar från verksamheterna"),
    Way.STAFF: _("Efter antalet anställda"),
    Way.OTHER: _("På annat sätt"),
}
UNIT_KINDS: dict[str, Promise] = {OWN: _("Egen regi"), PRIVATE: _("Privat, med offentlig finansiering")}
OUTCOMES: dict[str, Promise] = {GRANTED: _("Beviljat"), REJECTED: _("Avslaget")}


class Long(forms.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), required=False, **options)


class CallForm(AskingForm):
    title = forms.CharField(label=_("Vad utlysningen gäller"), max_length=200)
    text = Long(label=_("Text till verksamheterna"), help_text=_("Vad ni söker, vad som prioriteras, hur det bedöms."))
    pot = forms.ChoiceField(label=_("Medel"))
    kronor = Kronor(label=_("Summa att bevilja, kronor"))
    last_day = Day(label=_("Sista dag för förslag"))

    def __init__(self, pots: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["pot"].choices = pots  # type: ignore[attr-defined]

    def terms(self) -> Terms:
        return Terms(**{name: self.cleaned_data[name] for name in ("title", "text", "pot", "kronor", "last_day")})


class ProposalForm(AskingForm):
    """A proposal; what a file may say in other words is read by the rules, here as there."""

    name = forms.CharField(label=_("Vad åtgärden heter"), max_length=300, required=False)
    unit = forms.CharField(label=_("Verksamhet som föreslår"), max_length=200, required=False)
    unit_kind = forms.ChoiceField(label=_("Egen eller privat"), choices=list(UNIT_KINDS.items()), required=False)
    contact = forms.CharField(label=_("Kontakt"), max_length=300, required=False, help_text=_("Namn och telefon."))
    area = forms.ChoiceField(label=_("Område"), required=False)
    purpose = Long(label=_("Syfte"))
    plan = Long(label=_("Plan"), help_text=_("Vad som ska göras, när och av vem."))
    kronor = forms.CharField(
        label=_("Sökt belopp, kronor"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, areas: Mapping[str, str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.areas = areas
        choices = [("", _("Välj")), *((id, f"{id} {title}") for id, title in areas.items())]
        self.fields["area"].choices = choices  # type: ignore[attr-defined]

    def proposed(self) -> Proposed:
        """Raises Refused at the fields."""
        found, wrong = proposed({name: str(value) for name, value in self.cleaned_data.items()}, self.areas)
        if wrong:
            raise Refused(*wrong)
        return found


class DecisionForm(AskingForm):
    outcome = forms.ChoiceField(label=_("Beslut"), choices=list(OUTCOMES.items()))
    kronor = Kronor(label=_("Beviljat belopp, kronor"), required=False, help_text=_("Lämnas tomt vid avslag."))
    reason = Reason(label=_("Skäl"), help_text=_("Verksamheten får läsa skälen."))
    decided_on = Day(label=_("Beslutat den"))
    reference = forms.CharField(label=_("Beslutets beteckning"), max_length=100, required=False)

    def decided(self) -> Decided:
        typed = self.cleaned_data
        return Decided(typed["outcome"], typed["kronor"] or 0, typed["reason"], typed["decided_on"], typed["reference"])


class SharingForm(AskingForm):
    ways = forms.MultipleChoiceField(
        label=_("Hur medlen har fördelats"),
        choices=list(WAYS.items()),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices"}),
        required=False,
    )
    note = Long(label=_("Kommentar"))


class ImportForm(AskingForm):
    file = Upload(
        ".xlsx,.csv,text/csv",
        label=_("Fil med förslag"),
        help_text=_("Excel (.xlsx) eller CSV, med rubriker på första raden."),
    )
    table = Long(label=_("Eller klistra in tabellen"), help_text=_("Markera rutorna i Excel, även rubrikerna."))
