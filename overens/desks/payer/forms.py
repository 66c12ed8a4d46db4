# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the payer types."""

from __future__ import annotations

import dataclasses

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from overens.agreements.actions import Minutes
from overens.desks import words
from overens.desks.asking import AskingForm, Day, Kronor, Reason
from overens.desks.payer import selected
from overens.desks.payer.bank_words import WAYS
from overens.desks.uploading import FileForm, ScanForm, Upload
from overens.grants.models import Way
from overens.rules.findings import refuse
from overens.rules.process import State
from overens.web import uploads

# States of the queue that a case is found in when it waits for the agency.
WAITING = (State.REQUISITIONED, State.ACCOUNT_UNPROVEN, State.APPROVED, State.BATCHED, State.REPORTED)


# Bytes of a policy file; the shipped one has some 3 kB.
LARGEST_POLICY = 100_000


class NarrowForm(forms.Form):
    """Narrows a list; unknown choices are taken for none, so that an old address still shows something."""

    @property
    def shown(self) -> list[dict[str, object]]:
        """The fields as components/filter_bar.html shows them."""
        return [
            {"name": field.name, "label": field.label, "value": self.chosen(field.name),
             "type": "select" if hasattr(field.field, "choices") else "search",
             "options": getattr(field.field, "choices", ())}
            for field in self
        ]  # fmt: skip

    @property
    def narrows(self) -> bool:
        return any(self.chosen(name) for name in self.fields)

    def chosen(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")


class QueueFilter(NarrowForm):
    """Narrows the queue."""

    lage = forms.ChoiceField(label=_("Läge"), required=False)
    overenskommelse = forms.ChoiceField(label=_("Överenskommelse"), required=False)
    urval = forms.ChoiceField(label=_("Granskning"), required=False)
    sok = forms.CharField(label=_("Mottagare"), required=False, max_length=100)

    def __init__(self, data: object, agreements: list[str]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        states = [(state.value, words.STATES[state]) for state in State]
        self.fields["lage"].choices = [("", _("Väntar på oss")), ("alla", _("Alla ärenden")), *states]  # type: ignore[attr-defined]
        self.fields["overenskommelse"].choices = [("", _("Alla")), *((code, code) for code in agreements)]  # type: ignore[attr-defined]
        self.fields["urval"].choices = [("", _("Alla")), ("ovald", _("Inte sorterad")), *selected.WAYS.items()]  # type: ignore[attr-defined]


class RowFilter(NarrowForm):
    """Of the bank's rows: open ones by direction, or matches by what they are."""

    riktning = forms.ChoiceField(
        label=_("Riktning"), required=False, choices=[("", _("Alla")), ("in", _("Kom in")), ("ut", _("Gick ut"))]
    )
    slag = forms.ChoiceField(
        label=_("Vad"), required=False, choices=[("", _("Alla")), *((way.value, WAYS[way][0]) for way in Way)]
    )
    sok = forms.CharField(label=_("Sök"), required=False, max_length=100)

    def __init__(self, data: object, *, ways: bool = False) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        del self.fields["riktning" if ways else "slag"]


class SelectionFilter(NarrowForm):
    """Narrows the list of sorted reports."""

    urval = forms.ChoiceField(label=_("Urval"), required=False)
    sok = forms.CharField(label=_("Mottagare"), required=False, max_length=100)

    def __init__(self, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["urval"].choices = [("", _("Alla")), *selected.WAYS.items()]  # type: ignore[attr-defined]


class Decided(AskingForm):
    """What a decision of the payer states. Offices, not names of persons."""

    decided_on = Day(label=_("Beslutsdag"))
    registration_number = forms.CharField(label=_("Diarienummer"), max_length=60, required=False)
    decider = forms.CharField(
        label=_("Beslutsfattare"), max_length=200, required=False, help_text=_("Befattning, inte namn.")
    )
    presenting_officer = forms.CharField(label=_("Föredragande"), max_length=200, required=False)
    reasons = Reason(label=_("Skäl"), help_text=_("Det som beslutet vilar på."))

    def minutes(self) -> Minutes:
        return Minutes(**{field.name: self.cleaned_data[field.name] for field in dataclasses.fields(Minutes)})


class PolicyForm(Decided):
    """The policy, and the decision on it."""

    file = Upload(
        ".toml",
        label=_("Egen policy"),
        help_text=_(
            "En fil som förslaget här ovanför, med era egna tal. Väljs ingen fil gäller förslaget som det står."
        ),
    )
    field_order = ("file",)

    def text(self, request: HttpRequest) -> str:
        """The policy's text: the file's, or the shipped proposal's. Raises Refused at ``file``."""
        file = self.cleaned_data["file"]
        if uploads.too_large(request) or (file is not None and file.size > LARGEST_POLICY):
            refuse("policy-too-large", key="file", limit=LARGEST_POLICY // 1000)
        if file is None:
            return selected.proposal()
        try:
            return str(file.read().decode("utf-8-sig")).replace("\r\n", "\n")
        except UnicodeDecodeError:
            refuse("policy-not-text", key="file")


class TakeOutForm(AskingForm):
    reason = Reason(label=_("Skäl"), help_text=_("Vad som gör att du vill granska den. Mottagaren läser det inte."))


class Nothing(AskingForm):
    """An act that needs no more than that it is confirmed."""


class ReasonForm(AskingForm):
    reason = Reason(
        label=_("Skäl"),
        help_text=_(
            "Skriv vad som saknas eller är fel, varför det behövs och hur det rättas. Mottagaren läser det här."
        ),
    )


class WriteOffForm(AskingForm):
    reason = Reason(
        label=_("Skäl"),
        help_text=_("Varför skulden inte längre drivs in, och vilket beslut som ligger bakom."),
    )


class ProofForm(AskingForm):
    received_on = Day(
        label=_("Dag då rekvisitionen kom in"),
        help_text=_("Dagen som beviset visar. Den ska ligga inom tiden; bara den räknas."),
    )
    reason = Reason(
        label=_("Beviset"),
        help_text=_("Vad som visar att rekvisitionen kom in den dagen, till exempel ett kvitto från e-postservern."),
    )


class BankRowForm(AskingForm):
    bank_reference = forms.CharField(label=_("Bankens referens"), max_length=60)
    booked_on = Day(label=_("Bokföringsdag"))
    kronor = Kronor(label=_("Belopp i kronor"))
    sender = forms.CharField(label=_("Avsändare"), max_length=200)
    message = forms.CharField(label=_("Meddelande"), max_length=200, required=False)


class CodeForm(AskingForm):
    code = forms.CharField(
        label=_("Kod"),
        max_length=40,
        help_text=_("Står under platsen för underskrift, tre grupper om fyra tecken."),
    )


class PaperForm(ScanForm):
    """A signed paper that came by post."""

    received_on = Day(
        label=_("Dag då papperet kom in"),
        help_text=_("Dagen avgör om handlingen kom i tid. Den första som kommer in räknas."),
    )
    field_order = ("file", "signatory", "received_on", "reason")


class MatchForm(AskingForm):
    case = forms.CharField(
        label=_("Ärende"),
        max_length=100,
        help_text=_("Ärendets nyckel, till exempel 2019/regioner/10."),
    )
    kronor = Kronor(
        label=_("Hur mycket av raden"),
        required=False,
        help_text=_("Lämna tomt för så mycket som skulden och raden räcker till. Resten av raden är öppen."),
    )


class InterestForm(AskingForm):
    case = forms.CharField(
        label=_("Ärende"),
        max_length=100,
        help_text=_("Ärendets nyckel. Raden möter det äldsta räntekravet som något återstår av."),
    )
    kronor = Kronor(
        label=_("Hur mycket av raden"),
        required=False,
        help_text=_("Lämna tomt för så mycket som räntekravet och raden räcker till. Resten av raden är öppen."),
    )
    # Which claim a suggestion is of; typed by nobody.
    number = forms.CharField(max_length=9, required=False, widget=forms.HiddenInput)


class SetAsideForm(AskingForm):
    note = Reason(
        label=_("Vad raden är"),
        help_text=_("Till exempel ränta eller avgift, och var den är bokförd."),
    )


class PaidBackForm(AskingForm):
    reference = forms.CharField(label=_("Bankens referens"), max_length=60, required=False)


class BankFileForm(FileForm):
    file = Upload(
        ".xml,application/xml,text/xml",
        label=_("Fil från banken"),
        help_text=_(
            "Kontoutdrag (camt.053), avisering (camt.054) eller svar på en betalningsfil (pain.002). Högst 20 MB."
        ),
    )


class UndoForm(AskingForm):
    reason = Reason(
        label=_("Skäl"),
        help_text=_("Varför avprickningen var fel. Raden blir öppen; en skuld som den mötte gäller igen."),
    )


class PeriodForm(AskingForm):
    """A period for the books."""

    fran = Day(label=_("Från och med"))
    till = Day(label=_("Till och med"))

    def clean(self) -> dict[str, object]:
        typed: dict[str, object] = super().clean() or {}
        if {"fran", "till"} <= set(typed) and self.cleaned_data["till"] < self.cleaned_data["fran"]:
            self.add_error("till", _("Sista dagen är före den första. Byt dagarna."))
        return typed
