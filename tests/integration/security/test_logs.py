# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The log: refused access is there with who and where, nothing personal is, and nobody writes lines of their own."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from overens.demo.people import person
from overens.people.models import Person
from tests.integration.desks.test_access import VISITORS
from tests.integration.security.visiting import client_of


def logged(capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> str:
    out, err = capsys.readouterr()
    return out + err + caplog.text


def test_who_asks_for_what_is_anothers_is_noted_by_number(
    later: dict[str, int], capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    asking = person(*VISITORS["skane"])  # type: ignore[misc]
    for path in ("/region/23/2019/regioner/", "/utbetalning/", "/forhandling/", "/organisation/"):
        assert client_of("skane").get(path).status_code in (403, 404)
        said = logged(capsys, caplog)
        assert path in said
        assert f"person={asking.pk}" in said.replace("\x1b[0m", "").replace("\x1b[36m", "").replace("\x1b[35m", "")


def test_no_line_of_the_log_is_a_visitors(
    later: dict[str, int], capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    for path in ("/region/23/2019/%0aFORGED line/", "/utbetalning/arende/%0d%0aFORGED/x/y/", "/x%0aFORGED line/"):
        client_of("skane").get(path)
    lines = logged(capsys, caplog).splitlines()
    assert [line for line in lines if "FORGED" in line]
    assert not [line for line in lines if line.startswith("FORGED")]


def test_a_login_that_fails_tells_the_log_no_address_and_no_password(
    later: dict[str, int], capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "django.request")
    client = Client(headers={"host": "127.0.0.1"})
    email = Person.objects.filter(mandates__organisation__code="23")[0].email
    client.post("/logga-in/", {"login": email, "password": "fel lösenord 4711"})
    said = logged(capsys, caplog)
    assert "login refused" in said
    assert email not in said
    assert "4711" not in said
