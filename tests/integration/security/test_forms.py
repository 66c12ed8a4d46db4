# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whatever is typed into a form: it is done whole or not at all, what was typed is kept, and nothing of it is code."""

from __future__ import annotations

from html import escape
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.demo.people import person
from overens.rules.process import Role
from overens.rules.text import is_writable
from tests.integration.desks.test_access import logged_in
from tests.integration.security import hostile
from tests.integration.security.visiting import (
    LISTED,
    TEXTS,
    Address,
    Form,
    addresses,
    client_of,
    is_html,
    page_of,
    undone,
    written,
)

PAGES = addresses()
# 201: made, and told on the answer alone.
DONE = (201, 301, 302, 303)
# On every page; what they are sent is tried once.
FRAME = {
    "/sprak/": ("language", "next"),
    "/tema/": ("theme", "next"),
    "/logga-ut/": ("next",),
    "/agera-for/": ("organisation",),
    "/logga-in/demo/": ("mandate", "next"),
    "/demo/klockan/stega/": ("to", "next"),
}


def forms_of(address: Address, path: str) -> list[Form]:
    response = client_of(address.visitor).get(path)
    forms = page_of(response, path).forms if is_html(response) else []
    return [form for form in forms if form.method == "post" and form.action not in FRAME]


def send(address: Address, form: Form, typed: dict[str, Any]) -> Any:
    return client_of(address.visitor).post(form.action, typed)


def is_kept_beside(response: Any) -> bool:
    """Whether what was typed is kept beside what others have written meanwhile, until somebody chooses."""
    row = response.context.get("row") if response.context else None
    return bool(getattr(row, "theirs", None))


def kept(response: Any, text: str) -> bool:
    """Whether the page has the text that was typed; a browser sends every line break as two characters."""
    page = response.content.decode()
    return text in page or escape(text) in page or escape(text, quote=False) in page


@pytest.mark.parametrize("address", PAGES, ids=lambda address: address.name or "rest")
def test_text_with_control_characters_is_refused_and_kept(later: dict[str, int], address: Address) -> None:
    before = written()
    path = address.path.format(**later)
    for form in forms_of(address, path):
        for bad in ("mark\x00a", "mark\x0ba", f'mark">{hostile.MARK}'):
            typed = form.typed(**dict.fromkeys(form.names(*TEXTS), bad))
            with undone():
                response = send(address, form, typed)
                assert response.status_code < 500, (form.action, bad)
                if response.status_code not in DONE:
                    assert written() == before, (form.action, bad)
                if is_html(response):
                    assert hostile.MARK not in response.content.decode()
                    if response.status_code == 422 and form.names("text", "textarea", "email"):
                        assert "mark" in response.content.decode(), (form.action, bad)


@pytest.mark.parametrize("action", FRAME)
def test_the_forms_of_the_frame_take_nothing_that_is_not_theirs(later: dict[str, int], action: str) -> None:
    before = written()
    for value in hostile.KNOWN:
        with undone():
            response = client_of("jamtland").post(action, dict.fromkeys(FRAME[action], value))
            assert response.status_code in (302, 404), value[:40]
            if action != "/logga-ut/":  # it logs out, whatever else it is told, and an event says so
                assert written() == before


@settings(max_examples=200)
@given(
    address=st.sampled_from(PAGES),
    which=st.integers(0, 9),
    values=st.lists(hostile.text, min_size=1, max_size=6),
    also=st.sets(st.sampled_from(LISTED)),
)
def test_any_form_may_be_sent_with_anything(
    later: dict[str, int],
    address: Address,
    which: int,
    values: list[str],
    also: set[str],
) -> None:
    """All text fields, and sometimes what the reader cannot type into too."""
    path = address.path.format(**later)
    forms = forms_of(address, path)
    if not forms:
        return
    form = forms[which % len(forms)]
    before = written()
    names = form.names(*TEXTS, *also)
    typed = form.typed(**{name: values[number % len(values)] for number, name in enumerate(names)})
    with undone():
        response = send(address, form, typed)
        assert response.status_code < 500
        if response.status_code not in DONE and not is_kept_beside(response):
            assert written() == before
        assert not (is_html(response) and hostile.MARK in response.content.decode())


CASE = "/region/{0}/2019/regioner/"


def write_and_look(code: str, slug: str, typed: str) -> None:
    """Type it into every field, save it, read it again, show it to the state's officers, and go on to sign it.

    What cannot be kept is said at each field, and stands there still.
    """
    path = CASE.format(code) + f"{slug}/"
    client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
    client.force_login(person(code, Role.PREPARER))
    (form,) = (
        each
        for each in page_of(client.get(path), path).forms
        if "revision" in each.names("hidden") and each.names("text")
    )
    texts = form.names(*TEXTS)
    assert len(texts) >= 4
    before = written()
    with undone():
        saved = client.post(path, {**form.typed(**dict.fromkeys(texts, typed)), "do": "save"})
        assert saved.status_code == (302 if is_writable(typed) else 422)
        if saved.status_code == 422:
            assert written() == before
            assert saved.text.count("tecken som inte syns") >= len(texts)
            assert kept(saved, typed)
        else:
            assert kept(client.get(path), typed)
            assert client.get(CASE.format(code)).status_code == 200
            assert client.post(CASE.format(code) + f"visa-utkast/{slug}/", {"do": "show"}).status_code == 302
            for officer, case in (("kammarkollegiet", "utbetalning"), ("departementet", "departementet")):
                page = logged_in(officer).get(f"/{case}/arende/2019/regioner/{code}/")
                assert page.status_code == 200
                assert hostile.MARK not in page.text
    with undone():
        signed = client.post(
            path, {**form.typed(**dict.fromkeys(texts, typed)), "do": "sign" if slug == "rekvisition" else "review"}
        )
        assert signed.status_code == 422
        assert kept(signed, typed)
        assert hostile.MARK not in signed.text


WRITTEN = pytest.mark.parametrize("typed", hostile.KNOWN, ids=lambda typed: ascii(typed)[:24])


@WRITTEN
def test_a_requisition_keeps_whatever_was_typed(demo: None, typed: str) -> None:
    write_and_look("03", "rekvisition", typed)


@WRITTEN
def test_a_report_keeps_whatever_was_typed(later: dict[str, int], typed: str) -> None:
    write_and_look("23", "berattelse", typed)


def test_a_number_that_is_none_of_ours_saves_nothing(demo: None) -> None:
    path = CASE.format("03") + "rekvisition/"
    client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
    client.force_login(person("03", Role.PREPARER))
    client.post(path, {"R1.3": "Först", "revision": "0", "do": "save"})
    before = written()
    for revision in hostile.NUMBERS:
        if revision != " 1 ":
            with undone():
                answer = client.post(path, {"R1.3": "Sedan", "revision": revision, "do": "save"})
                assert answer.status_code == 422, revision
                assert written() == before
                assert "Sedan" in answer.text
