# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A draft to try things on, and who tries them."""

from __future__ import annotations

from overens.agreements.models import AgreementVersion
from overens.demo.people import person
from overens.people.models import Organisation, Person
from overens.rules import reading
from overens.rules.process import Role
from overens.rules.studio.beginning import next_year
from overens.studio.actions import commenting, stepping, writing
from overens.studio.actions.writing import Beginning
from overens.studio.models import Draft

EARLIER = reading.find("2019").read_text(encoding="utf-8")


def who(code: str) -> tuple[Organisation, Person]:
    return Organisation.objects.get(code=code), person(code, Role.NEGOTIATOR)


def draft(agreement: str = "2020", *, shared: bool = True, by: str = "SOC") -> Draft:
    version = AgreementVersion.objects.filter(code="2019").latest("number")
    text = next_year(EARLIER, agreement, writing.known_populations())
    made = writing.begin(Beginning(f"Utkast {agreement}", agreement, text, version), *who(by))
    if shared:
        stepping.share(made, *who(by))
    made.refresh_from_db()
    return made


def amendment() -> Draft:
    version = AgreementVersion.objects.filter(code="2019").latest("number")
    made = writing.begin(Beginning("Ändring", "2019", version.text, version), *who("SOC"))
    stepping.share(made, *who("SOC"))
    made.refresh_from_db()
    return made


def clash(made: Draft) -> int:
    """Both parties change the same amount; the number of the revision with what was set aside."""
    base = made.revision
    for code, kronor in (("SOC", "2_900_000_000"), ("SKL", "3_100_000_000")):
        saved = writing.save(made, made.text.replace("2_835_000_000", kronor), base, *who(code))
    assert saved.revision is not None
    assert saved.set_aside
    return saved.revision.number


def numbers() -> dict[str, int]:
    """For every address of a draft: one called ``prov``, with a clash and a comment, and ``prov-text`` without anything
    to mend.
    """
    draft("prov-text")
    made = draft("prov")
    return {
        "draft_clash": clash(made),
        "draft_comment": commenting.comment(made, "", "Hur länge gäller den?", False, *who("SKL")).pk,
    }
