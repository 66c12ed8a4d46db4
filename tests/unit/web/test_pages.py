# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The frame of every page and the page of components, without a database."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from overens.web.components import samples
from overens.web.theme import set_theme

requests = RequestFactory(SERVER_NAME="localhost")
VISITOR = {"user": SimpleNamespace(is_authenticated=False), "demo": False}


@pytest.fixture
def request_() -> HttpRequest:
    return requests.get("/komponenter/?sida=2")


def page(request: HttpRequest) -> str:
    """The page of components as a visitor sees it; without context processors, which read the database."""
    context = Context({**VISITOR, **samples(), "request": request, "csrf_token": "token"})
    context.request = request  # type: ignore[attr-defined]
    return Engine.get_default().get_template("components/index.html").render(context)


class Elements(HTMLParser):
    """Every start tag with its attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def attributes(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.found if name in attrs]


def test_no_page_needs_inline_script_or_style(request_: HttpRequest) -> None:
    elements = Elements(page(request_))
    for tag, attributes in elements.found:
        assert tag != "style"
        assert tag != "script" or attributes.get("src")
        assert not [name for name in attributes if name == "style" or name.startswith("on") or name == "hx-on"]


def test_ids_are_unique_and_whatever_points_to_one_finds_it(request_: HttpRequest) -> None:
    elements = Elements(page(request_))
    ids = Counter(elements.attributes("id"))
    assert not [id_ for id_, times in ids.items() if times > 1]
    for name in ("for", "aria-describedby", "aria-labelledby"):
        assert not {id_ for value in elements.attributes(name) for id_ in value.split()} - ids.keys()
    assert not {href[1:] for href in elements.attributes("href") if href.startswith("#")} - ids.keys()


def test_every_form_that_changes_something_carries_its_token(request_: HttpRequest) -> None:
    forms = re.findall(r"<form.*?</form>", page(request_), re.DOTALL)
    posting = [form for form in forms if 'method="post"' in form]
    assert len(posting) >= 4
    assert all("csrfmiddlewaretoken" in form for form in posting)


def test_a_page_has_its_landmarks_and_a_way_past_them(request_: HttpRequest) -> None:
    elements = Elements(page(request_))
    tags = Counter(tag for tag, _ in elements.found)
    assert (tags["main"], tags["header"], tags["footer"]) == (1, 1, 1)
    first_link = next(attributes for tag, attributes in elements.found if tag == "a")
    assert first_link["href"] == "#main"


@pytest.mark.parametrize(
    ("language", "words"), [("sv", ["Till innehållet", ">English<"]), ("en", ["To the content", ">Svenska<"])]
)
def test_a_page_is_in_one_language_and_offers_the_other(request_: HttpRequest, language: str, words: list[str]) -> None:
    with translation.override(language):
        html = page(request_)
    assert f'<html lang="{language}"' in html
    for word in words:
        assert word in html
    assert 'name="next" value="/komponenter/?sida=2"' in html


def test_the_form_sends_the_reader_back_only_to_pages_of_ours() -> None:
    ours = "/region/?sida=2"
    for target, goes_to in ((ours, ours), ("https://example.com/", "/"), ("//example.com", "/"), ("", "/")):
        response = set_theme(requests.post("/tema/", {"theme": "dark", "next": target}))
        assert (response.status_code, response["Location"]) == (302, goes_to)


def test_a_chosen_theme_is_kept_and_given_up_again() -> None:
    chosen = set_theme(requests.post("/tema/", {"theme": "dark"})).cookies["theme"]
    assert (chosen.value, chosen["httponly"], chosen["samesite"]) == ("dark", True, "Lax")
    for theme in ("", "purple", '"><script>'):
        assert set_theme(requests.post("/tema/", {"theme": theme})).cookies["theme"].value == ""
    assert set_theme(requests.get("/tema/")).status_code == 405


@pytest.mark.parametrize(
    ("cookie", "attribute"), [("dark", 'data-theme="dark"'), ("light", 'data-theme="light"'), ("purple", ""), ("", "")]
)
def test_the_page_has_the_theme_of_the_cookie(request_: HttpRequest, cookie: str, attribute: str) -> None:
    request_.COOKIES["theme"] = cookie
    html = page(request_)
    assert ("data-theme" in html) is bool(attribute)
    assert attribute in html


@pytest.mark.parametrize("status", ["400", "403", "403_csrf", "404", "413", "429", "500"])
def test_the_error_pages_say_what_to_do_and_need_nothing(status: str) -> None:
    # Django shows some of them without a request, and so without anything that a request brings.
    html = render_to_string(f"{status}.html")
    assert html.count("<h1>") == 1
    assert f'href="{reverse("home")}"' in html
    assert "<form" not in html
