# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""People who log in as people do: no test here is logged in by force."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from overens.demo.people import person
from overens.people.models import Person
from overens.records.models import Event
from overens.rules.process import Role

PASSWORD = "en lång mening om ingenting"
HOST = "127.0.0.1"


def browser(**options: Any) -> Client:
    return Client(headers={"host": HOST, "user-agent": "Firefox/140 (X11; Linux)"}, **options)


def with_password(code: str, role: Role, password: str = PASSWORD) -> Person:
    found = person(code, role)
    found.set_password(password)
    found.save(update_fields=["password"])
    return found


def log_in(client: Client, who: Person, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/logga-in/", {"login": who.email, "password": password, **more})


def acts(who: Person) -> list[str]:
    return list(Event.objects.filter(subject=f"person/{who.pk}").order_by("number").values_list("act", flat=True))


@pytest.fixture
def preparer(world: None) -> Person:
    """Somebody whose role takes no second factor."""
    return with_password("03", Role.PREPARER)


@pytest.fixture
def payer(world: None) -> Person:
    return with_password("KAM", Role.PAYER)


@pytest.fixture
def outbox(settings_: Callable[..., Any]) -> Iterator[list[Any]]:
    """E-mail stays here."""
    settings_(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
    mail.outbox = []
    yield mail.outbox
    del mail.outbox


@pytest.fixture
def settings_() -> Iterator[Callable[..., Any]]:
    """Other settings for one test."""
    from django.test import override_settings

    active: list[Any] = []

    def change(**values: Any) -> None:
        active.append(override_settings(**values))
        active[-1].enable()

    yield change
    for each in reversed(active):
        each.disable()
    assert cache is not None
