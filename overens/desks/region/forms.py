# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a recipient types beside the agreement's own forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from overens.desks.asking import AskingForm, Reason
from overens.desks.uploading import FileForm, Upload, Uploads
from overens.records import intake
from overens.rules.findings import refuse
from overens.web import uploads


class WithdrawForm(AskingForm):
    reason = Reason(label=_("Skäl"), help_text=_("Skälet sparas i ärendet."))


class CommentForm(AskingForm):
    comment = Reason(label=_("Yttrande"), help_text=_("Regeringen får det innan den beslutar."))


class AccountsForm(AskingForm):
    answer = Reason(label=_("Svar"), help_text=_("Ange vad ni lämnar och under vilket diarienummer."))
    file = Uploads(
        "application/pdf,image/png,image/jpeg,.xlsx",
        label=_("Filer"),
        help_text=_(
            "PDF, Excel (.xlsx), PNG eller JPEG, högst 10 filer om högst 20 MB. Filer kan inte stå kvar efter "
            "ett fel, utan väljs på nytt. Inget är lämnat förrän allt går att ta emot."
        ),
    )

    def sent(self, request: HttpRequest) -> list[tuple[bytes, str]]:
        """The files' bytes and the sender's names for them. Raises Refused at ``file``."""
        if uploads.too_large(request):
            refuse("upload-too-large", key="file", limit=intake.LARGEST // intake.MIB)
        return [(file.read(), file.name) for file in self.cleaned_data["file"]]


class StatementForm(FileForm):
    file = Upload(
        "application/pdf,image/png,image/jpeg",
        label=_("Kontobeviset från banken"),
        help_text=_("PDF, PNG eller JPEG, alla sidor i en fil. Högst 20 MB."),
    )


class ReviewForm(AskingForm):
    """The head of finance's choice; the alternatives' wording is the agreement's."""

    alternative = forms.ChoiceField(label=_("Din bedömning"), widget=forms.RadioSelect, required=False)
    deviations = Reason(label=_("Avvikelser"), help_text=_("Ska anges vid alternativ 2, får anges vid alternativ 1."))
    measures = Reason(label=_("Åtgärder"))

    def __init__(self, data: Any, alternatives: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["alternative"].choices = alternatives  # type: ignore[attr-defined]
