# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The payer's decisions, in words that tests can say."""

from __future__ import annotations

from django.test import Client

from overens.agreements.actions import Minutes
from overens.demo.people import person
from overens.grants.actions import policy, selecting
from overens.grants.models import Case, Draw, ExaminationPolicy
from overens.records import clock
from overens.rules import policy as rules
from overens.rules.process import Role

TEXT = rules.shipped()[1]
# Nothing is chosen by rule or points, and one of the rest by lot.
LENIENT = (
    TEXT.replace("above_kronor = 300_000_000", "above_kronor = 0")
    .replace("threshold = 40", "threshold = 10000")
    .replace(
        'reasons = ["attested-not-correct", "report-late", "returned-before", "giro-rejected-before"]', "reasons = []"
    )
)


def minutes(number: str = "KAM 2020/17") -> Minutes:
    return Minutes(clock.today(), number, "Enhetschef", "Handläggare", "Granska med omdöme.")


def adopt(text: str = LENIENT) -> ExaminationPolicy:
    return policy.adopt("2019", text, minutes(), person("KAM", Role.CASE_OFFICER))


def end() -> ExaminationPolicy:
    return policy.end("2019", minutes(), person("KAM", Role.CASE_OFFICER))


def draw() -> Draw:
    return selecting.draw("2019", person("KAM", Role.CASE_OFFICER))


def sorted_as(drawn: Draw, way: str) -> list[Case]:
    keys = drawn.selections.filter(way=way).values_list("report__case", flat=True)
    return list(Case.objects.with_parties().filter(pk__in=keys).order_by("key"))


def client_of(code: str, role: Role) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person(code, role))
    return client
