# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a region types when it is asked for documents."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from overens.desks.asking import AskingForm, Reason
from overens.desks.uploading import Uploads


class DeliverForm(AskingForm):
    message = Reason(label=_("Meddelande"), help_text=_("Behövs inte."))
    registration_number = forms.CharField(label=_("Ert diarienummer"), required=False, max_length=60)
    file = Uploads(
        "application/pdf,image/png,image/jpeg,.xlsx",
        label=_("Filer"),
        help_text=_(
            "PDF, Excel (.xlsx), PNG eller JPEG, högst 10 filer om högst 20 MB. Filer kan inte stå kvar efter "
            "ett fel, utan väljs på nytt. Inget är lämnat förrän allt går att ta emot."
        ),
    )
