# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's national report on 2019: written, reviewed, checked by the regions, final; and a correction that comes
afterwards.
"""

from __future__ import annotations

import datetime as dt

from overens.demo.people import person, second_analyst
from overens.demo.script import Step, at
from overens.editions import source
from overens.editions.actions import checking, making, remarking, stepping
from overens.editions.actions.checking import Answer
from overens.editions.models import Check, Edition, Remark
from overens.followup.actions import handing_in, writing
from overens.followup.models import Part, Report
from overens.people.models import Organisation, Person
from overens.people.models.organisation import Kind
from overens.rules.process import Role

CODE, AGENCY, NUMBER = "2019", "SOS", "demo 6.1-14019/2020"
SENT, DUE, FINAL = dt.date(2020, 5, 18), dt.date(2020, 5, 29), dt.date(2020, 6, 15)
# Who objects to something, and what; who does not answer.
OBJECTS = {
    "06": ("comment", "Uppgiften stämmer, men arbetet har gått vidare sedan redogörelsen lämnades.", ""),
    "21": (
        "correction",
        "Två av dem som räknas som avslutade drivs vidare i linjen.",
        "Två av insatserna har gått upp i andra och fortsätter där.",
    ),
}
SILENT = "09"
# Whose account of the work is corrected when the report is final.
CORRECTS, CORRECTED = "20", dt.date(2020, 8, 24)


def steps() -> list[Step]:
    """In order of time."""
    key = f"edition/{CODE}"
    codes = Organisation.objects.filter(kind=Kind.REGION).order_by("code").values_list("code", flat=True)
    found = [
        Step(at(dt.date(2020, 5, 4)), key, "begin-edition", _begin),
        Step(at(dt.date(2020, 5, 12)), key, "send-to-review", lambda: stepping.send_to_review(_edition(), _analyst())),
        Step(at(SENT), key, "send-edition-check", lambda: stepping.send_checks(_edition(), DUE, second_analyst())),
        Step(at(dt.date(2020, 6, 8)), key, "answer-remark", _answer_remarks),
        Step(at(FINAL), key, "freeze-edition", lambda: stepping.freeze(_edition(), NUMBER, second_analyst())),
        Step(at(CORRECTED), f"{key}/correction", "sign-activity-report", _correct),
    ]
    found += [
        Step(at(SENT + dt.timedelta(days=2 + number % 8), 11, number), f"{key}/{code}", "answer-edition-check",
             lambda code=code: _check(code))  # type: ignore[misc]
        for number, code in enumerate(codes)
        if code != SILENT
    ]  # fmt: skip
    return sorted(found, key=lambda step: (step.at, step.key))


def _analyst() -> Person:
    return person(AGENCY, Role.ANALYST)


def _edition() -> Edition:
    return Edition.objects.select_related("owner").get(code=CODE)


def _begin() -> None:
    """From the outline that comes with Överens."""
    outline = source.shipped(CODE)
    about = outline.about
    terms = making.Terms(
        title=about.title,
        subtitle=about.subtitle,
        year=about.year,
        years=about.years,
        agreements=about.agreements,
        called=about.called,
        settings=about.settings,
    )
    making.begin(about.owner, CODE, terms, outline.passages, person(AGENCY, Role.ANALYST))


def _check(code: str) -> None:
    check = Check.objects.select_related("edition__owner", "organisation").get(
        edition__code=CODE, organisation__code=code
    )
    typed = {each.number: Answer("correct") for each in check.pieces.all()}
    if code in OBJECTS:
        measures = next(each for each in check.pieces.all() if "hänt med insatserna" in each.text)
        typed[measures.number] = Answer(*OBJECTS[code])
    checking.hand_in(check, typed, {}, person(code, Role.PREPARER))


def _answer_remarks() -> None:
    for remark in Remark.objects.filter(passage__edition__code=CODE, state="open"):
        remarking.answer(
            remark, "declined", "Rapporten återger redogörelsen som den lämnades.", person(AGENCY, Role.ANALYST)
        )


def _correct() -> None:
    """A count was wrong: the region corrects its account, and signs it anew."""
    report = Report.objects.with_parties().get(key=f"2019/redogorelse/{CORRECTS}")
    part = Part.objects.filter(report=report, key__startswith="count/").order_by("key").first()
    assert part is not None
    cell = next(name for name, value in sorted(part.content.items()) if value.isdecimal() and name.startswith("2019"))
    changed = {**part.content, cell: str(int(part.content[cell]) + 7)}
    writing.save(report, part.key, changed, part.revision, person(CORRECTS, Role.PREPARER))
    version = handing_in.freeze(
        report, handing_in.standing(report).revisions, person(CORRECTS, Role.PREPARER),
        "Sju personer räknades inte med för 2019.",
    )  # fmt: skip
    handing_in.sign(report, version, person(CORRECTS, Role.AUTHORISED_SIGNATORY))
