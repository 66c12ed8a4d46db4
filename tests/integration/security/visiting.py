# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Going round as every visitor of tests/cases/access.toml: the addresses that are open, their forms, and one request
after which everything is as before.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.db import connection, connections, transaction
from django.test import Client

from tests.integration.desks import test_access
from tests.integration.desks.test_access import TABLE

# Attempts to log in are counted whether they succeed or not; the rest is what test_access.py does not count either.
UNCOUNTED = ("django_session", "people_person", "records_reading", "login_cache")


@dataclass(frozen=True)
class Address:
    """An address of the table, and one visitor that it is open to."""

    name: str
    path: str
    visitor: str

    def __repr__(self) -> str:
        return f"{self.name} as {self.visitor}"


def addresses() -> list[Address]:
    """Every address with the first visitor that it is open to; ``{paper}`` and the like are not filled in yet."""
    found = []
    for group, told in TABLE.items():
        # What is open to nobody is asked for by somebody with a login.
        visitor = next(iter(told.get("open_to", ["stranger"])), "jamtland")
        if told.get("kind", group) != "nowhere":
            found += [Address(name, path, visitor) for name, path, *_how in told["routes"]]
    return found


def client_of(visitor: str) -> Client:
    """In this visitor's session everywhere. A fault of ours is a 500 here, as it is for the visitor."""
    return test_access.client_of(visitor, raising=False)


def written() -> dict[str, tuple[int, int]]:
    """Of every table how many rows it has and which they are: what is inserted, changed or deleted makes another.

    For tests whose one transaction is undone in the end: only tables that it has touched are not as they were.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0")
        touched = sorted({name for (name,) in cursor.fetchall()} - set(UNCOUNTED))
        return {**committed(connection.settings_dict["NAME"]), **rows_of(cursor, touched)}


@functools.cache
def committed(_database: str) -> dict[str, tuple[int, int]]:
    """As another connection sees it, which is how every test begins."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        found = rows_of(cursor, [name for (name,) in cursor.fetchall() if name not in UNCOUNTED])
    connections["owner"].close()
    return found


def rows_of(cursor: Any, tables: list[str]) -> dict[str, tuple[int, int]]:
    if not tables:
        return {}
    each = "SELECT '{0}', count(*), coalesce(sum(hashtext(ctid::text || xmin::text)::bigint), 0) FROM \"{0}\""
    cursor.execute(" UNION ALL ".join(each.format(name) for name in tables))
    return {name: (count, which) for name, count, which in cursor.fetchall()}


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written in this block is not, when it ends; the cache, where logins are counted, is a table too."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass
class Field:
    name: str
    type: str
    value: str


@dataclass
class Form:
    """A form as the page has it: where and how it goes, and its fields with the values they have."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)
    is_multipart: bool = False

    def typed(self, **values: str) -> dict[str, Any]:
        """What a browser sends, with these values in place of those that stand there."""
        filled: dict[str, Any] = {}
        for each in self.fields:
            if each.type in ("file", "image", "reset"):
                continue
            filled.setdefault(each.name, []).append(values.get(each.name, each.value))
        return filled

    def names(self, *types: str) -> list[str]:
        return list(dict.fromkeys(each.name for each in self.fields if each.type in types))


TEXTS = ("text", "textarea", "search", "email", "tel", "url", "number", "date")
LISTED = ("hidden", "select", "radio", "checkbox", "submit")


class Page(HTMLParser):
    """The forms of a page, and the names that its links ask with."""

    def __init__(self, html: str, path: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.asked: set[str] = set()
        self.path = path
        self._form: Form | None = None
        self._text: Field | None = None
        self._select: Field | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.asked |= {name for name, _ in parse_qsl(urlsplit(a.get("href", "")).query, keep_blank_values=True)}
        elif tag == "form":
            self._form = Form(
                a.get("action") or self.path,
                a.get("method", "get").lower(),
                is_multipart=a.get("enctype", "") == "multipart/form-data",
            )
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(self._form, tag, a)

    def _field(self, form: Form, tag: str, a: Mapping[str, str]) -> None:
        name = a.get("name", "")
        if tag == "option" and self._select is not None:
            if "selected" in a or not self._select.value:
                self._select.value = a.get("value", "")
        elif not name or name == "csrfmiddlewaretoken":
            return
        elif tag == "textarea":
            self._text = Field(name, "textarea", "")
            form.fields.append(self._text)
        elif tag == "select":
            self._select = Field(name, "select", "")
            form.fields.append(self._select)
        elif tag in ("input", "button"):
            kind = a.get("type", "submit" if tag == "button" else "text")
            form.fields.append(Field(name, kind, a.get("value", "on" if kind == "checkbox" else "")))

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._text = None
        elif tag == "select":
            self._select = None

    @property
    def asks(self) -> list[str]:
        """The names that an address of this page may ask with."""
        named = {each.name for form in self.forms if form.method == "get" for each in form.fields}
        return sorted(named | self.asked)


def page_of(response: Any, path: str) -> Page:
    return Page(response.content.decode(errors="replace"), path)


def is_html(response: Any) -> bool:
    return bool(response.headers.get("Content-Type", "").startswith("text/html"))
