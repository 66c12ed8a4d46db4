# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A short report that holds everything that is asked, for tests of handing in."""

from __future__ import annotations

from collections.abc import Mapping

from overens.demo.people import person
from overens.followup.actions import handing_in, writing
from overens.followup.models import Part, Report
from overens.followup.reading import own_areas
from overens.records.models import DocumentVersion
from overens.rules.process import Role

PARTS: dict[str, dict[str, str]] = {
    "answer/1.1": {"text": "Ledningen följer arbetet varje kvartal.\n\nEn styrgrupp håller ihop det."},
    "answer/1.2": {"text": "Mer fokus på kvalitet."},
    "answer/3.0a": {"choice": "yes"},
    "count/3.1": {
        "split": "sex",
        "2018.vt.women.": "12",
        "2018.vt.men.": "0",
        "2018.ht..": "9",
        "2019.vt.women.": "7",
        "2019.vt.men.#why": "Färre än fem redovisas inte.",
        "2019...": "30",
    },
    "answer/3.0b": {"choice": "no"},
    "answer/4.0": {"choice": "all"},
    "introduction/1": {
        "name": "Klinisk bas", "offered": "all", "compulsory": "yes", "months": "12", "protected_percent": "5",
    },
    "maturity/1": {"service": "Operation", "need": "2", "capacity": "1", "schedule": "0"},
    "measure/1": {
        "name": "Bemanningsteam", "area": "4.1.1", "area.4.2.4": "yes", "status": "ongoing", "nature": "strengthened",
        "began_on": "2018-02-01", "results": "Inhyrningen minskade.", "money.insatser": "1200000",
        "party.patients": "yes", "party.patients.how": "I en referensgrupp.", "units_number": "4",
    },
    "answer/7.1": {"text": "Företrädarna deltar i styrgruppen."},
}  # fmt: skip


def write(report: Report, parts: Mapping[str, Mapping[str, str]] | None = None) -> None:
    """Write parts, or everything that is asked, by the respondent's contributor."""
    code = report.respondent.code
    writer = person(code, Role.CONTRIBUTOR)
    if parts is None:
        areas = {f"answer/2.1/{area}": {"text": f"Arbetet i {area} går framåt."} for area in own_areas("2019")}
        parts = {**PARTS, **areas}
    revisions = dict(Part.objects.filter(report=report).values_list("key", "revision"))
    for key, fields in parts.items():
        writing.save(report, key, fields, revisions.get(key, 0), writer)


def freeze(report: Report, correction: str = "") -> DocumentVersion:
    preparer = person(report.respondent.code, Role.PREPARER)
    return handing_in.freeze(report, handing_in.standing(report).revisions, preparer, correction)


def hand_in(report: Report, correction: str = "") -> DocumentVersion:
    version = freeze(report, correction)
    handing_in.sign(report, version, person(report.respondent.code, Role.AUTHORISED_SIGNATORY))
    return version
