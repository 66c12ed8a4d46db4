# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""SIE 1 to 4, read in one pass: what real exports hold, and what they get wrong, by line.

Sources: the presentation of the format's five variants and of its revision of 2008 at sie.se (read); fields and their
order as common implementations and published example files have them (assumed to be those of edition 4B; its text was
not at hand). What is an error and what a warning is ours: an error means that sums out of the file cannot be trusted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from overens.exchange.encoding import DOS, Encoding, detect, lines
from overens.exchange.noting import Notes
from overens.exchange.ore import parse_ore
from overens.exchange.sie.checking import Checks
from overens.exchange.sie.fields import ROW, Braces, date, objects, split
from overens.exchange.sie.model import Objects, Row, SieFile, Voucher
from overens.exchange.sie.records import KNOWN, mended, record
from overens.rules.amounts import format_ore

# A region's year is some 100 MB. What is larger is refused before it is read.
LARGEST = 1 << 30
CTRL_Z = "\x1a"
# How much of a line that cannot be read is shown.
SHOWN = 80
# A sum with blanks between its groups is several fields, and the fields after it are not where they should be.
SPACED = re.compile(r"\}\s+-?\d{1,3}(\s\d{3})+([.,]\d\d?)?(\s|$)")
# What a sum is multiplied by to be öre, by how many decimals it has.
CENTS = (100, 10, 1)
ROWS = ("#TRANS", "#RTRANS", "#BTRANS")


def read(content: bytes, name: str = "") -> SieFile:
    """The whole file. What is wrong with it is in ``findings``; with an error among them it is not to be used."""
    file = stream(content, name)
    file.vouchers = list(file.vouchers)
    return file


def stream(content: bytes, name: str = "") -> SieFile:
    """The same with one voucher at a time in memory: ``vouchers`` can be gone through once, and reads as it goes."""
    file = SieFile()
    file.vouchers = _Reading(content, name, file).vouchers()
    return file


class _Reading:
    """Where a pass over the lines has come to."""

    def __init__(self, content: bytes, name: str, file: SieFile) -> None:
        self.content, self.file = content, file
        self.notes = Notes(name)
        self.checks = Checks(file, self.notes)
        self.labels: set[str] = set()
        self.line = 0
        self.voucher: Voucher | None = None
        self.repeated: Row | None = None
        self.dates: dict[str | None, dt.date | None] = {None: None, '""': None}
        self.lists: dict[str, Objects] = {}

    def vouchers(self) -> Iterator[Voucher]:
        encoding = self._encoding()
        if encoding is not None:
            yield from self._lines(encoding)
            if self.voucher is not None:
                self.notes.add("error", "sie-cut-off", self.line, "#VER", start=self.voucher.line)
                yield self._close()
            self.checks.finish(self.labels)
        self.file.findings = self.notes.findings

    def _encoding(self) -> Encoding | None:
        """The alphabet of the file; None where it is no text. Line endings become of one kind."""
        if len(self.content) > LARGEST:
            self.notes.add("error", "ledger-too-large", size=len(self.content) >> 20, largest=LARGEST >> 20)
            return None
        if b"\0" in self.content[:4096] or not self.content.strip():
            self.notes.add("error", "ledger-not-text")
            return None
        if self.content.count(b"\r") != self.content.count(b"\r\n"):
            self.notes.add("note", "sie-line-endings")
            self.content = self.content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        encoding = detect(self.content, DOS)
        self.file.encoding = encoding.codec
        if encoding.codec not in (DOS, "ascii"):
            self.notes.add(
                "warning", "sie-encoding", encoding.line, encoding=encoding.name,
                read=encoding.as_read(), otherwise=encoding.as_read(DOS),
            )  # fmt: skip
        if encoding.mixed is not None:
            self.notes.add("warning", "ledger-encoding-mixed", encoding.mixed, encoding=encoding.name)
        return encoding

    def _lines(self, encoding: Encoding) -> Iterator[Voucher]:
        """Rows of the usual form are the mass of a file, and go a short way of their own."""
        match, dates, lists = ROW.fullmatch, self.dates, self.lists
        for number, text in enumerate(lines(self.content, encoding), 1):
            self.line = number
            if self.voucher is None or (found := match(text)) is None:
                yield from self._line(text)
                continue
            kind, account, inner, kronor, cents, day, quoted, bare, quantity, by_quoted, by_bare = found.groups()
            row = Row(
                account if account[0] != '"' else account[1:-1],
                int(kronor + (cents or "")) * CENTS[len(cents or "")],
                lists[inner] if inner in lists else self._objects(inner),
                dates[day] if day in dates else self._date(day),
                quoted or bare or "",
                quantity if quantity and quantity != '""' else "",
                by_quoted or by_bare or "",
                kind,
                number,
            )
            if kind == "TRANS" and self.repeated is None:
                self.voucher.rows.append(row)
            else:
                self._row(row)

    def _line(self, text: str) -> Iterator[Voucher]:
        """Any other line. Yields a voucher when it ends."""
        if CTRL_Z in text:
            self.notes.add("note", "sie-ctrl-z", self.line)
            text = text.replace(CTRL_Z, " ")
        if "\ufffd" in text:
            self.notes.add("error", "ledger-undecodable", self.line, shown=text.strip()[:SHOWN])
        fields, unclosed = split(text)
        if not fields:
            return
        label = fields[0].upper()
        if unclosed:
            self.notes.add("warning", "sie-unclosed-quote", self.line, label, shown=text.strip()[:SHOWN])
        if label in ROWS:
            self._long_row(label, fields[1:], text)
        elif label == "}":
            if self.voucher is None:
                self.notes.add("error", "sie-stray-brace", self.line)
            else:
                yield self._close()
        elif label.startswith("#"):
            if self.voucher is not None:
                self.notes.add("error", "sie-voucher-not-closed", self.line, label, start=self.voucher.line)
                yield self._close()
            self._record(label, fields[1:], text)
        elif label != "{":
            self.notes.add("error", "sie-no-label", self.line, shown=text.strip()[:SHOWN])

    def _record(self, label: str, fields: list[str], text: str) -> None:
        self.labels.add(label)
        if label not in KNOWN:
            self.notes.add("note", "sie-unknown-label", self.line, label)
            return
        fields, without_quotes = mended(label, fields)
        if without_quotes:
            self.notes.add("warning", "sie-missing-quotes", self.line, label, shown=text.strip()[:SHOWN])
        try:
            if label == "#VER":
                self._start(*fields)
            else:
                record(self.file, label, fields, self._amount)
        except (ValueError, IndexError, TypeError):
            self.notes.add("error", "sie-unreadable", self.line, label, shown=text.strip()[:SHOWN])

    def _start(self, series: str, number: str, day: str, text: str = "", registered: str = "", sign: str = "") -> None:
        at = date(day)
        if at is None:
            raise ValueError(day)
        self.voucher = Voucher(series, number, at, text, date(registered), sign, [], self.line)

    def _close(self) -> Voucher:
        voucher, self.voucher = self.voucher, None
        assert voucher is not None
        if self.repeated is not None:
            self.notes.add("warning", "sie-rtrans-alone", self.repeated.line, "#RTRANS")
            self.repeated = None
        self.checks.voucher(voucher)
        return voucher

    def _long_row(self, label: str, fields: list[str], text: str) -> None:
        if self.voucher is None:
            self.notes.add("error", "sie-row-outside", self.line, label, shown=text.strip()[:SHOWN])
            return
        if SPACED.search(text):
            self.notes.add("error", "sie-amount-spaces", self.line, label, shown=text.strip()[:SHOWN])
            return
        fields, without_quotes = mended(label, fields)
        if without_quotes:
            self.notes.add("warning", "sie-missing-quotes", self.line, label, shown=text.strip()[:SHOWN])
        try:
            account, inner, amount, day, words, quantity, sign = (*fields, "", "", "", "")[:7]
            if not isinstance(inner, Braces):
                raise ValueError(inner)
            row = Row(
                account, self._amount(amount), objects(inner), date(day), words, quantity, sign, label[1:], self.line
            )
        except ValueError:
            self.notes.add("error", "sie-unreadable", self.line, label, shown=text.strip()[:SHOWN])
        else:
            self._row(row)

    def _row(self, row: Row) -> None:
        """Programs that do not know #RTRANS read the same row once more as #TRANS; that one is passed over."""
        assert self.voucher is not None
        if self.repeated is not None:
            added, self.repeated = self.repeated, None
            if replace(added, kind="TRANS") == row:
                return
            self.notes.add("warning", "sie-rtrans-alone", added.line, "#RTRANS")
        if row.kind == "RTRANS":
            self.repeated = row
        self.voucher.rows.append(row)

    def _objects(self, inner: str) -> Objects:
        try:
            pairs = objects(inner)
        except ValueError:
            pairs = ()
            self.notes.add("error", "sie-objects", self.line, shown=inner[:SHOWN])
        self.lists[inner] = pairs
        return pairs

    def _date(self, text: str) -> dt.date | None:
        try:
            day = date(text.strip('"'))
        except ValueError:
            day = None
            self.notes.add("error", "sie-date", self.line, shown=text[:SHOWN])
        self.dates[text] = day
        return day

    def _amount(self, raw: str) -> int:
        """Öre. By the format a point and no spaces; a comma and groups are read, and said. Raises ValueError."""
        try:
            return parse_ore(raw, ".", grouping="")
        except ValueError:
            pass
        ore = _either(raw)
        self.notes.add("warning", "sie-amount-form", self.line, raw=raw[:SHOWN], read=format_ore(ore))
        return ore


def _either(raw: str) -> int:
    try:
        return parse_ore(raw, ",")
    except ValueError:
        return parse_ore(raw, ".")
