# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is typed about an edition and about its passages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from overens.desks.analyst.forms import Line, Years
from overens.desks.asking import AskingForm
from overens.desks.editions.shared import CALLED, KINDS
from overens.editions.actions.making import Terms

_RULE = re.compile(r"([a-zåäö-]+)\s*=\s*(.+)")


class Rules(forms.CharField):
    """Stated rules of wording, one a line: flertalet = 2/3. Cleaned to text by name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=4000, **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(f"{name} = {said}" for name, said in value.items()) if isinstance(value, dict) else value

    def clean(self, value: Any) -> dict[str, str]:
        found = dict[str, str]()
        for line in super().clean(value).splitlines():
            rule = _RULE.fullmatch(line.strip())
            if rule:
                found[rule[1]] = rule[2].strip()
            elif line.strip():
                raise ValidationError(
                    _("”%(raw)s” är ingen regel. Skriv en på varje rad, som flertalet = 2/3."),
                    params={"raw": line[:60]},
                )
        return found


class EditionForm(AskingForm):
    """What an edition is about."""

    title = Line(_("Titel"), required=True, max_length=200)
    subtitle = Line(_("Undertitel"), max_length=300)
    year = forms.IntegerField(
        label=_("År som rapporten gäller"),
        help_text=_("Det år som menas i texten där inget annat sägs."),
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    years = Years(label=_("År i serierna"), help_text=_("Alla år som tabeller och figurer visar: 2016, 2017."))
    agreements = forms.MultipleChoiceField(
        label=_("Överenskommelser"),
        help_text=_("De vars uppgifter rapporten får bygga på."),
        widget=forms.CheckboxSelectMultiple,
    )
    called = forms.ChoiceField(
        label=_("Vad regionerna kallas i texten"), choices=list(CALLED.items()), widget=forms.RadioSelect
    )
    settings = Rules(
        label=_("Regler för ordval"),
        help_text=_("När det får stå ”flertalet” och ”en majoritet”. En regel på varje rad, som flertalet = 2/3."),
    )

    def __init__(self, data: Any, agreements: Sequence[str], **options: Any) -> None:
        super().__init__(data, **options)
        fields: Any = self.fields
        fields["agreements"].choices = [(code, code) for code in agreements]

    def terms(self) -> Terms:
        typed = self.cleaned_data
        return Terms(
            title=typed["title"],
            subtitle=typed["subtitle"],
            year=typed["year"],
            years=typed["years"],
            agreements=tuple(sorted(typed["agreements"])),
            called=typed["called"],
            settings=typed["settings"],
        )


class NewEditionForm(EditionForm):
    code = Line(
        _("Adress"),
        required=True,
        max_length=60,
        help_text=_("Står i rapportens adress och filnamn, och ändras aldrig: till exempel uppfoljning-2019."),
    )
    field_order = ("title", "code")


class PassageForm(AskingForm):
    """A new passage."""

    heading = Line(_("Rubrik"), max_length=200)
    kind = forms.ChoiceField(label=_("Slag"), choices=list(KINDS.items()), initial="body")
    level = forms.ChoiceField(
        label=_("Nivå"), choices=[("1", _("Eget avsnitt")), ("2", _("Under avsnittet före"))], initial="1"
    )
    after = forms.ChoiceField(label=_("Efter"), required=False)

    def __init__(self, data: Any, order: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(data, **options)
        fields: Any = self.fields
        fields["after"].choices = [("", _("Först i rapporten")), *order]
