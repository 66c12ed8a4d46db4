# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every answer tells the browser to allow and to keep."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from overens.people.models import Person
from tests.integration.login.conftest import browser, log_in

PUBLIC = ("/", "/om/", "/overenskommelser/2019/", "/logga-in/", "/logga-in/glomt-losenord/", "/api/agreements",
          "/finns-inte/", "/region/")  # fmt: skip
BEHIND = ("/region/", "/region/03/2019/regioner/", "/region/12/2019/regioner/", "/konto/inloggning/",
          "/konto/inloggning/passnycklar/ny/", "/konto/inloggning/app/", "/start/")  # fmt: skip


def policy(answer: Any) -> dict[str, list[str]]:
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";")]
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("page", PUBLIC)
def test_every_page_says_what_a_browser_may_do_with_it(world: None, page: str) -> None:
    answer = browser().get(page)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in answer["Permissions-Policy"]
    said = policy(answer)
    assert said == {
        "default-src": ["'self'"], "img-src": ["'self'", "data:"], "object-src": ["'none'"], "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"], "form-action": ["'self'"],
    }  # fmt: skip
    assert "Server" not in answer.headers


@pytest.mark.parametrize("page", BEHIND)
def test_what_is_behind_a_login_is_kept_nowhere(preparer: Person, page: str) -> None:
    client = browser()
    log_in(client, preparer)
    answer = client.get(page)
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize("page", ["/logga-in/", "/valkommen/x/y/", "/logga-in/nytt-losenord/1-x/"])
def test_pages_on_the_way_in_are_kept_nowhere(world: None, page: str) -> None:
    assert "no-store" in browser().get(page)["Cache-Control"]


def test_https_is_demanded_for_a_year_where_there_is_https(world: None, settings_: Callable[..., Any]) -> None:
    # The middleware reads its settings when it is made, which a new client does.
    settings_(SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_HSTS_PRELOAD=True,
              SECURE_SSL_REDIRECT=True)  # fmt: skip
    assert browser().get("/", secure=True)["Strict-Transport-Security"] == (
        "max-age=31536000; includeSubDomains; preload"
    )
    answer = browser().get("/region/")
    assert (answer.status_code, answer["Location"]) == (301, "https://127.0.0.1/region/")


def test_cookies_are_for_the_server_alone_and_for_this_site(preparer: Person) -> None:
    client = browser()
    client.get("/logga-in/")
    log_in(client, preparer)
    client.post("/sprak/", {"language": "en"})
    assert set(client.cookies) == {"sessionid", "csrftoken", "django_language"}
    for cookie in client.cookies.values():
        assert (bool(cookie["httponly"]), cookie["samesite"], cookie["domain"]) == (True, "Lax", ""), cookie


@pytest.mark.parametrize("page", ["/logga-in/", "/konto/inloggning/passnycklar/ny/", "/konto/inloggning/app/"])
def test_pages_with_passkeys_have_no_script_or_style_of_their_own(preparer: Person, page: str) -> None:
    client = browser()
    log_in(client, preparer)
    text = client.get(page).text
    scripts = re.findall(r"<script([^>]*)>", text)
    assert scripts
    assert all('src="' in each or 'type="application/json"' in each for each in scripts)
    assert "<style" not in text
    assert not re.search(r"\s(?:style|on\w+)=", text)
