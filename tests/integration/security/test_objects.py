# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whatever number or key stands in an address, nobody sees what is another's: tried over every route there is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.books.actions import mapping
from overens.books.reading import latest
from overens.demo.people import person
from overens.grants.actions import report
from overens.grants.models import Case
from overens.people.models import Mandate, Person
from overens.records.models import Document, DocumentVersion, Draft
from overens.rules.process import Role
from tests.integration.books import made
from tests.integration.desks.test_access import VISITORS
from tests.integration.security.visiting import addresses, client_of, is_html, undone

OWNER = "23"
CASE = f"2019/regioner/{OWNER}"
NAME = "Hemlig Handläggare"  # on whatever the region has written, signed or not
DRAFT = "Hemligt Utkast"  # only in what it has not handed in
OTHERS = ("stranger", "skane", "skl", "socialstyrelsen")
OFFICERS = ("kammarkollegiet", "departementet", "forhandlare")
QUERIES = (
    "",
    "format=csv",
    f"sok={DRAFT}",
    f"sok={NAME}",
    f"sok={OWNER}",
    "lage=alla",
    "page=2",
    "case=1&case=2",
    "version=1",
)
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


def patterns() -> Iterator[tuple[str, str]]:
    """Every route of the web as the resolver has it, with its parameters in angle brackets, and its name."""

    def walk(found: list[Any], before: str) -> Iterator[tuple[str, str]]:
        for each in found:
            if isinstance(each, URLResolver):
                yield from walk(each.url_patterns, before + str(each.pattern))
            elif isinstance(each, URLPattern):
                yield "/" + before + str(each.pattern).strip("^$"), each.name or ""

    return walk(get_resolver().url_patterns, "")


ROUTES = [route for route, _name in patterns()]
WITH_PARAMETERS = [route for route in ROUTES if PARAMETER.search(route)]
WORDS = {
    "code": ["2019", OWNER, "12", "SKL", "2017-2018"],
    "agreement": ["2019", "2019", "2017-2018"],
    "line": ["regioner", "regioner", "kommuner", "skl"],
    "recipient": [OWNER, OWNER, "12", "SKL"],
    "form": ["rekvisition", "berattelse"],
    "step": ["godkann", "aterlamna", "godkann-berattelse", "lagg-ned", "besluta"],
}
ELSE = [OWNER, "1", "okand", "x", "'", "%00"]


@pytest.fixture
def hidden(later: dict[str, int]) -> list[int]:
    """Jämtland has a draft, and a version that is reviewed but not signed; all numbers that lead to something of it."""
    Person.objects.filter(mandates__organisation__code=OWNER).update(name=NAME)
    case = Case.objects.get(key=CASE)
    write_and_review(case)
    versions = DocumentVersion.objects.filter(document__subject=CASE).values_list("pk", flat=True)
    documents = Document.objects.filter(subject=CASE).values_list("pk", flat=True)
    who = Mandate.objects.filter(organisation__code=OWNER).values_list("pk", "person").first() or ()
    return sorted({case.pk, *versions, *documents, *who, later["ledger_upload"], later["ledger_evidence"]})


def write_and_review(case: Case) -> None:
    """A draft of the report, frozen and attested, then written on; another cost item. Nothing of it is handed in."""
    preparer, head = (person(case.recipient.code, role) for role in (Role.PREPARER, Role.HEAD_OF_FINANCE))
    typed = {"E1.3": DRAFT, "E3.2a": [{"title": DRAFT, "kronor": "1000", "key": ""}]}
    draft = report.write(case, typed, revision_of(case), preparer)
    version = report.freeze(case, draft.revision, preparer)
    report.attest(case, version, 2, DRAFT, "", {"name": head.name}, head)
    report.write(case, {**typed, "E1.3": f"{DRAFT} igen"}, revision_of(case), preparer)
    current = latest(case)
    assert current is not None
    line = {"head": "E3.2c", "title": made.SECRET, "objects": {"6": "P2019"}}
    mapping.put_line(case, None, line, current.number, preparer)


def revision_of(case: Case) -> int:
    draft = Draft.objects.filter(document__subject=case.key, document__kind="financial-report").first()
    return draft.revision if draft else 0


def secrets_of(visitor: str) -> tuple[str, ...]:
    return (DRAFT, made.SECRET) if visitor in OFFICERS else (DRAFT, made.SECRET, NAME)


def look(visitor: str, path: str, query: str = "") -> Any:
    with undone():
        return client_of(visitor).get(path, QUERY_STRING=query)


def check(visitor: str, path: str, query: str = "") -> Any:
    response = look(visitor, path, query)
    assert response.status_code < 500, path
    shown = response.content
    # What was searched for stands in the search field again.
    shown = re.sub(rb'value="[^"]*"', b"", shown) if "sok=" in query else shown
    assert not [secret for secret in secrets_of(visitor) if secret.encode() in shown], f"{visitor} at {path}?{query}"
    return response


def test_the_owner_does_see_it(hidden: list[int], later: dict[str, int]) -> None:
    """Or the tests below would find nothing, whatever they looked at."""
    page = look("jamtland", f"/region/{OWNER}/2019/regioner/berattelse/").content.decode()
    assert DRAFT in page
    for page in ("", "rader/", f"las-in/{later['ledger_upload']}/", "mappning/", "post/1/"):
        assert made.SECRET in look("jamtland", f"/region/{OWNER}/2019/regioner/bokforing/{page}").content.decode()
    assert NAME in look("kammarkollegiet", f"/utbetalning/arende/{CASE}/").content.decode()
    assert len(WITH_PARAMETERS) > 60


@pytest.mark.parametrize("visitor", [*OTHERS, *OFFICERS])
def test_no_list_search_or_file_tells_of_it(hidden: list[int], visitor: str) -> None:
    for route in ROUTES:
        if not PARAMETER.search(route):
            response = check(visitor, route)
            for query in QUERIES[1:4] if response.status_code == 200 else ():
                check(visitor, route, query)


@pytest.mark.parametrize("visitor", ["skane", "kammarkollegiet"])
def test_no_number_leads_to_it(hidden: list[int], visitor: str) -> None:
    """Each number of the region's own in each route that takes one, with the region's words around it."""
    for route in (route for route in WITH_PARAMETERS if "<int:" in route):
        own = {"code": OWNER} if route.startswith("/region/") else {}
        for number in hidden:
            check(visitor, filled(route, lambda name, own=own: own.get(name) or WORDS.get(name, ELSE)[0], number))


def filled(route: str, pick: Any, number: int) -> str:
    def value(match: re.Match[str]) -> str:
        converter, name = match[1] or "", match[2] or match[3]
        return str(number) if converter == "int" else pick(name)

    return PARAMETER.sub(value, route)


@settings(max_examples=250)
@given(data=st.data())
def test_no_random_address_leads_to_it(hidden: list[int], data: st.DataObject) -> None:
    route = data.draw(st.sampled_from(WITH_PARAMETERS))
    number = data.draw(st.one_of(st.sampled_from(hidden), st.integers(0, 2**63)))
    path = filled(route, lambda name: data.draw(st.sampled_from(WORDS.get(name, ELSE))), number)
    check(data.draw(st.sampled_from([*OTHERS, *OFFICERS])), path, data.draw(st.sampled_from(QUERIES)))


# A page's token is another each time, and so is what is offered for a new second factor.
ANEW = ("mfa_", "second-factor")
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": )"[^"]*"')


def everything_seen(visitors: tuple[str, ...], numbers: dict[str, int]) -> dict[tuple[str, str, str], bytes]:
    """A digest of every answer: all of them, files too, would be a gigabyte."""
    seen = {}
    pages = [page for page in addresses() if not page.name.startswith(ANEW)]
    for visitor in visitors:
        for page in pages:
            if page.visitor == "stranger" != visitor:  # what is public is the same for everybody
                continue
            path = page.path.format(**numbers)
            response = look(visitor, path)
            seen[visitor, page.name, ""] = digest(response)
            if b"format=csv" in response.content:
                seen[visitor, page.name, "csv"] = digest(look(visitor, path, "format=csv"))
    return seen


def digest(response: Any) -> bytes:
    shown = TOKEN.sub(b"", response.content) if is_html(response) else response.content
    return hashlib.sha256(b"%d " % response.status_code + shown).digest()


@pytest.mark.parametrize("visitors", [OFFICERS, OTHERS], ids=["officers", "others"])
def test_nothing_changes_for_anybody_else_while_a_region_writes(
    later: dict[str, int], visitors: tuple[str, ...]
) -> None:
    """Own space: not how far one has come either. Every page of everybody else is the same, to the letter."""
    before = everything_seen(visitors, later)
    write_and_review(Case.objects.get(key=CASE))
    after = everything_seen(visitors, later)
    assert [where for where in before if before[where] != after[where]] == []
    assert set(VISITORS) - {*OFFICERS, *OTHERS} == {"jamtland"}
