# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A bank's certified statement of whose a giro number is, made up for the demo, at a bank that does not exist."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache

import font_source_sans_pro
import typst

_PAGE = """
#let told = json(bytes(sys.inputs.told))
#set page(paper: "a5", margin: 16mm)
#set text(font: "Source Sans Pro", size: 10.5pt, lang: "sv")
#set document(title: "Kontobevis (demo)", date: none)
#text(size: 18pt, weight: "bold")[Kontobevis]
#v(2mm)
Demobanken, som inte finns, intygar att gironumret nedan tillhör den som står här.
#v(4mm)
#table(columns: (auto, 1fr), stroke: 0.4pt + gray, inset: 6pt,
  [Gironummer], [#told.giro], [Kontohavare], [#told.name],
  [Organisationsnummer], [#told.orgnr], [Utfärdat], [#told.day])
#v(8mm)
#line(length: 60mm, stroke: 0.6pt)
Tjänsteman, Demobanken
#v(1fr)
#text(size: 9pt, fill: gray.darken(40%))[Påhittat underlag för Överens demo. Det styrker ingenting.]
"""


@cache
def statement(name: str, orgnr: str, giro: str, day: dt.date) -> bytes:
    """The statement as a PDF."""
    told = {"name": name, "orgnr": orgnr, "giro": giro.replace("\u00a0", " "), "day": day.isoformat()}
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[font_source_sans_pro.font_directory]
    )
    at = int(dt.datetime.combine(day, dt.time(12), dt.UTC).timestamp())
    return bytes(typst.compile(_PAGE.encode(), font_paths=fonts, sys_inputs={"told": json.dumps(told)}, timestamp=at))
