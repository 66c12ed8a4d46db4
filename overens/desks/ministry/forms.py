# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the ministry types: what a decision states, and what is asked for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from overens.agreements.actions import Minutes
from overens.desks.asking import AskingForm, Day, Kronor, Reason


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
    field_order = ("decided_on",)

    def minutes(self) -> Minutes:
        return Minutes(**self.cleaned_data)


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
