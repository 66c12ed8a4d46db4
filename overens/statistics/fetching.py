# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking Statistics Sweden's PxWeb (API v2) and Kolada (API v3). Nothing is asked unless somebody says so.

The bytes of the answers are kept, which is why no client library stands between. Only https, only to the hosts of the
setting ``OVERENS_STATISTICS_HOSTS``, without following a redirect, within a time and a size.

Sources: PxWeb's ``/tables/{id}/data`` with ``valueCodes[…]``, ``?`` for any character, at most 150 000 cells an answer
and 30 questions in ten seconds; Kolada's ``/data/kpi/{kpi}/year/{years}`` with at most 25 years and the next page's
address. Seen in others' programs; assumed to hold.
"""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from django.conf import settings

from overens.exchange.statistics import kolada
from overens.records import clock
from overens.rules.findings import refuse
from overens.rules.statistics.asked import Asked, Format

PXWEB, KOLADA = "https://statistikdatabasen.scb.se/api/v2", "https://api.kolada.se/v3"
MIB = 1024 * 1024
LARGEST = 200 * MIB
# Seconds: between two bytes, for one answer, and between two questions.
SILENCE, LONGEST, PAUSE = 30, 300, 0.4
MOST_PAGES = 200
YEARS_AT_ONCE = 25
Get = Callable[[str], bytes]


@dataclass(frozen=True)
class Question:
    """What to fetch: each address, and for Kolada its further pages. ``query`` says it as whoever asked did."""

    format: Format
    addresses: tuple[str, ...]
    table_id: str
    asked: Asked = field(default_factory=Asked)
    query: Mapping[str, Any] = field(default_factory=dict)

    def as_values(self) -> dict[str, Any]:
        return {**asdict(self), "addresses": list(self.addresses), "asked": self.asked.as_values()}

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Question:
        asked = Asked.from_values(values["asked"])
        return cls(**{**values, "addresses": tuple(values["addresses"]), "asked": asked})


def pxweb(
    table: str, years: str, selection: Mapping[str, str], *, contents: str = "", measure: str = "", apart: bool = False
) -> Question:
    """selection: codes by dimension (``{"Region": "??", "Kon": "1,2"}``); what is left out the source adds up where it
    can. apart: one answer for each year, since one has at most 150 000 cells. Raises Refused: ``statistics-table-id``,
    ``statistics-years``.
    """
    table = table.strip().upper()
    if not re.fullmatch(r"TAB\d{1,6}", table):
        refuse("statistics-table-id", "table", text=table)
    times = times_of(years)
    groups = [(each,) for each in times] if apart else [times]
    chosen = {**selection, **({"ContentsCode": contents} if contents else {})}

    def address(group: Sequence[str]) -> str:
        codes = {f"valueCodes[{name}]": codes for name, codes in (*chosen.items(), ("Tid", ",".join(group)))}
        query = urlencode({"lang": "sv", "outputFormat": "json-stat2", **codes}, safe=",*?")
        return f"{PXWEB}/tables/{table}/data?{query}"

    return Question(
        "jsonstat",
        tuple(address(group) for group in groups),
        table,
        Asked(times=times, contents=contents, measure=measure),
        {"selection": dict(selection), "years": years, "apart": apart},
    )


def key_figure(kpi: str, years: str) -> Question:
    """A key figure of Kolada's. Raises Refused: ``statistics-kpi``, ``statistics-years``."""
    kpi = kpi.strip().upper()
    if not re.fullmatch(r"[NU]\d{5}", kpi):
        refuse("statistics-kpi", "kpi", text=kpi)
    times = times_of(years)
    groups = (times[begin : begin + YEARS_AT_ONCE] for begin in range(0, len(times), YEARS_AT_ONCE))
    addresses = tuple(f"{KOLADA}/data/kpi/{kpi}/year/{','.join(group)}" for group in groups)
    return Question("kolada", addresses, kpi, Asked(contents=kpi), {"years": years})


def times_of(text: str, key: str = "years") -> tuple[str, ...]:
    """``2015-2018, 2020`` as times; months and quarters one by one. Raises Refused (``statistics-years``, at key)."""
    found: list[str] = []
    for part in filter(None, (part.strip().upper() for part in text.replace("–", "-").split(","))):
        years = re.fullmatch(r"((?:19|20)\d\d)\s*-\s*((?:19|20)\d\d)", part)
        if years and int(years[1]) <= int(years[2]):
            found += [str(year) for year in range(int(years[1]), int(years[2]) + 1)]
        elif re.fullmatch(r"(19|20)\d\d(M(0[1-9]|1[0-2])|K[1-4])?", part):
            found.append(part)
        else:
            refuse("statistics-years", key, text=text[:60])
    if not found:
        refuse("statistics-years", key, text=text[:60])
    return tuple(sorted(set(found)))


def fetch(
    question: Question, get: Get | None = None, progress: Callable[[int], object] = lambda percent: None
) -> tuple[tuple[tuple[str, bytes], ...], dt.datetime]:
    """Each answer with its address, and when they were fetched. Raises Refused, as :func:`https`."""
    moment, found = clock.now(), list(_answers(question, get or https, progress))
    return tuple(found), moment


def _answers(question: Question, get: Get, progress: Callable[[int], object]) -> Iterator[tuple[str, bytes]]:
    pages = 0
    for number, first in enumerate(question.addresses):
        address = first
        while address:
            if pages:
                time.sleep(PAUSE)
            pages += 1
            if pages > MOST_PAGES:
                refuse("statistics-pages", host=urlsplit(address).hostname or "", most=MOST_PAGES)
            answer = get(address)
            yield address, answer
            address = kolada.next_page(answer) if question.format == "kolada" else ""
        progress(50 * (number + 1) // len(question.addresses))


def https(address: str, session: requests.Session | None = None) -> bytes:
    """The answer of an address. Raises Refused: ``statistics-host``, ``statistics-timeout``,
    ``statistics-unreachable``, ``statistics-answer`` (anything but 200, a redirect too), ``statistics-answer-large``.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme != "https" or host not in settings.OVERENS_STATISTICS_HOSTS or parts.port not in (None, 443):
        refuse("statistics-host", host=host or address[:60], known=list(settings.OVERENS_STATISTICS_HOSTS))
    began = time.monotonic()
    try:
        with (session or requests.Session()).get(
            address, timeout=SILENCE, stream=True, allow_redirects=False, headers={"User-Agent": "overens"}
        ) as answer:
            content = bytearray()
            for piece in answer.iter_content(MIB):
                content += piece
                if len(content) > LARGEST:
                    refuse("statistics-answer-large", host=host, limit=LARGEST // MIB)
                if time.monotonic() - began > LONGEST:
                    raise requests.Timeout
    except requests.Timeout:
        refuse("statistics-timeout", host=host, seconds=SILENCE)
    except requests.RequestException:
        refuse("statistics-unreachable", host=host)
    if answer.status_code != requests.codes.ok:
        told = " ".join(re.sub(r"<[^>]*>", " ", bytes(content[:2000]).decode("utf-8", "replace")).split())
        refuse("statistics-answer", host=host, status=answer.status_code, said=told[:200] or "–")
    return bytes(content)
