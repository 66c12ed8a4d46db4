# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether what a SIE file holds agrees with itself: counted while it is read, said at its end."""

from __future__ import annotations

from overens.exchange.noting import Notes
from overens.exchange.sie.model import Objects, SieFile, Voucher
from overens.rules.amounts import format_ore

TYPES = ("1", "2", "3", "4")
# Dimensions 1 to 19 are the format's own and need no #DIM (assumed).
RESERVED = frozenset(str(number) for number in range(1, 20))
DEMANDED = ("#FLAGGA", "#FORMAT", "#PROGRAM", "#GEN", "#SIETYP", "#FNAMN")


class Checks:
    def __init__(self, file: SieFile, notes: Notes) -> None:
        self.file, self.notes = file, notes
        self.sums: dict[str, int] = {}
        self.first_rows: dict[str, int] = {}
        self.first_lists: dict[Objects, int] = {}
        self.numbers: dict[tuple[str, str], int] = {}
        self.vouchers = 0

    def voucher(self, voucher: Voucher) -> None:
        self.vouchers += 1
        sums, difference = self.sums, 0
        for row in voucher.rows:
            if row.account not in sums:
                sums[row.account] = 0
                self.first_rows[row.account] = row.line
            if row.kind != "BTRANS":
                sums[row.account] += row.ore
                difference += row.ore
            if row.objects not in self.first_lists:
                self.first_lists[row.objects] = row.line
        if difference:
            self.notes.add(
                "error", "sie-unbalanced", voucher.line, "#VER", voucher=voucher.id, ore=format_ore(difference)
            )
        if not voucher.rows:
            self.notes.add("note", "sie-empty-voucher", voucher.line, "#VER", voucher=voucher.id)
        if voucher.number:
            earlier = self.numbers.setdefault((voucher.series, voucher.number), voucher.line)
            if earlier != voucher.line:
                self.notes.add("error", "sie-duplicate", voucher.line, "#VER", voucher=voucher.id, earlier=earlier)
        elif self.file.years:
            self.notes.add("warning", "sie-unnumbered", voucher.line, "#VER")
        year = self.file.year
        if year and not year[0] <= voucher.date <= year[1]:
            self.notes.add(
                "warning", "sie-outside-year", voucher.line, "#VER", voucher=voucher.id, day=voucher.date.isoformat(),
                first=year[0].isoformat(), last=year[1].isoformat(),
            )  # fmt: skip

    def finish(self, labels: set[str]) -> None:
        """What can be said when all has been read."""
        missing = [label for label in DEMANDED if label not in labels]
        if missing:
            self.notes.add("warning", "sie-missing-labels", labels=missing)
        if self.file.format != "PC8":
            self.notes.add("warning", "sie-format", key="#FORMAT", format=self.file.format)
        if self.file.currency not in ("", "SEK"):
            self.notes.add("error", "sie-currency", key="#VALUTA", currency=self.file.currency)
        if "#KSUMMA" in labels:
            self.notes.add("note", "sie-checksum", key="#KSUMMA")
        self._type(labels)
        self._declared()
        if self.file.type == "4E":
            self._balances()

    def _type(self, labels: set[str]) -> None:
        """Type 4 without a financial year and balances is an import file (assumed; both say 4)."""
        stated = self.file.type if "#SIETYP" in labels else "4"
        if stated not in TYPES:
            self.notes.add("error", "sie-type", key="#SIETYP", type=stated)
        if stated in TYPES[:3] and self.vouchers:
            self.notes.add("warning", "sie-type-vouchers", key="#SIETYP", type=stated, count=self.vouchers)
            stated = "4"
        if stated == "4":
            stated = "4E" if self.file.years or self.file.balances else "4I"
            if not self.vouchers:
                self.notes.add("error", "sie-no-vouchers", key="#VER")
            if stated == "4E" and self.file.year is None:
                self.notes.add("warning", "sie-no-year", key="#RAR")
        self.file.type = stated

    def _declared(self) -> None:
        """Everything that rows use is to have a name; where an import file names nothing at all, nothing is said."""
        if self.file.accounts:
            for account, line in self.first_rows.items():
                if account not in self.file.accounts:
                    self.notes.add("warning", "sie-undeclared-account", line, "#KONTO", account=account)
        said: set[object] = set()
        for pairs, line in self.first_lists.items():
            for pair in pairs:
                dimension, code = pair
                if dimension not in RESERVED and dimension not in self.file.dimensions and dimension not in said:
                    said.add(dimension)
                    self.notes.add("warning", "sie-undeclared-dimension", line, "#DIM", dimension=dimension)
                if self.file.objects and pair not in self.file.objects and pair not in said:
                    said.add(pair)
                    self.notes.add(
                        "warning", "sie-undeclared-object", line, "#OBJEKT", dimension=dimension, number=code
                    )

    def _balances(self) -> None:
        """Opening balance and rows make the closing balance; rows of a result account its result."""
        stated: dict[str, dict[str, int]] = {"IB": {}, "UB": {}, "RES": {}}
        for balance in self.file.balances:
            if balance.year == 0 and balance.label in stated:
                by_account = stated[balance.label]
                by_account[balance.account] = by_account.get(balance.account, 0) + balance.ore
        for account in sorted({*stated["UB"], *stated["RES"]}):
            label = "UB" if account in stated["UB"] else "RES"
            opening = stated["IB"].get(account, 0) if label == "UB" else 0
            found, said = opening + self.sums.get(account, 0), stated[label][account]
            if found != said:
                self.notes.add(
                    "warning", f"sie-balance-{label.lower()}", key=f"#{label} {account}", account=account,
                    opening=format_ore(opening), rows=format_ore(self.sums.get(account, 0)), stated=format_ore(said),
                    difference=format_ore(found - said),
                )  # fmt: skip
