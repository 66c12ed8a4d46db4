# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What those who ask for accounts type."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from overens.desks.asking import AskingForm, Day, Reason


class AskForm(AskingForm):
    wanted = Reason(
        label=_("Vad som begärs in"),
        help_text=_("Vilka räkenskaper, för vilken tid, och varför de behövs."),
        required=True,
    )
    due_on = Day(label=_("Senast"), help_text=_("Är dagen ingen vardag flyttas den till nästa vardag."))


class MoveForm(AskingForm):
    due_on = Day(label=_("Ny sista dag"), help_text=_("Är dagen ingen vardag flyttas den till nästa vardag."))
    note = Reason(label=_("Varför dagen flyttas"), help_text=_("Mottagaren läser det."), required=True)


class CloseForm(AskingForm):
    note = Reason(
        label=_("Vad det ledde till"),
        help_text=_("Till exempel vad räkenskaperna visade, eller varför de inte behövs längre. Mottagaren läser det."),
    )
