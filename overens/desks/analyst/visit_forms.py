# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is typed about visits, interviews, memos and documents."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from overens.desks.analyst import visit_words
from overens.desks.asking import AskingForm, Day, Reason
from overens.desks.uploading import Uploads
from overens.people.models import Organisation
from overens.rules.followup.spreading import CRITERIA

FREE, MUST, NOT = "", "include", "exclude"
STANDINGS = ((FREE, _("Fritt")), (MUST, _("Ska besökas")), (NOT, _("Ska inte besökas")))


class SpreadForm(AskingForm):
    """What a choice of regions is made by; one field more for each region, ``region-<code>``."""

    wanted = forms.IntegerField(
        label=_("Antal besök"), min_value=1, max_value=21, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    excluded_because = forms.CharField(
        label=_("Varför vissa inte ska besökas"),
        help_text=_("Till exempel att de besöktes året före. Skälet sparas med urvalet."),
        required=False,
        max_length=500,
    )
    seed = forms.CharField(
        label=_("Frö till lottningen"),
        help_text=_("Bland lika bra urval avgör lotten. Samma frö ger samma urval."),
        required=False,
        max_length=60,
    )

    def __init__(self, data: Any, regions: Mapping[str, Organisation]) -> None:
        super().__init__(data)
        for name in CRITERIA:
            self.fields[f"weight-{name}"] = forms.ChoiceField(
                label=str(visit_words.CRITERIA[name]), choices=visit_words.WEIGHTS, required=False
            )
        for code, region in regions.items():
            self.fields[f"region-{code}"] = forms.ChoiceField(label=region.name, choices=STANDINGS, required=False)
        self.order_fields(["wanted", *(f"weight-{name}" for name in CRITERIA)])

    @property
    def weights(self) -> list[forms.BoundField]:
        return [self[f"weight-{name}"] for name in CRITERIA]

    def standing(self, which: str) -> tuple[str, ...]:
        """The codes of the regions that must, or must not, be visited."""
        return tuple(
            name.removeprefix("region-")
            for name, value in self.cleaned_data.items()
            if name.startswith("region-") and value == which
        )

    def criteria(self) -> dict[str, int]:
        return {name: int(self.cleaned_data[f"weight-{name}"] or 0) for name in CRITERIA}


class DecideForm(AskingForm):
    chosen = forms.MultipleChoiceField(required=False)
    reason = Reason(
        label=_("Varför andra än de föreslagna"), help_text=_("Behövs bara om du väljer andra än förslaget.")
    )
    note = forms.CharField(label=_("Anteckning om urvalet"), required=False, max_length=1000)

    def __init__(self, data: Any, regions: Mapping[str, Organisation]) -> None:
        super().__init__(data)
        self.fields["chosen"].choices = [(code, each.name) for code, each in regions.items()]  # type: ignore[attr-defined]


class ChangeForm(AskingForm):
    planned_on = Day(label=_("Planerad dag"), help_text=_("Regionen får veta dagen."), required=False)
    visitors = forms.CharField(
        label=_("Från myndigheten"), help_text=_("Roller, inte namn."), required=False, max_length=1000
    )
    met = forms.CharField(label=_("Från regionen"), help_text=_("Roller, inte namn."), required=False, max_length=1000)


class HeldForm(ChangeForm):
    planned_on = None  # type: ignore[assignment]
    held_on = Day(label=_("Dagen för besöket"), required=False)
    field_order = ("held_on", "visitors", "met")


class CancelForm(AskingForm):
    reason = Reason(label=_("Varför besöket ställs in"), help_text=_("Regionen får veta att besöket är inställt."))


class DueForm(AskingForm):
    due_on = Day(
        label=_("Sista dag att svara"),
        help_text=_("Är dagen ingen vardag flyttas den till nästa vardag."),
        required=False,
    )


class MemoForm(AskingForm):
    text = forms.CharField(
        label=_("Promemorians text"),
        help_text=_("En tom rad skiljer styckena. Regionen svarar på ett stycke i taget."),
        widget=forms.Textarea(attrs={"rows": 24}),
        required=False,
        strip=False,
    )
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NotesForm(MemoForm):
    text = forms.CharField(
        label=_("Anteckningar"),
        help_text=_("Skriv roller och inte namn. Bara utredarna läser det."),
        widget=forms.Textarea(attrs={"rows": 24}),
        required=False,
        strip=False,
    )


class GuideForm(AskingForm):
    questions = forms.CharField(
        label=_("Frågor"),
        help_text=_("En fråga på varje rad. Nya intervjuers anteckningar börjar med dem."),
        widget=forms.Textarea(attrs={"rows": 10}),
        required=False,
    )
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)


class InterviewForm(AskingForm):
    respondent = forms.ChoiceField(label=_("Region"), required=False)
    form = forms.ChoiceField(label=_("Hur"), choices=list(visit_words.INTERVIEWS.items()))
    held_on = Day(label=_("Dag"), required=False)
    roles = forms.CharField(label=_("Med vilka"), help_text=_("Roller, inte namn."), required=False, max_length=500)
    not_held_because = forms.CharField(
        label=_("Varför ingen intervju"),
        help_text=_("Bara om intervjun inte blev av. Lämna då dagen tom."),
        required=False,
        max_length=1000,
    )

    def __init__(self, data: Any, regions: Mapping[str, Organisation], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["respondent"].choices = [  # type: ignore[attr-defined]
            ("", _("Ingen enskild region (workshop)")),
            *((code, each.name) for code, each in regions.items()),
        ]


class AboutForm(AskingForm):
    """What a document is and belongs to; ``belongs`` is ``visit-<id>``, ``round-<id>`` or agreement/year."""

    respondent = forms.ChoiceField(label=_("Region"))
    belongs = forms.ChoiceField(label=_("Hör till"))
    kind = forms.ChoiceField(label=_("Slag av underlag"), choices=list(visit_words.DOCUMENTS.items()))
    title = forms.CharField(label=_("Rubrik"), required=False, max_length=200)

    def __init__(
        self,
        data: Any,
        regions: Mapping[str, Organisation],
        rounds: Collection[tuple[str, str]],
        years: Collection[tuple[str, int]],
        files: Any = None,
        initial: Any = None,
    ) -> None:
        super().__init__(data, files, initial=initial)
        self.fields["respondent"].choices = [(code, each.name) for code, each in regions.items()]  # type: ignore[attr-defined]
        about = _("Besöken om %(year)s, %(agreement)s")
        self.fields["belongs"].choices = [  # type: ignore[attr-defined]
            *((f"visits/{code}/{year}", str(about) % {"year": year, "agreement": code}) for code, year in years),
            *((f"round/{key}", title) for key, title in rounds),
        ]


class AskDocumentForm(AboutForm):
    wanted = Reason(label=_("Vad som önskas"), help_text=_("Regionen läser det."))
    due_on = Day(label=_("Senast"), help_text=_("Är dagen ingen vardag flyttas den till nästa vardag."), required=False)


class RegisterDocumentForm(AboutForm):
    received_on = Day(label=_("Kom in"), required=False)
    from_whom = forms.CharField(
        label=_("Från vem"), help_text=_("Roll eller funktion, till exempel registrator."), required=False,
        max_length=200,
    )  # fmt: skip
    registration_number = forms.CharField(label=_("Diarienummer"), required=False, max_length=60)
    note = Reason(label=_("Egen anteckning"), help_text=_("Regionen ser den inte."))
    file = Uploads(
        "application/pdf,image/png,image/jpeg,.xlsx",
        label=_("Filer"),
        help_text=_(
            "PDF, Excel (.xlsx), PNG eller JPEG, högst 10 filer om högst 20 MB. Filer kan inte stå kvar efter "
            "ett fel, utan väljs på nytt. Inget är lämnat förrän allt går att ta emot."
        ),
    )


class NoteDocumentForm(AskingForm):
    registration_number = forms.CharField(label=_("Diarienummer"), required=False, max_length=60)
    note = Reason(label=_("Egen anteckning"), help_text=_("Regionen ser den inte."))


class GiveUpForm(AskingForm):
    reason = Reason(label=_("Varför underlaget inte behövs"), help_text=_("Regionen får veta att det inte väntas."))
