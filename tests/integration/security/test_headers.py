# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands in the headers of requests and of answers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.demo.people import person
from tests.integration.desks.test_access import VISITORS
from tests.integration.security import hostile
from tests.integration.security.visiting import addresses, client_of, is_html, undone

SOME = (("/", "stranger"), ("/logga-in/", "stranger"), ("/region/", "jamtland"), ("/api/regions", "stranger"))
# As a server hands them over: bytes as Latin-1, no line breaks.
value = st.one_of(
    hostile.text,
    st.sampled_from(["*;q=nan", "sv;q=" + "9" * 400, "bytes=0-,1-,2-", '"\\000\\377"', "=;=;", "a=b; a=c"]),
).map(lambda text: text.encode("utf-8", "replace").decode("latin-1").replace("\r", "").replace("\n", ""))
HEADERS = (
    "accept-language", "accept", "accept-encoding", "referer", "origin", "cookie", "content-type", "content-length",
    "range", "if-modified-since", "if-none-match", "user-agent", "x-forwarded-for", "x-forwarded-host",
    "x-forwarded-proto", "x-http-method-override", "x-requested-with", "authorization", "hx-request", "hx-current-url",
)  # fmt: skip


@settings(max_examples=150)
@given(where=st.sampled_from(SOME), sent=st.dictionaries(st.sampled_from(HEADERS), value, min_size=1, max_size=4))
def test_any_header_is_survived(later: dict[str, int], where: tuple[str, str], sent: dict[str, str]) -> None:
    path, visitor = where
    with undone():
        response = client_of(visitor).get(path, headers=sent)
    assert response.status_code in (200, 302, 400)
    assert not (is_html(response) and hostile.MARK in response.content.decode())


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "theme", "django_language", "messages"])
@pytest.mark.parametrize("typed", ['"\\000"', "x" * 8000, "<script>", "'; --", "None"])
def test_any_cookie_is_survived(later: dict[str, int], name: str, typed: str) -> None:
    with undone():
        client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
        for path in ("/", "/region/", "/logga-in/"):
            assert client.get(path, headers={"cookie": f"{name}={typed}"}).status_code in (200, 302, 400)
        typed_in = {"login": "a@b.invalid", "password": "x"}
        assert client.post("/logga-in/", typed_in, headers={"cookie": f"{name}={typed}"}).status_code < 500


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "a b", "", "\xff", "[::1"])
def test_only_hosts_of_ours_are_answered_for(db: None, host: str) -> None:
    response = Client(headers={"host": host}).get("/")
    assert response.status_code == 400
    assert "Begäran gick inte att läsa" in response.text


def test_headers_of_a_proxy_are_not_believed_unasked(later: dict[str, int]) -> None:
    claimed = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.9",
               "x-forwarded-prefix": "/evil", "x-original-url": "/utbetalning/", "x-remote-user": "x",
               "remote-user": "x", "x-http-method-override": "POST", "origin": "https://evil.example"}  # fmt: skip
    with undone():
        response = client_of("jamtland").get("/region/", headers=claimed)
    assert response.status_code == 200
    assert "evil" not in response.text
    assert not response.wsgi_request.is_secure()
    assert "Access-Control-Allow-Origin" not in response.headers
    assert client_of("stranger").get("/region/", headers=claimed).status_code == 302


def test_every_answer_has_the_headers_that_bind_a_browser(later: dict[str, int]) -> None:
    for address in addresses():
        with undone():
            response = client_of(address.visitor).get(address.path.format(**later))
        sent, where = response.headers, repr(address)
        policy = dict(part.strip().partition(" ")[::2] for part in sent["Content-Security-Policy"].split(";"))
        assert (policy["default-src"], policy["object-src"], policy["base-uri"]) == ("'self'", "'none'", "'none'"), (
            where
        )
        assert (policy["frame-ancestors"], sent["X-Frame-Options"]) == ("'none'", "DENY"), where
        assert "unsafe" not in sent["Content-Security-Policy"], where
        assert sent["X-Content-Type-Options"] == "nosniff", where
        # An address that is a secret is told to nobody; one's own page, whose form is posted to itself, to nobody else.
        told = "no-referrer" if "/delat/" in address.path or address.name == "planner-own-feed" else "same-origin"
        assert sent["Referrer-Policy"] == told, where
        assert sent["Cross-Origin-Opener-Policy"] == sent["Cross-Origin-Resource-Policy"] == "same-origin", where
        assert "camera=()" in sent["Permissions-Policy"], where
        assert "Access-Control-Allow-Origin" not in sent, where
        if response.content:
            kind = sent["Content-Type"]
            assert "charset=utf-8" in kind or not kind.startswith("text/"), where
        if VISITORS[address.visitor]:
            assert "no-store" in sent["Cache-Control"], where
        # What our own scripts fetch is JSON, and a feed is XML: no browser runs anything in them.
        is_data = sent.get("Content-Type", "").startswith(("application/json", "application/atom+xml"))
        if not is_html(response) and not is_data and response.status_code == 200:
            assert sent["Content-Disposition"].startswith("attachment"), where
        assert "Server" not in sent
        assert "X-Powered-By" not in sent


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace", "options", "propfind", "connect"])
def test_no_address_takes_a_method_that_it_has_no_use_for(later: dict[str, int], method: str) -> None:
    taken = []
    for address in addresses():
        with undone():
            response = client_of(address.visitor).generic(method.upper(), address.path.format(**later))
        if response.status_code not in (302, 403, 404, 405):
            taken.append((address, response.status_code))
    assert not taken


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:x",
        "\t//evil.example",
        "///evil.example",
        "https:evil.example",
    ],
)
def test_nobody_is_sent_on_to_another_site(later: dict[str, int], target: str) -> None:
    mandate = person("03", VISITORS["jamtland"][1]).mandates.get().pk  # type: ignore[index]
    forms: list[tuple[str, dict[str, Any]]] = [
        ("/tema/", {"theme": "dark", "next": target}),
        ("/sprak/", {"language": "en", "next": target}),
        ("/logga-in/demo/", {"mandate": mandate, "next": target}),
        ("/demo/klockan/stega/", {"to": "tomorrow", "next": target}),
    ]
    with undone():
        shown = client_of("jamtland").get("/logga-in/andra-faktor/", {"next": target})
        assert shown.headers["Location"] == "/start/"
    for path, typed in forms:
        with undone():
            response = client_of("stranger").post(path, typed)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/")
        assert "evil" not in response.headers["Location"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/css/",
        "/.git/config",
        "/static/../settings.py",
        "/static/%2e%2e/settings.py",
        "/manage.py",
        "/.env",
        "/media/",
        "/admin/",
        "/static//etc/passwd",
        "/overens/web/settings.py",
    ],
)
def test_nothing_is_listed_and_no_source_is_served(db: None, path: str) -> None:
    assert Client(headers={"host": "127.0.0.1"}).get(path).status_code == 404
