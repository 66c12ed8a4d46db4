# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the asker types about rounds and their questions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from overens.desks.analyst.words import QUESTION_TYPES
from overens.desks.asking import AskingForm, Day, Reason
from overens.desks.uploading import FileForm, Upload
from overens.people.models import Organisation
from overens.rules.agreement import Agreement, said
from overens.rules.followup.asked import Question, Round, Section
from overens.rules.values import NOT_STATED

SPARE_ROWS = 2
PAIR = "/"


class Why(forms.CharField):
    """The reason of a change to a round; asked for by the act itself."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Varför ändringen görs"),
            help_text=_("Står i rundans historik, tillsammans med vem som ändrade och när."),
            required=False,
            max_length=500,
        )


class Line(forms.CharField):
    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label=label, **{"required": False, "max_length": 1000, **options})


class Long(forms.CharField):
    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(
            label=label,
            widget=forms.Textarea(attrs={"rows": 3}),
            **{"required": False, "max_length": 4000, **options},
        )


class Years(forms.CharField):
    """Years as people list them: 2018, 2019."""

    def clean(self, value: Any) -> tuple[int, ...]:
        text = super().clean(value)
        found = re.split(r"[,;\s]+", text.strip()) if text.strip() else []
        if wrong := [each for each in found if not re.fullmatch(r"(19|20)[0-9]{2}", each)]:
            raise ValidationError(
                _("”%(raw)s” är inget år. Skriv åren med fyra siffror och kommatecken mellan, som 2018, 2019."),
                params={"raw": wrong[0]},
            )
        return tuple(int(each) for each in dict.fromkeys(found))


class QuestionForm(AskingForm):
    """A question; its choices are rows of their own (``choice.id``, ``choice.label``, ``choice.label_en``)."""

    text = Long(_("Frågan"), required=True)
    text_en = Long(_("Frågan på engelska"))
    guidance = Long(_("Vägledning"), help_text=_("Visas under frågan för den som svarar."))
    guidance_en = Long(_("Vägledning på engelska"))
    type = forms.ChoiceField(label=_("Svaret är"), choices=list(QUESTION_TYPES.items()))
    required = forms.BooleanField(label=_("Måste besvaras"), required=False)
    per = forms.ChoiceField(
        label=_("Besvaras en gång för"), choices=[("recipient", _("hela redogörelsen")), ("area", _("varje område"))]
    )
    words = forms.IntegerField(
        label=_("Högst så många ord"),
        help_text=_("Bara för berättande text. Tomt: ingen gräns."),
        required=False,
        min_value=1,
        max_value=20_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    count = forms.ChoiceField(
        label=_("Vilket antal"), help_text=_("Bara när svaret är ett antal. Antalen finns i överenskommelsen."),
        required=False,
    )  # fmt: skip
    years = Years(label=_("För åren"), help_text=_("Till exempel 2018, 2019."), required=False)
    when = forms.MultipleChoiceField(label=_("Ställs bara när svaret är"), required=False)
    section = forms.ChoiceField(label=_("Står i avsnittet"))
    id = Line(_("Nummer"), help_text=_("Till exempel 3.1. Detsamma i nästa runda gör att svaren kan jämföras."))
    source = Line(_("Källa"), help_text=_("Var det står att det ska frågas, om det står någonstans."))
    reason = Why()

    def __init__(self, data: Any, round: Round, agreement: Agreement, question: Question | None, section: str) -> None:
        language = (get_language() or "sv")[:2]
        before = _before(round, question)
        super().__init__(data, initial=_of_question(question, section) if question else {"section": section})
        fields: Any = self.fields
        fields["count"].choices = [("", "–"), *((each.id, said(each, "title", language)) for each in agreement.counts)]
        fields["section"].choices = [
            (each.id, f"{each.id}. {said(each, 'title', language)}") for each in round.sections
        ]
        fields["when"].choices = [
            (f"{each.id}{PAIR}{choice.id}", f"{each.id}: {said(choice, 'label', language)}")
            for each in before
            for choice in each.choices
        ]
        self.question = question

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if len({pair.partition(PAIR)[0] for pair in found.get("when") or []}) > 1:
            self.add_error("when", _("Välj svar på en och samma fråga."))
        return found

    @property
    def ticked(self) -> list[str]:
        return list(self["when"].value() or [])

    @property
    def rows(self) -> list[tuple[int, str, str, str]]:
        """The choices as typed, or as they are, with some empty rows to go on in."""
        given = self.choices_typed() if self.is_bound else _choices(self.question)
        return [(number, *row) for number, row in enumerate([*given, *[("", "", "")] * SPARE_ROWS], start=1)]

    def choices_typed(self) -> list[tuple[str, str, str]]:
        data: Any = self.data
        rows = zip(*(data.getlist(f"choice.{part}") for part in ("id", "label", "label_en")), strict=False)
        return [(id, label, english) for id, label, english in rows if id.strip() or label.strip() or english.strip()]

    def values(self) -> dict[str, Any]:
        """The question by the keys of the file, without what is not said."""
        typed = self.cleaned_data
        values: dict[str, Any] = {
            name: typed[name].replace("\r\n", "\n").strip()
            for name in ("id", "text", "text_en", "guidance", "guidance_en")
        }
        values |= {"type": typed["type"], "per": typed["per"], "required": typed["required"], "years": typed["years"]}
        values["source"] = typed["source"].strip() or NOT_STATED
        values["choice"] = tuple(
            {"id": id.strip(), "label": label.strip(), "label_en": english.strip()}
            for id, label, english in self.choices_typed()
        )
        if typed["words"] is not None:
            values["words"] = typed["words"]
        if typed["count"]:
            values["count"] = typed["count"]
        if typed["when"]:
            pairs = [pair.split(PAIR, 1) for pair in typed["when"]]
            values["when"] = {"question": pairs[0][0], "answers": tuple(answer for _question, answer in pairs)}
        return values


def _before(round: Round, question: Question | None) -> list[Question]:
    """The questions of choice that come before it."""
    found: list[Question] = []
    for each in round.questions:
        if question is not None and each.id == question.id:
            break
        if each.type == "choice":
            found.append(each)
    return found


def _choices(question: Question | None) -> list[tuple[str, str, str]]:
    return [(each.id, each.label, each.label_en) for each in question.choices] if question else []


def _of_question(question: Question, section: str) -> dict[str, Any]:
    names = ("id", "text", "text_en", "guidance", "guidance_en", "type", "required", "per", "words", "count")
    initial = {name: getattr(question, name) for name in names}
    initial["years"] = ", ".join(str(year) for year in question.years)
    initial["section"] = section
    initial["source"] = "" if question.source == NOT_STATED else question.source
    when = question.when
    initial["when"] = [f"{when.question}{PAIR}{answer}" for answer in when.answers] if when else []
    return initial


class SectionForm(AskingForm):
    title = Line(_("Rubrik"), required=True)
    title_en = Line(_("Rubrik på engelska"))
    guidance = Long(_("Vägledning"))
    guidance_en = Long(_("Vägledning på engelska"))
    filled_in_by = Line(_("Vem som fyller i"), help_text=_("Till exempel HR eller den strategiska ledningen."))
    filled_in_by_en = Line(_("Vem som fyller i, på engelska"))
    id = Line(_("Nummer"), help_text=_("Till exempel 3."))
    reason = Why()

    def __init__(self, data: Any, section: Section | None) -> None:
        names = [name for name in self.base_fields if name != "reason"]
        initial = {name: getattr(section, name) for name in names} if section else {}
        if section and section.filled_in_by == NOT_STATED:
            initial["filled_in_by"] = ""
        super().__init__(data, initial=initial)

    def values(self, questions: Sequence[Question] = ()) -> dict[str, Any]:
        values = {
            name: text.replace("\r\n", "\n").strip() for name, text in self.cleaned_data.items() if name != "reason"
        }
        values["filled_in_by"] = values["filled_in_by"] or NOT_STATED
        return values | {"question": tuple(questions)}


class BasicsForm(AskingForm):
    title = Line(_("Rundans namn"), required=True)
    title_en = Line(_("Rundans namn på engelska"))
    guidance = Long(_("Vägledning"))
    guidance_en = Long(_("Vägledning på engelska"))
    about_from = Day(label=_("Frågar om tiden från"))
    about_to = Day(label=_("till och med"))
    opens = Day(label=_("Öppnar"), help_text=_("Den dagen öppnas rundan av sig själv."), required=False)
    closes = Day(
        label=_("Sista dag"),
        help_text=_("Lämnas tom när överenskommelsens egen sista dag gäller."),
        required=False,
    )
    reason = Why()

    def __init__(self, data: Any, round: Round) -> None:
        initial = {name: getattr(round, name) for name in ("title", "title_en", "guidance", "guidance_en")}
        initial |= {"about_from": round.about.first_day, "about_to": round.about.last_day}
        initial |= {name: day for name in ("opens", "closes") if isinstance(day := getattr(round, name), dt.date)}
        super().__init__(data, initial=initial)

    def values(self) -> dict[str, Any]:
        typed = self.cleaned_data
        values = {
            name: typed[name].replace("\r\n", "\n").strip() for name in ("title", "title_en", "guidance", "guidance_en")
        }
        values |= {name: typed[name] or NOT_STATED for name in ("opens", "closes")}
        return values | {"about": {"from": typed["about_from"], "to": typed["about_to"]}}


class RemovalForm(AskingForm):
    reason = Why()


class FileTextForm(FileForm):
    """A round as TOML: a file, or its text."""

    file = Upload(".toml,text/plain", label=_("TOML-fil"), help_text=_("En fil går före texten nedanför."))
    text = forms.CharField(
        label=_("eller klistra in texten"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "class": "code"}),
    )
    reason = Why()


class NewRoundForm(FileTextForm):
    agreement = forms.ChoiceField(label=_("Överenskommelse"))
    field_order = ("agreement", "file", "text", "reason")

    def __init__(self, data: Any, files: Any, agreements: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, files)
        self.fields["agreement"].choices = agreements  # type: ignore[attr-defined]


class ConfirmForm(AskingForm):
    """Nothing but that it is to be done."""


class StepForm(AskingForm):
    reason = Reason(label=_("Skäl"), help_text=_("De som ska svara läser det."))


class ExtendForm(AskingForm):
    respondent = forms.ChoiceField(label=_("För vem"), required=False)
    day = Day(label=_("Ny sista dag"))
    reason = Reason(label=_("Skäl"), help_text=_("De som ska svara läser det."))

    def __init__(self, data: Any, whom: Sequence[Organisation], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        choices = [("", _("Alla")), *((each.code, each.name) for each in whom)]
        self.fields["respondent"].choices = choices  # type: ignore[attr-defined]


class RemindForm(AskingForm):
    text = forms.CharField(
        label=_("Egna ord"),
        help_text=_(
            "Läggs till i påminnelsen, som alltid säger vilken runda den gäller och sista dag. Kan lämnas tomt."
        ),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    whom = forms.MultipleChoiceField(label=_("Vilka som påminns"), required=False)

    def __init__(self, data: Any, whom: Sequence[Organisation], initial: Sequence[str]) -> None:
        super().__init__(data, initial={"whom": list(initial)})
        self.fields["whom"].choices = [(each.code, each.name) for each in whom]  # type: ignore[attr-defined]

    @property
    def ticked(self) -> list[str]:
        return list(self["whom"].value() or [])
