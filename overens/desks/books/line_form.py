# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of one cost item: which rows, which head, a shared cost's key, a private provider.

Rows are chosen by codes as text; beside each text stands a list of what the books hold, with names and sums, from which
codes are added. What was typed and ticked is one text when the form comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from overens.books.reading import Books, object_sums
from overens.desks.books.shared import head_names
from overens.rules import selecting
from overens.rules.costing import Sum, by_account, is_balance
from overens.rules.findings import Refused
from overens.rules.mapping import BASES, TEXTS, Line

# The longest list; what is further down is typed. The largest sums come first.
MOST = 150


@dataclass(frozen=True)
class Choice:
    """A code of the books. ``ore``: what its rows come to, of result accounts; ``taken``: the text holds it already."""

    code: str
    name: str
    ore: int
    taken: bool


@dataclass(frozen=True)
class Chooser:
    """One text of codes with its list. ``name``: of the text's field; ``pick``: of the ticks beside it."""

    name: str
    label: str
    value: str
    error: str
    choices: tuple[Choice, ...]
    left_out: int
    hint: str = ""

    @property
    def pick(self) -> str:
        return f"pick.{self.name}"

    @property
    def id(self) -> str:
        return id_of(self.name)


def id_of(name: str) -> str:
    """An element's id; a dimension may be called something with blanks."""
    return "id_" + "_".join(name.split())


@dataclass
class LineForm:
    """``typed``: text by name, with ``objects``; ``errors``: text by field name."""

    typed: dict[str, Any]
    books: Books
    agreement: str
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def links(self) -> list[tuple[str, str]]:
        """Each error with the id of its field, or with none."""
        return [(id_of(name) if name and name != "based_on" else "", text) for name, text in self.errors.items()]

    @property
    def heads(self) -> list[tuple[str, str]]:
        return [("", _("Välj")), *head_names(self.agreement).items()]

    @property
    def bases(self) -> list[tuple[str, str]]:
        words = {"contract": _("Avtal efter upphandling"), "choice": _("Valfrihetssystem (LOV)")}
        return [("", _("Välj")), *((basis, words[basis]) for basis in BASES)]

    @property
    def choosers(self) -> list[Chooser]:
        """Accounts first, then every dimension that the books have objects in."""
        names = self.books.names
        found = [self._accounts()]
        for dimension in sorted({*names.objects, *self.typed.get("objects", {})}, key=_by_number):
            sums = object_sums(dimension, self.books.within)
            objects = names.objects.get(dimension, {})
            named = {code: objects.get(code, "") for code in {*objects, *sums}}
            label = names.dimensions.get(dimension) or _("Dimension %(number)s") % {"number": dimension}
            text = self.typed.get("objects", {}).get(dimension, "")
            found.append(self._chooser(f"objects.{dimension}", label, text, named, sums))
        return found

    def _accounts(self) -> Chooser:
        """Accounts with what they come to on the objects that are chosen, or on all where none is."""
        objects = {dimension: _read(text) for dimension, text in self.typed.get("objects", {}).items()}
        line = Line("", "", objects={dimension: codes for dimension, codes in objects.items() if codes})
        within = [each for each in self.books.within if not is_balance(each.account)]
        sums = {each.account: each.ore for each in by_account(s for s in within if _chosen(line, s))}
        names = self.books.names.accounts
        named = {code: names.get(code, "") for code in sums}
        hint = _("Beloppen gäller valda projekt och kostnadsställen.") if line.objects else ""
        return self._chooser("accounts", _("Konton"), self.typed.get("accounts", ""), named, sums, hint)

    def _chooser(
        self, name: str, label: str, text: str, named: Mapping[str, str], sums: Mapping[str, int], hint: str = ""
    ) -> Chooser:
        codes = _read(text)
        order = sorted(named, key=lambda code: (-abs(sums.get(code, 0)), code))
        choices = tuple(Choice(code, named[code], sums.get(code, 0), code in codes) for code in order[:MOST])
        shown = tuple(sorted(choices, key=lambda choice: choice.code))
        return Chooser(name, label, text, self.errors.get(name, ""), shown, len(order) - len(choices), hint)

    @property
    def has_key(self) -> bool:
        """The part on the key is unfolded: something stands there."""
        return any(self.typed.get(name) or name in self.errors for name in ("part", "whole", "measure", "why"))

    @property
    def has_provider(self) -> bool:
        names = ("provider", "orgnr", "basis", "stated", "reference", "vat", "secrecy", "file")
        return any(self.typed.get(name) or name in self.errors for name in names)


def _chosen(line: Line, each: Sum) -> bool:
    return line.chooses(each.account, each.objects)


def _read(text: str) -> selecting.Codes:
    try:
        return selecting.read(text)
    except Refused:
        return selecting.Codes()


def _by_number(dimension: str) -> tuple[int, str]:
    return (int(dimension) if dimension.isascii() and dimension.isdigit() else 10**9, dimension)


def typed_of(data: QueryDict) -> dict[str, Any]:
    """What was typed, with what was ticked added to the texts of codes."""
    typed: dict[str, Any] = {name: data.get(name, "") for name in TEXTS}
    typed["accounts"] = _with_ticks(data, "accounts")
    prefix = "objects."
    names = [name.removeprefix("pick.") for name in data if name.removeprefix("pick.").startswith(prefix)]
    typed["objects"] = {name.removeprefix(prefix): _with_ticks(data, name) for name in dict.fromkeys(names)}
    return typed


def _with_ticks(data: QueryDict, name: str) -> str:
    ticked = [selecting.quoted(code) for code in data.getlist(f"pick.{name}") if code]
    return ", ".join([text for text in [data.get(name, "").strip().rstrip(",")] if text] + ticked)
