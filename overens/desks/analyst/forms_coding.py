# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is typed when texts are coded, and when the codebook is changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from overens.desks.analyst.coding_shared import KINDS, MENTIONS, in_words, path_of
from overens.desks.asking import AskingForm, Reason, whole
from overens.people.models import Person
from overens.rules.followup.codebook import Codebook, Example, Theme

PIECE = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


class Several(forms.MultipleChoiceField):
    """Any of the values sent, judged by the act."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def validate(self, value: Any) -> None:
        """The act says what is wrong with them."""


class MarkForm(AskingForm):
    """A passage: ``start`` and ``end`` as the script fills them in from what is selected, or ``piece`` as ticked."""

    passage = forms.CharField(label=_("Passage"), required=False, widget=forms.HiddenInput)
    start = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)
    end = forms.CharField(required=False, max_length=9, widget=forms.HiddenInput)
    piece = Several(label=_("Stycken och meningar"))
    themes = Several(label=_("Teman"))
    mention = forms.CharField(label=_("Vad säger passagen?"), required=False, max_length=20)
    note = forms.CharField(
        label=_("Anteckning"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    @property
    def mentions(self) -> list[dict[str, Any]]:
        chosen = self["mention"].value() or "does"
        return [{"value": key, "label": label, "chosen": key == chosen} for key, label in MENTIONS.items()]

    @property
    def pieces(self) -> list[tuple[int, int]]:
        """The places that were chosen: what was selected, else what was ticked."""
        start, end = whole(self.cleaned_data.get("start")), whole(self.cleaned_data.get("end"))
        if start is not None and end is not None:
            return [(start, end)]
        found = (PIECE.fullmatch(each) for each in self.cleaned_data.get("piece", []))
        return [(int(each[1]), int(each[2])) for each in found if each]


class TextFilter(forms.Form):
    """Narrows the list of texts; what cannot be read is taken for nothing."""

    ar = forms.ChoiceField(label=_("År"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    slag = forms.ChoiceField(label=_("Slag av text"), required=False)
    last = forms.ChoiceField(
        label=_("Läst"), required=False, choices=[("", _("Alla")), ("nej", _("Inte läst än")), ("ja", _("Läst"))]
    )

    def __init__(self, data: Any, years: Iterable[int], regions: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        every = [("", _("Alla"))]
        self.fields["ar"].choices = [*every, *((str(year), str(year)) for year in years)]  # type: ignore[attr-defined]
        self.fields["region"].choices = [*every, *regions]  # type: ignore[attr-defined]
        self.fields["slag"].choices = [*every, *KINDS.items()]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The fields as components/filter_bar.html shows them."""
        return [
            {"name": field.name, "label": field.label, "value": self.text(field.name),
             "type": "select" if hasattr(field.field, "choices") else "search",
             "options": getattr(field.field, "choices", ())}
            for field in self
        ]  # fmt: skip

    def text(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")


class SearchFilter(TextFilter):
    q = forms.CharField(label=_("Sök"), required=False)
    omrade = forms.ChoiceField(label=_("Område"), required=False)
    tema = forms.ChoiceField(label=_("Tema"), required=False)
    kodat = forms.ChoiceField(
        label=_("Kodning"), required=False, choices=[("", _("Kodat med temat")), ("nej", _("Inte kodat med temat"))]
    )
    field_order = ("q", "ar", "region", "slag", "omrade", "tema", "kodat")

    def __init__(
        self, data: Any, years: Iterable[int], regions: Iterable[tuple[str, str]], areas: Iterable[tuple[str, str]],
        codebook: Codebook | None,
    ) -> None:  # fmt: skip
        super().__init__(data, years, regions)
        del self.fields["last"]
        every = [("", _("Alla"))]
        themes = [(theme.id, "– " * depth + in_words(theme)) for depth, theme in codebook.tree()] if codebook else []
        self.fields["omrade"].choices = [*every, *areas]  # type: ignore[attr-defined]
        self.fields["tema"].choices = [*every, *themes]  # type: ignore[attr-defined]
        self.full_clean()


class ThemeForm(AskingForm):
    """A theme's words. ``code`` and ``parent`` are asked for a new one only."""

    code = forms.CharField(
        label=_("Kod"), max_length=50, required=False,
        help_text=_("Kort, utan mellanslag, till exempel ”hemmonitorering”. Den kan inte ändras sedan."),
    )  # fmt: skip
    parent = forms.ChoiceField(label=_("Under"), required=False)
    title = forms.CharField(label=_("Namn"), max_length=150, required=False)
    title_en = forms.CharField(label=_("Namn på engelska"), max_length=150, required=False)
    definition = forms.CharField(label=_("Vad temat är"), max_length=2000, required=False, widget=forms.Textarea)
    definition_en = forms.CharField(
        label=_("Vad temat är, på engelska"), max_length=2000, required=False, widget=forms.Textarea
    )
    belongs = forms.CharField(label=_("Hit hör"), max_length=2000, required=False, widget=forms.Textarea)
    does_not = forms.CharField(label=_("Hit hör inte"), max_length=2000, required=False, widget=forms.Textarea)
    source = forms.CharField(label=_("Källa"), max_length=300, required=False)
    examples = forms.CharField(
        label=_("Exempel"), max_length=6000, required=False, widget=forms.Textarea,
        help_text=_("Ett på varje rad: passagen, sedan | och var den står."),
    )  # fmt: skip
    changed = Reason(label=_("Vad som ändras, och varför"))

    def __init__(self, codebook: Codebook, theme: Theme | None, data: Any = None) -> None:
        initial: dict[str, Any] = {}
        if theme is not None:
            initial = {name: getattr(theme, name) for name in self.WORDS}
            initial["examples"] = "\n".join(f"{each.text} | {each.source}" for each in theme.examples)
        super().__init__(data, initial=initial)
        if theme is not None:
            del self.fields["code"], self.fields["parent"]
        else:
            below = [(each.id, path_of(codebook, each.id)) for each in codebook.usable]
            self.fields["parent"].choices = [("", _("Överst")), *below]  # type: ignore[attr-defined]

    WORDS = ("title", "title_en", "definition", "definition_en", "belongs", "does_not", "source")

    @property
    def said(self) -> dict[str, Any]:
        """The words as a theme has them."""
        lines = [line for line in self.cleaned_data["examples"].splitlines() if line.strip()]
        pairs = [line.rpartition("|") if "|" in line else (line, "", "") for line in lines]
        examples = tuple(Example(text=text.strip(), source=source.strip()) for text, _bar, source in pairs)
        words = {name: self.cleaned_data[name].strip() for name in self.WORDS}
        return {**words, "examples": examples}


class StepForm(AskingForm):
    """Moving, retiring, merging or splitting a theme; what a step does not ask is taken away."""

    parent = forms.ChoiceField(label=_("Flytta till"), required=False)
    into = forms.ChoiceField(label=_("Slå ihop med"), required=False)
    titles = forms.CharField(
        label=_("De nya temana"), required=False, max_length=2000, widget=forms.Textarea,
        help_text=_("Ett på varje rad: namnet, sedan | och vad temat är. Minst två."),
    )  # fmt: skip
    changed = Reason(label=_("Varför"))

    def __init__(self, codebook: Codebook, theme: Theme, asks: Iterable[str], data: Any = None) -> None:
        super().__init__(data)
        not_these = {theme.id, *codebook.below(theme.id)}
        others = [(each.id, path_of(codebook, each.id)) for each in codebook.usable if each.id not in not_these]
        self.fields["parent"].choices = [("", _("Överst")), *others]  # type: ignore[attr-defined]
        self.fields["into"].choices = [("", _("Välj")), *others]  # type: ignore[attr-defined]
        for name in {"parent", "into", "titles"} - set(asks):
            del self.fields[name]


class SampleForm(AskingForm):
    name = forms.CharField(label=_("Namn på jämförelsen"), max_length=150, required=False)
    size = forms.CharField(
        label=_("Antal stycken"), max_length=5, required=False, initial="50",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    second = forms.ChoiceField(label=_("Andra kodare"), required=False)
    themes = Several(label=_("Teman"))

    def __init__(self, people: Iterable[Person], data: Any = None) -> None:
        super().__init__(data)
        self.people = {str(each.pk): each for each in people}
        named = [(key, each.name) for key, each in self.people.items()]
        self.fields["second"].choices = [("", _("Välj")), *named]  # type: ignore[attr-defined]


class ResolveForm(AskingForm):
    mention = forms.CharField(required=False, max_length=20)
    together = forms.BooleanField(label=_("Vi kom fram till det tillsammans"), required=False)
    reason = forms.CharField(label=_("Skäl"), required=False, max_length=1000)


class SaveSearchForm(AskingForm):
    name = forms.CharField(label=_("Namn på sökningen"), required=False, max_length=150)
    query = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
