# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whatever stands in an address: an answer, never a fault of ours, and nothing of it unescaped in a page."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.integration.security import hostile
from tests.integration.security.visiting import Address, addresses, client_of, is_html, page_of, undone

PAGES = addresses()
# What pages ask with in some of their states only.
ALSO = ("next", "page", "format", "version", "sok", "per", "fran", "till")


def names_of(address: Address, path: str) -> list[str]:
    """What the page itself asks with, and what others do."""
    response = client_of(address.visitor).get(path)
    return [*(page_of(response, path).asks if is_html(response) else ()), *ALSO]


def ask(address: Address, path: str, query: str) -> Any:
    with undone():
        return client_of(address.visitor).get(path, QUERY_STRING=query)


def wrong(response: Any) -> str:
    if response.status_code >= 500:
        return str(response.status_code)
    if is_html(response) and hostile.MARK in response.content.decode(errors="replace"):
        return "reflected"
    return ""


@pytest.mark.parametrize("address", PAGES, ids=lambda address: address.name or "rest")
def test_a_page_survives_its_own_questions(later: dict[str, int], address: Address) -> None:
    """Everything that the page asks with, all at once."""
    path = address.path.format(**later)
    names = names_of(address, path)
    for value in (f'">{hostile.MARK}', "²", "9" * 19, "9999-12-31", "\x01\ufffe"):
        query = "&".join(f"{name}={quote(value)}" for name in names)
        assert not wrong(ask(address, path, query)), value


@pytest.mark.parametrize("query", ["x=%00", "%00=x", "page=1%00"])
@pytest.mark.parametrize("path", ["/", "/region/", "/api/regions", "/logga-in/", "/a%00b/", "/static/%00"])
def test_a_nul_is_no_address(db: None, path: str, query: str) -> None:
    response = Client(headers={"host": "127.0.0.1"}).get(path, QUERY_STRING=query)
    assert response.status_code == 400
    assert ("request-unreadable" if path.startswith("/api/") else "Begäran gick inte att läsa") in response.text


@settings(max_examples=120)
@given(
    address=st.sampled_from(PAGES),
    given_=st.lists(st.tuples(st.integers(0, 30), hostile.in_address), min_size=1, max_size=4),
    array=st.booleans(),
)
def test_an_address_may_ask_anything(
    later: dict[str, int], address: Address, given_: list[tuple[int, bytes]], array: bool
) -> None:
    path = address.path.format(**later)
    names = names_of(address, path)
    query = "&".join(f"{names[n % len(names)]}{'[]' if array else ''}={quote(value)}" for n, value in given_)
    assert not wrong(ask(address, path, query)), query


@settings(max_examples=120)
@given(address=st.sampled_from(PAGES), part=st.integers(0, 5), value=hostile.in_address)
def test_a_part_of_an_address_may_be_anything(later: dict[str, int], address: Address, part: int, value: bytes) -> None:
    parts = address.path.format(**later).strip("/").split("/")
    parts[part % len(parts)] = quote(value, safe="")
    path = "/" + "/".join(parts) + "/"
    assert not wrong(ask(address, path, "")), path
