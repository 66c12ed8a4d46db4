# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is asked about a printed annex: the table, its pot, and what to try it with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from overens.desks.asking import AskingForm, Kronor
from overens.desks.uploading import Upload
from overens.exchange.encoding import decoded
from overens.rules.findings import refuse
from overens.rules.reproducing import candidates
from overens.rules.reproducing.candidates import Candidate
from overens.rules.reproducing.table import LARGEST
from overens.statistics import reading

# Of each approved table so many of its last times are tried, unless the table itself is chosen.
LATEST = 12


class AnnexForm(AskingForm):
    """Either a file or text. What was typed or sent is kept as text, so that nothing has to be sent again."""

    file = Upload(
        ".csv,.txt,.tsv,text/csv,text/plain",
        label=_("Välj en fil med tabellen"),
        help_text=_("CSV eller text. En fil går före texten nedanför."),
    )
    text = forms.CharField(
        label=_("eller klistra in tabellen"),
        help_text=_("En rad per mottagare med namn eller kod och belopp, gärna med rubriker och summa."),
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "class": "code"}),
        max_length=LARGEST,
        required=False,
        strip=False,
    )
    total = Kronor(
        label=_("Summa att fördela, i kronor"),
        help_text=_("Om den är känd och inte står i tabellen."),
        required=False,
    )
    weights = forms.ChoiceField(
        label=_("Pröva med"),
        help_text=_("Av godkända tabeller prövas de tolv senaste tidpunkterna; välj en tabell för att pröva alla."),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        language = (get_language() or "sv")[:2]
        known = {each.id: each.said(language) for each in candidates.shipped()}
        known |= {each.code: each.title_en if language == "en" else each.title for each in reading.tables()}
        choices = [("", _("Alla underlag som finns")), *((id, f"{title} ({id})") for id, title in known.items())]
        self.fields["weights"].choices = choices  # type: ignore[attr-defined]

    def table(self) -> str:
        """The text to be read. Refused at its field when there is none."""
        file = self.cleaned_data["file"]
        if file is None:
            if not self.cleaned_data["text"].strip():
                refuse("reproduce-nothing", "text")
            return str(self.cleaned_data["text"])
        if (file.size or 0) > LARGEST:
            refuse("file-too-large", "file", largest=LARGEST)
        text = decoded(file.read())
        kept = QueryDict(mutable=True)
        kept.update({**{name: self.data.get(name, "") for name in self.fields}, "text": text})
        self.data = kept
        return text

    def candidates(self) -> Iterator[Candidate]:
        """What the table is tried with."""
        chosen = self.cleaned_data["weights"]
        yield from (each for each in candidates.shipped() if chosen in ("", each.id))
        for table in reading.tables():
            if not table.ships and (chosen == table.code or (not chosen and table.newest)):
                times = table.times if chosen else table.times[-LATEST:]
                yield from candidates.of_tables([reading.table(table.code, times)])
