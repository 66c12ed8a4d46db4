# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is typed about the follow-up's own task, and about the parties' undertakings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from overens.desks.analyst.forms import Line, Long
from overens.desks.analyst.words import CONSULTATION_KINDS, DELIVERABLE_FORMS, UNDERTAKING_STATES
from overens.desks.asking import Day
from overens.desks.uploading import FileForm, Upload
from overens.records.intake import JPEG, PDF, PNG

ACCEPTED = ",".join((PDF, PNG, JPEG))


class CommissionForm(FileForm):
    agreement = forms.ChoiceField(label=_("Överenskommelse"))
    title = Line(_("Uppdragets namn"), max_length=200)
    text = Long(_("Vad uppdraget är"), help_text=_("Gärna uppdragets egna ord."))
    registration_number = Line(_("Diarienummer"), max_length=50)
    decided_by = Line(_("Beslutat av"), max_length=200)
    decided_on = Day(label=_("Beslutat den"), required=False)

    def __init__(self, data: Any, agreements: Sequence[tuple[str, str]], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["agreement"].choices = agreements  # type: ignore[attr-defined]


class DeliverableForm(FileForm):
    what = Line(_("Vad som ska lämnas"), max_length=200)
    form = forms.ChoiceField(label=_("Hur"), choices=list(DELIVERABLE_FORMS.items()))
    to_whom = Line(_("Till vem"), max_length=200)
    due = Day(label=_("Senast den"), required=False)
    delivered_on = Day(label=_("Lämnat den"), help_text=_("Tomt till dess att det är gjort."), required=False)
    note = Long(_("Anteckning"))
    file = Upload(ACCEPTED, label=_("Fil"), help_text=_("PDF, PNG eller JPEG. Högst 20 MB."))


class ConsultationForm(FileForm):
    kind = forms.ChoiceField(label=_("Slag"), choices=list(CONSULTATION_KINDS.items()))
    with_whom = Line(
        _("Med vilka"),
        max_length=300,
        help_text=_("Till exempel SKR, fackliga organisationer eller professionsföreningar."),
    )
    on = Day(label=_("Dag"))
    notes = Long(_("Anteckningar"))


class UndertakingForm(FileForm):
    state = forms.ChoiceField(
        label=_("Läge"), choices=[(state, word) for state, (word, _kind) in UNDERTAKING_STATES.items() if state]
    )
    evidence = Long(
        _("Vad det grundas på"),
        help_text=_(
            "Vad som är gjort och var det syns. Står på den öppna sidan. Krävs när det är genomfört eller inte blev av."
        ),
    )
    file = Upload(ACCEPTED, label=_("Fil som visar det"), help_text=_("PDF, PNG eller JPEG. Högst 20 MB."))
