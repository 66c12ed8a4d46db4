# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small edition to try things on."""

from __future__ import annotations

from overens.demo.people import person
from overens.editions.actions import writing
from overens.editions.models import Edition, Passage
from overens.people.models import Organisation
from overens.records import clock
from overens.rules.process import Role

TEXTS = {
    "satsningar": (
        "Satsningar",
        "Under 2017 påbörjade {{ number training-posts year=2017 }} sjuksköterskor en utbildningstjänst.\n\n"
        "Region Uppsala har obligatorisk introduktion.\n\nRegion Skåne har det också.",
    ),
    "avslutning": ("Avslutning", "Allt har ett slut."),
}


def edition(code: str = "prov", texts: dict[str, tuple[str, str]] = TEXTS) -> Edition:
    """An edition of the follow-up agency on 2017, written by its analyst."""
    made = Edition.objects.create(
        code=code,
        title="Uppföljning 2017",
        owner=Organisation.objects.get(code="SOS"),
        agreements=["2017-2018"],
        year=2017,
        years=[2016, 2017],
        called="landsting",
        created_at=clock.now(),
    )
    for position, (key, (heading, text)) in enumerate(texts.items(), 1):
        Passage.objects.create(edition=made, key=key, position=position)
        writing.save(made, key, {"heading": heading, "text": text}, 0, person("SOS", Role.ANALYST))
    return made
