# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's follow-up of 2019: every region writes and hands in, some late, one is returned. All is made up."""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from overens.demo.people import person
from overens.demo.script import Step, at
from overens.followup import last_year
from overens.followup.actions import examining, handing_in, rows, writing
from overens.followup.models import Part, Report
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.rules.followup import measures
from overens.rules.process import Role

ACCOUNT, ASSOCIATION, STATE = "2019/redogorelse", "2019/rapport-skl", "2019/lagesrapport"
SPECIALITIES = ("anestesi", "intensiv", "operation", "psykiatri", "barnmorska")
# Those who have begun when the demo opens.
EARLY = ("23", "12", "24")
Parts = dict[str, dict[str, str]]
Dice = random.Random


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def steps(seed: int) -> list[Step]:
    """What the respondents and their askers do, in order of time. What a step is about is looked up when it is done."""
    regions = list(Organisation.objects.filter(kind=Kind.REGION).order_by("code").values_list("code", "name"))
    dice = Dice(seed)
    codes = [code for code, _name in regions]
    first, second, returned = dice.sample([code for code in codes if code not in EARLY], 3)
    late = [first, second]
    found: list[Step] = []
    for number, (code, name) in enumerate(regions):
        found += _of_region(code, name, number, Dice(seed * 1000 + number), late, code == returned)
    return sorted([*found, *_of_association()], key=lambda step: (step.at, step.key))


def _of_region(code: str, name: str, number: int, dice: Dice, late: list[str], returned: bool) -> Iterator[Step]:
    state, key = f"{STATE}/{code}", f"{ACCOUNT}/{code}"

    def step(day: dt.date, what: str, play: Any, hour: int = 10, minute: int = number) -> Step:
        return Step(at(day, hour, minute), f"{key}/{what}", what, play)

    outlook = _state_report(name, dice)
    yield step(dt.date(2019, 10, 7) + dt.timedelta(days=number % 9), "state-report", lambda: _send(state, outlook))
    parts = _account(name, dice)
    if code in EARLY:
        begun = list(parts)[: 4 + 2 * EARLY.index(code)]
        half = len(begun) // 2
        first, second = {k: parts[k] for k in begun[:half]}, {k: parts[k] for k in begun[half:]}
        yield step(dt.date(2019, 11, 20), "begin", lambda: _write(key, first, Role.CONTRIBUTOR))
        yield step(dt.date(2019, 11, 22), "begin", lambda: _write(key, second, Role.PREPARER))
    day = dt.date(2020, 4, 6) + dt.timedelta(days=9 * late.index(code)) if code in late else _in_time(number)
    yield step(day, "hand-in", lambda: _hand_in(key, parts), hour=14)
    if returned:
        again = dt.date(2020, 4, 24)
        why = "Antalen för höstterminen 2019 stämmer inte med texten. Se över dem och säg vad som är rätt."
        yield step(dt.date(2020, 4, 14), "return", lambda: _examine(key, why))
        mended = {"answer/1.2": {"text": f"{parts['answer/1.2']['text']}\n\nAntalen är kontrollerade och stämmer."}}
        yield step(again, "mend", lambda: _hand_in(key, mended, "Svar på Socialstyrelsens fråga."))
        yield step(dt.date(2020, 5, 6), "accept", lambda: _examine(key))
    elif code not in late[1:]:
        yield step(day + dt.timedelta(days=16), "accept", lambda: _examine(key), hour=15)


def _in_time(number: int) -> dt.date:
    return dt.date(2020, 3, 2) + dt.timedelta(days=(number * 7) % 30)


def _of_association() -> Iterator[Step]:
    key = f"{ASSOCIATION}/SKL"
    parts = {f"answer/{question}": {"text": text} for question, text in _said()["association"].items()}
    ministry = (person, ("SOC", Role.MINISTRY_OFFICER))
    yield Step(at(dt.date(2020, 3, 18)), f"{key}/hand-in", "hand-in", lambda: _hand_in(key, parts))
    yield Step(at(dt.date(2020, 4, 8)), f"{key}/accept", "accept", lambda: _examine(key, by=ministry[0](*ministry[1])))


def _report(key: str) -> Report:
    return Report.objects.with_parties().get(key=key)


def _write(key: str, parts: Parts, role: Role) -> None:
    """Save what is not there yet as it is to be."""
    report = _report(key)
    writer = person(report.respondent.code, role)
    there = {part.key: part for part in Part.objects.filter(report=report)}
    for part, fields in parts.items():
        before = there.get(part)
        if before is None or before.content != fields:
            writing.save(report, part, fields, before.revision if before else 0, writer)


def _numbered(report: Report, parts: Parts) -> Parts:
    """The parts with the organisation's next free numbers on its new measures, and a few of last time's that go on."""
    if not any(key.startswith("measure/") for key in parts):
        return parts
    earlier = [each for each in last_year.measures(report).values() if each.sure and each.content.get("area")]
    going_on = {
        f"measure/{each.number}": {**each.content, **GOES_ON[number % len(GOES_ON)]}
        for number, each in enumerate(earlier[:4])
    }
    free = rows.next_measure(report.respondent) - 1
    named = {
        f"measure/{free + int(key.partition('/')[2])}" if key.startswith("measure/") else key: fields
        for key, fields in parts.items()
    }
    return {**named, **going_on}


# What has become of measures that were told of before.
GOES_ON = (
    {"status": "ongoing", "nature": "strengthened", "use": "arbetssatt",
     "changed": "Åtgärden har fått mer medel och omfattar fler enheter än förra gången.",
     "results": "Fler enheter arbetar nu på samma sätt."},
    {"status": "regular-operation", "nature": "maintained", "use": "organisation",
     "changed": "Projektet är avslutat och arbetet ingår i linjens ordinarie drift.",
     "results": "Arbetssättet är kvar efter projektets slut."},
    {"status": "ended", "nature": "maintained", "use": "organisation", "ended_on": "2019-06-30",
     "changed": "Åtgärden avslutades när medlen för den tog slut.",
     "results": "Målet nåddes bara delvis.",
     "worked_less_well": "Det saknades en plan för vad som skulle hända efter projekttiden."},
    {"status": "ongoing", "nature": "maintained", "use": "bemanning",
     "changed": "Inget väsentligt har ändrats sedan förra gången."},
)  # fmt: skip


def _freeze(key: str, correction: str = "") -> tuple[Report, Any]:
    report = _report(key)
    preparer = person(report.respondent.code, Role.PREPARER)
    return report, handing_in.freeze(report, handing_in.standing(report).revisions, preparer, correction)


def _hand_in(key: str, parts: Parts, correction: str = "") -> None:
    parts = _numbered(_report(key), parts)
    half = len(parts) // 3
    _write(key, dict(list(parts.items())[half:]), Role.CONTRIBUTOR)
    _write(key, dict(list(parts.items())[:half]), Role.PREPARER)
    report, version = _freeze(key, correction)
    handing_in.sign(report, version, person(report.respondent.code, Role.AUTHORISED_SIGNATORY))


def _send(key: str, parts: Parts) -> None:
    _write(key, parts, Role.CONTRIBUTOR)
    report, version = _freeze(key)
    handing_in.send(report, version, person(report.respondent.code, Role.PREPARER))


def _examine(key: str, reason: str = "", by: Any = None) -> None:
    report = _report(key)
    examiner = by or person("SOS", Role.ANALYST)
    version = report.submissions.standing().get().version
    assert version is not None
    if reason:
        examining.send_back(report, version, reason, examiner)
    else:
        examining.accept(report, version, examiner)


# What is written.


def _told(sentences: list[str], dice: Dice, name: str, count: int) -> str:
    chosen = dice.sample(sentences, min(count, len(sentences)))
    return "\n\n".join(chosen).replace("{region}", name)


def _state_report(name: str, dice: Dice) -> Parts:
    said = _said()
    parts = {
        "answer/1.1": {"text": _told(said["outlook"], dice, name, 3)},
        "answer/1.2": {"text": _told(said["outlook"], dice, name, 2)},
    }
    if dice.random() < 0.4:
        parts["answer/1.3"] = {"text": dice.choice(said["wishes"])}
    return parts


def _account(name: str, dice: Dice) -> Parts:
    """The whole account of a region, by part."""
    said = _said()
    parts: Parts = {
        "answer/1.1": {"text": _told(said["leadership"], dice, name, 3)},
        "answer/1.2": {"text": _told(said["direction"], dice, name, 2)},
    }
    for theme in said["theme"]:
        parts[f"answer/2.1/{theme['area']}"] = {"text": _told(theme["text"], dice, name, dice.choice((1, 2, 2, 3)))}
    chosen = [(theme["area"], each) for theme in said["theme"] for each in theme["measure"]]
    for number, (area, each) in enumerate(dice.sample(chosen, dice.randint(4, 8)), start=1):
        parts[f"measure/{number}"] = _measure(area, each, dice)
    offers, pays = dice.random() < 0.9, dice.random() < 0.7
    parts["answer/3.0a"] = {"choice": "yes" if offers else "planned"}
    if offers:
        parts["count/3.1"] = _count(dice, dice.randint(8, 90))
    parts["answer/3.0b"] = {"choice": "yes" if pays else "no"}
    if pays:
        parts["count/3.2"] = _count(dice, dice.randint(0, 40))
    programme = dice.choice(("all", "all", "some", "no"))
    parts["answer/4.0"] = {"choice": programme}
    if programme != "no":
        parts["introduction/1"] = {
            "name": "Yrkesintroduktion för sjuksköterskor",
            "occupation": "Sjuksköterskor",
            "offered": programme,
            "compulsory": dice.choice(("yes", "no")),
            "months": str(dice.choice((6, 12, 12, 18))),
            "starts": str(dice.choice((2, 3, 4))),
            "mentor": dice.choice(("yes", "yes", "no")),
            "protected_percent": str(dice.choice((5, 10))),
            "participants": str(dice.randint(12, 140)),
        }
    for number, service in enumerate(dice.sample(("Operation", "Primärvård", "Psykiatri", "Akutsjukvård"), 2), start=1):
        levels = {element: str(dice.randint(0, 3)) for element in ("need", "capacity", "schedule", "followup")}
        parts[f"maturity/{number}"] = {"service": service, **levels}
    if dice.random() < 0.8:
        parts["count/6.1"] = {"2019...": str(dice.randint(0, 45))}
    parts["count/6.2"] = (
        {"2019...#why": "Enheterna bokar själva och ingen för en lista."}
        if dice.random() < 0.3
        else {"2019...": str(dice.randint(1, 60))}
    )
    parts["answer/7.1"] = {"text": _told(said["involvement"], dice, name, 3)}
    return parts


def _measure(area: str, each: dict[str, str], dice: Dice) -> dict[str, str]:
    status = dice.choice(measures.STATUSES)
    began = dt.date(dice.choice((2016, 2017, 2018, 2019)), dice.choice((1, 2, 4, 9)), 1)
    fields = {
        "name": each["name"],
        "area": area,
        "use": dice.choice(("organisation", "bemanning", "arbetssatt")),
        "nature": dice.choice(measures.NATURES),
        "status": status,
        "purpose": each["purpose"],
        "challenges": each["challenges"],
        "units_number": str(dice.randint(1, 25)),
        "money.insatser": str(dice.randint(2, 60) * 50_000),
        "party.patient-near-operations": "yes",
    }
    if status != "planned":
        fields["began_on"] = began.isoformat()
        fields["results"] = each["results"] or ("Det är för tidigt att se resultat." if dice.random() < 0.5 else "")
        fields["spread"] = dice.choice(measures.SPREADS)
    if status == "ended":
        fields["ended_on"] = "2019-12-31"
    if dice.random() < 0.4:
        fields |= {"party.staff-representatives": "yes", "party.staff-representatives.how": "I arbetsgruppen."}
    if dice.random() < 0.3:
        fields["worked_less_well"] = "Införandet gick fortare än utbildningen, och några enheter fick börja om."
    if dice.random() < 0.35:
        fields |= {"worth_spreading": "yes", "consent": "yes"}
    return {key: value for key, value in fields.items() if value}


def _count(dice: Dice, size: int) -> dict[str, str]:
    """A count of two years: by sex, as totals only, by speciality, or with a term that cannot be reported."""
    way = dice.choice(("sex", "sex", "total", "speciality", "cannot"))
    cells: dict[str, str] = {"split": "total" if way == "total" else "sex"}
    for year in (2018, 2019):
        for term in ("vt", "ht"):
            count = dice.randint(size // 3, size) if size else 0
            men = count // dice.choice((6, 8, 12))
            if way == "total":
                cells[f"{year}.{term}.."] = str(count)
            elif way == "cannot" and (year, term) == (2019, "ht"):
                cells[f"{year}.{term}..#why"] = dice.choice(_said()["cannot"])
            elif way == "speciality" and year == 2019:
                rest = count
                for speciality in SPECIALITIES:
                    part = dice.randint(0, rest // 2)
                    rest -= part
                    cells[f"{year}.{term}.women.{speciality}"] = str(part)
                cells[f"{year}.{term}.women.annan"] = str(max(0, rest - men))
                cells[f"{year}.{term}.men.annan"] = str(min(men, rest))
            else:
                cells[f"{year}.{term}.women."] = str(count - men)
                cells[f"{year}.{term}.men."] = str(men)
    return cells
