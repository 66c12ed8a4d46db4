# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fields and forms for a paper that was signed outside the service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from overens.desks.asking import AskingForm, Reason
from overens.people.models import Mandate, Person
from overens.records import intake
from overens.rules import reading
from overens.rules.findings import Finding, error, refuse
from overens.web import uploads


class Upload(forms.FileField):
    """A file. What it is and whether it is taken in is judged by the act; a browser cannot keep it after an error."""

    def __init__(self, accept: str, **options: Any) -> None:
        widget = forms.FileInput(attrs={"accept": accept})
        super().__init__(widget=widget, required=False, allow_empty_file=True, **options)


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class Uploads(Upload):
    """Any number of files, cleaned to a list of them."""

    def __init__(self, accept: str, **options: Any) -> None:
        super().__init__(accept, **options)
        self.widget = SeveralFiles(attrs={"accept": accept, "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(Uploads, self).clean(file, initial) for file in files]


def text_sent(request: HttpRequest) -> tuple[str, list[Finding]]:
    """The text that was sent, as a file or as typed, and why the file cannot be read as text."""
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile):
        return request.POST.get("text", "").replace("\r\n", "\n"), []
    if (upload.size or 0) > reading.LARGEST_FILE:
        return "", [error("file-too-large", largest=reading.LARGEST_FILE)]
    try:
        return upload.read().decode("utf-8-sig").replace("\r\n", "\n"), []
    except UnicodeDecodeError as problem:
        return "", [error("file-not-utf-8", position=problem.start)]


class FileForm(AskingForm):
    """A form with a field ``file``."""

    def taken(self, request: HttpRequest) -> tuple[bytes, str]:
        """The file's bytes and the sender's name for it. Raises Refused at ``file``."""
        if uploads.too_large(request):
            refuse("upload-too-large", key="file", limit=intake.LARGEST // intake.MIB)
        file = self.cleaned_data["file"]
        if file is None:
            refuse("upload-missing", key="file")
        return file.read(), file.name


class SignedForm(FileForm):
    """The file, and who signed: chosen among those who had the mandate."""

    signatory = forms.ChoiceField(label=_("Vem har skrivit under"), required=False)

    def __init__(
        self, signatories: list[Mandate], data: Any = None, files: Any = None, prefix: str | None = None
    ) -> None:
        super().__init__(data, files, prefix=prefix)
        self.persons = {str(mandate.person_id): mandate.person for mandate in signatories}
        choices = [(str(mandate.person_id), f"{mandate.person.name} ({mandate.citation})") for mandate in signatories]
        self.fields["signatory"].choices = [("", _("Välj")), *choices]  # type: ignore[attr-defined]

    def who(self) -> Person | None:
        return self.persons.get(self.cleaned_data["signatory"])


class SignedPdfForm(SignedForm):
    file = Upload(
        "application/pdf",
        label=_("Den undertecknade PDF-filen"),
        help_text=_("Samma fil som ni hämtade här, med underskriften tillagd. Högst 20 MB."),
    )
    confirmed = forms.BooleanField(
        label=_("Namnet i certifikatet är företrädarens, fast det är skrivet på ett annat sätt"), required=False
    )
    field_order: tuple[str, ...] = ("file", "signatory", "confirmed")


class ScanForm(SignedForm):
    file = Upload(
        "application/pdf,image/png,image/jpeg",
        label=_("Det inlästa papperet"),
        help_text=_("PDF, PNG eller JPEG, alla sidor i en fil. Högst 20 MB."),
    )
    reason = Reason(
        label=_("Varför på papper"),
        help_text=_("Till exempel att företrädaren inte kan logga in. Skälet följer med handlingen."),
    )
    field_order: tuple[str, ...] = ("file", "signatory", "reason")


def signed_forms(request: HttpRequest, signatories: list[Mandate]) -> tuple[dict[str, SignedForm], SignedForm | None]:
    """The two ways to hand in what was signed outside, by name (pdf, scan), and the one that was sent, if any."""
    sent = "" if request.method != "POST" else "scan" if request.POST.get("do") == "scan" else "pdf"
    found: dict[str, SignedForm] = {}
    for name, kind in (("pdf", SignedPdfForm), ("scan", ScanForm)):
        data, files = (request.POST, request.FILES) if name == sent else (None, None)
        found[name] = kind(signatories, data, files, prefix=name)
    return found, found.get(sent)


def hand_in_signed(
    request: HttpRequest,
    form: SignedForm,
    submit_pdf: Callable[..., object],
    submit_scan: Callable[..., object],
    person: Person,
) -> None:
    """Hand in the file of such a form by the act for its kind: of a subject and a version, which are bound already."""
    content, name = form.taken(request)
    typed = form.cleaned_data
    if isinstance(form, ScanForm):
        submit_scan(content, name, form.who(), typed["reason"], person)
    else:
        submit_pdf(content, name, form.who(), person, confirmed=typed["confirmed"])
