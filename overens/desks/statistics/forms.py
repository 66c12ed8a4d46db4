# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is typed to read a file in, to fetch a table, and to decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from overens.desks.asking import AskingForm, Reason
from overens.desks.statistics.shared import MEASURES
from overens.desks.uploading import Upload
from overens.exchange import statistics
from overens.exchange.statistics import kolada
from overens.rules.statistics.asked import Asked
from overens.statistics import actions, fetching
from overens.statistics.fetching import Question

AS_SAID = ("", _("Som källan säger"))
REGIONS = (
    ("??", _("Riket och alla län")),
    ("*", _("Riket, län och kommuner")),
    ("????", _("Alla kommuner")),
)


class FileForm(AskingForm):
    file = Upload(
        ".json,.csv,.txt",
        label=_("Filen"),
        help_text=_(
            "JSON-stat 2 från SCB, ett svar från Kolada, eller CSV med kolumnerna code, time och value. Högst 200 MB."
        ),
    )
    times = forms.CharField(
        label=_("Tid som ska finnas"),
        help_text=_("Till exempel 2018 eller 2015-2018. Lämna tomt om filens tider ska gälla som de är."),
        required=False,
    )
    measure = forms.ChoiceField(label=_("Vad talen är"), choices=[AS_SAID, *MEASURES.items()], required=False)
    contents = forms.CharField(
        label=_("Innehåll"),
        help_text=_("Koden för det som ska läsas, när filen har flera. Till exempel BE0101N1."),
        required=False,
    )
    title = forms.CharField(label=_("Rubrik"), help_text=_("Behövs för CSV."), required=False, max_length=200)
    source = forms.CharField(label=_("Källa"), help_text=_("Behövs för CSV."), required=False, max_length=200)

    def question(self, content: bytes) -> Question:
        """Raises Refused, at a field."""
        typed = self.cleaned_data
        asked = Asked(
            times=fetching.times_of(typed["times"], "times") if typed["times"] else (),
            contents=typed["contents"].strip(),
            title=typed["title"].strip(),
            measure=typed["measure"],
            source=typed["source"].strip(),
        )
        return actions.file_question(statistics.format_of(content), asked)


class FetchForm(AskingForm):
    """One of the sources."""

    years = forms.CharField(label=_("År"), help_text=_("Till exempel 2018, eller 2015-2018. En månad skrivs 2018M11."))

    def question(self) -> Question:
        raise NotImplementedError


class PxwebForm(FetchForm):
    table = forms.CharField(
        label=_("Tabell"),
        help_text=_("Numret i Statistikdatabasen. TAB638 är folkmängden den 31 december efter region, ålder och kön."),
        initial="TAB638",
    )
    contents = forms.CharField(
        label=_("Innehåll"), help_text=_("Koden. BE0101N1 är folkmängd."), initial="BE0101N1", required=False
    )
    regions = forms.ChoiceField(label=_("Områden"), choices=REGIONS, initial="??")
    sex = forms.BooleanField(label=_("Kvinnor och män var för sig"), required=False)
    ages = forms.BooleanField(label=_("Varje ålder för sig"), required=False)
    measure = forms.ChoiceField(
        label=_("Vad talen är"), choices=[AS_SAID, *MEASURES.items()], initial="persons", required=False
    )
    apart = forms.BooleanField(
        label=_("Ett svar för varje år"), help_text=_("SCB svarar med högst 150 000 värden åt gången."), required=False
    )
    field_order = ("table", "contents", "regions", "years", "sex", "ages", "measure", "apart")

    def question(self) -> Question:
        typed = self.cleaned_data
        chosen = {"Region": typed["regions"]}
        if typed["sex"]:
            chosen["Kon"] = "*"
        if typed["ages"]:
            chosen["Alder"] = "*"
        return fetching.pxweb(
            typed["table"], typed["years"], chosen, contents=typed["contents"].strip(), measure=typed["measure"],
            apart=typed["apart"],
        )  # fmt: skip


class KoladaForm(FetchForm):
    kpi = forms.ChoiceField(label=_("Nyckeltal"))
    field_order = ("kpi", "years")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        title = "title" if (get_language() or "sv").startswith("sv") else "title_en"
        self.fields["kpi"].choices = [  # type: ignore[attr-defined]
            (id, f"{id} {row[title]}") for id, row in kolada.kpis().items()
        ]

    def question(self) -> Question:
        return fetching.key_figure(self.cleaned_data["kpi"], self.cleaned_data["years"])


class RejectForm(AskingForm):
    reason = Reason(label=_("Varför tabellen avslås"), help_text=_("Står kvar vid tabellen."))
