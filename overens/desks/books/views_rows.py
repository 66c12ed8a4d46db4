# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rows behind a sum: cost item → accounts → vouchers → rows; and what no cost item counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, QuerySet, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from overens.books.models import Combination, MappingVersion, Row
from overens.books.reading import Books
from overens.desks.access import ActingRequest, own_case
from overens.desks.asking import whole
from overens.desks.books.shared import crumbs, items, to
from overens.desks.books.views import version_asked
from overens.desks.exports import csv_response
from overens.desks.refusals import Shown, shown
from overens.desks.region.views import recipients_only
from overens.exchange.ore import ore_text
from overens.grants.models import Case
from overens.rules import costing, selecting
from overens.rules.findings import Refused

PAGE = 100
ORDERS = {
    "": ("position",),
    "datum": ("date", "position"),
    "-datum": ("-date", "position"),
    "belopp": ("ore", "position"),
    "-belopp": ("-ore", "position"),
    "konto": ("combination__account", "position"),
    "-konto": ("-combination__account", "position"),
}
LEFT = "inte-med"


@dataclass(frozen=True)
class Asked:
    """What the address asks for. ``post``: number of a cost item from 1, ``LEFT`` or empty (all rows). ``typed``: the
    accounts as text.
    """

    post: str
    typed: str
    accounts: selecting.Codes
    voucher: str
    text: str
    order: str
    wrong: list[Shown]


def _asked(request: ActingRequest) -> Asked:
    get = {name: request.GET.get(name, "").strip() for name in ("post", "konto", "ver", "text", "ordning")}
    wrong: list[Shown] = []
    try:
        accounts = selecting.read(get["konto"], "konto")
    except Refused as refusal:
        accounts, wrong = selecting.Codes(), shown(refusal.findings)
    order = get["ordning"] if get["ordning"] in ORDERS else ""
    return Asked(get["post"], get["konto"], accounts, get["ver"][:60], get["text"][:100], order, wrong)


@require_GET
@recipients_only
def rows(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """Rows of the books, of one cost item or all; narrowed by account, voucher and text; as a page or a file."""
    case = own_case(request, code, agreement, line)
    version = version_asked(request, case)
    if version is None:
        raise Http404
    books, asked = Books.of(version), _asked(request)
    shown_items = items(case, version, books)
    number = whole(asked.post)
    if number is not None and not 1 <= number <= len(shown_items):
        raise Http404
    item = shown_items[number - 1] if number else None
    found = _rows(books, asked, number)
    if request.GET.get("format") == "csv":
        return _file(case, version, books, found)
    page = Paginator(found.order_by(*ORDERS[asked.order]), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "books/rows.html",
        {
            "case": case,
            "crumbs": crumbs(case),
            "version": version,
            "books": books,
            "item": item,
            "asked": asked,
            "left": asked.post == LEFT,
            "page": page,
            "rows": [(row, row.combination, _objects(books, row.combination)) for row in page.object_list],
            "total": found.aggregate(ore=Sum("ore"))["ore"] or 0,
            "accounts": [] if asked.accounts or asked.voucher else _by_account(case, version, books, asked, number),
            "names": books.names,
            "fields": _fields(asked),
            "columns": _columns(asked),
            "filtered": bool(asked.accounts or asked.voucher or asked.text),
        },
    )


def _rows(books: Books, asked: Asked, number: int | None) -> QuerySet[Row]:
    line = number - 1 if number else None
    every = not number and asked.post != LEFT
    found = books.rows(None if every else books.combinations(line)).select_related("combination__ledger_import")
    if asked.accounts:
        held = [code for code in books.names.accounts if code in asked.accounts]
        found = found.filter(combination__account__in=held)
    if asked.voucher:
        found = found.filter(voucher=asked.voucher)
    if asked.text:
        found = found.filter(text__icontains=asked.text)
    return found


def _by_account(
    case: Case, version: MappingVersion, books: Books, asked: Asked, number: int | None
) -> list[dict[str, Any]]:  # fmt: skip
    """What the rows come to account by account, each leading to its own rows."""
    line = number - 1 if number else None
    every = not number and asked.post != LEFT
    sums = [each for each in books.within if every or costing.first_choosing(books.lines, each) == line]
    query = {"version": version.number, "post": asked.post}
    return [
        {
            "account": each.account,
            "name": books.names.accounts.get(each.account, ""),
            "rows": each.rows,
            "ore": each.ore,
            "url": to(case, "books-rows", **query, konto=selecting.quoted(each.account)),
        }
        for each in costing.by_account(sums)
    ]


def _objects(books: Books, combination: Combination) -> list[str]:
    """The objects of a row, each with its dimension's name."""
    return [f"{books.names.dimensions.get(d) or d} {code}" for d, code in sorted(combination.codes.items())]


def _fields(asked: Asked) -> list[dict[str, Any]]:
    return [
        {"name": "konto", "label": _("Konto"), "value": asked.typed, "type": "text"},
        {"name": "ver", "label": _("Verifikation"), "value": asked.voucher, "type": "text"},
        {"name": "text", "label": _("Text"), "value": asked.text, "type": "text"},
    ]


def _columns(asked: Asked) -> list[dict[str, Any]]:
    """The table's columns; those that can be ordered by say how they are, and to which order a press leads."""
    named = (("", _("Verifikation")), ("datum", _("Datum")), ("konto", _("Konto")), ("", _("Objekt")),
             ("", _("Text")), ("belopp", _("Belopp")))  # fmt: skip
    return [
        {
            "label": label,
            "order": f"-{name}" if name and asked.order == name else name,
            "sorted": {name: "ascending", f"-{name}": "descending"}.get(asked.order, "") if name else "",
            "figure": name == "belopp",
        }
        for name, label in named
    ]


def _file(case: Case, version: MappingVersion, books: Books, found: QuerySet[Row]) -> HttpResponse:
    dimensions = sorted(books.names.objects)
    header = [
        _("Verifikation"), _("Datum"), _("Konto"), _("Kontots namn"),
        *(books.names.dimensions.get(d) or d for d in dimensions), _("Text"), _("Belopp"), _("Filens namn"),
        _("Rad i filen"),
    ]  # fmt: skip
    files = {each.pk: each.file.name for each in books.imports}
    lines: Iterator[list[object]] = (
        [
            row.voucher, row.date, row.combination.account, books.names.accounts.get(row.combination.account, ""),
            *(row.combination.codes.get(d, "") for d in dimensions), row.text, ore_text(row.ore).replace(".", ","),
            files[row.combination.ledger_import_id], row.line,
        ]
        for row in found.annotate(import_=F("combination__ledger_import_id")).order_by("position")
    )  # fmt: skip
    return csv_response(f"bokforing-{case.agreement}-{case.recipient.code}-{version.number}", header, lines)


@require_GET
@recipients_only
def left(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """What no cost item counts, by account; all of it, or only what is on a chosen project or cost centre."""
    case = own_case(request, code, agreement, line)
    version = version_asked(request, case)
    if version is None:
        raise Http404
    books = Books.of(version)
    which = request.GET.get("visa", "")
    sums = books.costed.left
    if which == "objekt":
        sums = tuple(costing.on_chosen_objects(books.lines, sums))
    found = [each for each in costing.by_account(sums) if which == "allt" or not costing.is_balance(each.account)]
    return render(
        request,
        "books/left.html",
        {
            "case": case,
            "crumbs": crumbs(case),
            "rows": [
                {
                    "account": each.account,
                    "name": books.names.accounts.get(each.account, ""),
                    "rows": each.rows,
                    "ore": each.ore,
                    "url": to(
                        case, "books-rows", version=version.number, post=LEFT, konto=selecting.quoted(each.account)
                    ),
                }
                for each in found
            ],
            "total": sum(each.ore for each in found),
            "tabs": [
                {"url": to(case, "books-left") + (f"?visa={key}" if key else ""), "label": label,
                 "current": which == key, "count": None}
                for key, label in (
                    ("", _("Resultatkonton")), ("objekt", _("På valda objekt")), ("allt", _("Alla konton")),
                )
            ],
            "which": which,
        },
    )  # fmt: skip
