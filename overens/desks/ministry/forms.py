# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the ministry types: what a decision states, and what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from overens.agreements.actions import Minutes
from overens.desks.asking import AskingForm, Day, Kronor, Reason
from overens.people.models import Organisation


class Signed(AskingForm):
    """What every decision of the government states. Offices, not names of persons."""

    registration_number = forms.CharField(
        label=_("Diarienummer"),
        max_length=60,
        required=False,
        help_text=_("Regeringskansliets nummer, till exempel S2019/01234."),
    )
    decider = forms.CharField(label=_("Beslutsfattare"), max_length=200, required=False)
    presenting_officer = forms.CharField(
        label=_("Föredragande"), max_length=200, required=False, help_text=_("Befattning och departement, inte namn.")
    )
    reasons = Reason(label=_("Skäl"), help_text=_("Det som beslutet vilar på. Blir en del av den allmänna handlingen."))


class MinutesForm(Signed):
    decided_on = Day(label=_("Beslutsdag"))
    field_order: tuple[str, ...] = ("decided_on",)

    def minutes(self) -> Minutes:
        return Minutes(**self.cleaned_data)


class ExtensionForm(MinutesForm):
    """A last day to be moved: to when, for all of those that it is for or for some of them."""

    day = Day(label=_("Ny sista dag"), help_text=_("Till och med den dagen. Den står kvar även om den är en helgdag."))
    whom = forms.ChoiceField(label=_("För vem"), choices=[("chosen", _("De jag väljer")), ("all", _("Alla"))])
    recipients = forms.MultipleChoiceField(label=_("Mottagare"), required=False)
    field_order = ("day", "whom", "recipients", "decided_on")

    def __init__(self, data: Any, recipients: Sequence[Organisation], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.known = {each.code: each for each in recipients}
        self.fields["recipients"].choices = [(code, each.name) for code, each in self.known.items()]  # type: ignore[attr-defined]

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("whom") == "chosen" and not self.cleaned_data.get("recipients"):
            self.add_error("recipients", _("Välj minst en mottagare, eller välj alla."))

    @property
    def chosen(self) -> list[Organisation]:
        """The chosen recipients; none for all."""
        return [self.known[code] for code in self.ticked] if self.cleaned_data["whom"] == "chosen" else []

    @property
    def ticked(self) -> list[str]:
        return list(self["recipients"].value() or ())

    @property
    def gist(self) -> str:
        """For whom and to when, in a word: what a preview is of."""
        return " ".join([self.cleaned_data["day"].isoformat(), *(each.code for each in self.chosen)])

    def minutes(self) -> Minutes:
        return Minutes(**{name: self.cleaned_data[name] for name in Minutes.__dataclass_fields__})


class ClawbackForm(Signed):
    kronor = Kronor(label=_("Belopp som återkrävs, i kronor"), help_text=_("Högst det som mottagaren har kvar."))
    field_order = ("kronor",)


class AnnulForm(AskingForm):
    registration_number = forms.CharField(label=_("Diarienummer"), max_length=60)
    reasons = Reason(label=_("Skäl"), help_text=_("Varför beslutet upphävs."))


class ProposalForm(AskingForm):
    reasons = Reason(
        label=_("Skäl"),
        help_text=_("Vad som saknas eller är för sent, och varför det bör leda till återkrav. Mottagaren läser det och "
                    "får yttra sig före beslut."),
    )  # fmt: skip


class Nothing(AskingForm):
    """An act that needs no more than that it is confirmed."""
