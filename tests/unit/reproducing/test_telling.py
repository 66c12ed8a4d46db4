# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said of a printed annex: every form of the answer has words in both languages, and fits JSON."""

from __future__ import annotations

import json

import pytest

from overens.rules import keys
from overens.rules.findings import wording
from overens.rules.reproducing.analysing import analyse
from overens.rules.reproducing.candidates import Candidate
from overens.rules.reproducing.roundings import rounded
from overens.rules.reproducing.telling import as_json_text, header, rows, told
from overens.rules.series import shipped

# Ten regions: the words do not depend on how many, the time does.
PERSONS = dict(list(shipped()["recovered-2016"].persons.items())[1:11])
BY = Candidate("p", "folkmängden", "the population", PERSONS, total=sum(PERSONS.values()))
POT = 655_000_000


def text(fixed: int = 0, least: int | None = None, most: int | None = None, only: int = 10) -> str:
    weights = dict(list(PERSONS.items())[:only])
    bounds = [dict.fromkeys(weights, bound) if bound else None for bound in (least, most)]
    kronor = rounded(keys.shared(POT, weights, fixed, *bounds), "half-up") or {}
    return "".join(f"{code};{kronor.get(code, 0)}\n" for code in PERSONS)


FORMS = {
    "reproduce-explained": (text(), PERSONS),
    "reproduce-explained-fixed": (text(fixed=1_000_000), PERSONS),
    "reproduce-explained-bounds": (text(least=30_000_000), PERSONS),
    "reproduce-explained-only": (text(only=7), PERSONS),
    "reproduce-explained-equal": ("".join(f"{code};1000\n" for code in PERSONS), PERSONS),
    "reproduce-explained-partly": (text(), {"03": PERSONS["03"], "04": PERSONS["04"]}),
    "reproduce-nearest": (text().replace("10;", "10;9"), PERSONS),
}


@pytest.mark.parametrize("code", FORMS)
def test_every_form_of_the_answer_has_words(code: str) -> None:
    table, weights = FORMS[code]
    analysis = analyse(table, None, [Candidate(BY.id, BY.title, BY.title_en, weights, total=BY.total)])
    assert analysis.explained == (code != "reproduce-nearest")
    for language in ("sv", "en"):
        found = told(analysis, language)
        assert found[0].code == code
        for finding in found:
            assert wording(finding, language) != finding.code
            assert "{" not in wording(finding, language)
        assert json.loads(as_json_text(analysis, language))["explained"] == analysis.explained
        assert {len(row) for row in rows(analysis)} == {len(header(analysis, language))}


def test_a_misprinted_total_is_said_to_be_misprinted_and_what_it_should_be() -> None:
    analysis = analyse(f"{text()}Summa;565000000\n", None, [BY])
    found = next(each for each in told(analysis, "en") if each.code == "reproduce-total-misprinted")
    assert found.level == "warning"
    assert "changed places" in wording(found, "en")
    values = json.loads(as_json_text(analysis, "en"))["columns"][0]
    assert (values["total"], values["right_total"]) == (565_000_000, POT)
