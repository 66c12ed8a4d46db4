# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The lines of a mapping from a recipient's books to its cost items: read from what is typed, and written back.

A line chooses rows of the ledger, by account and by object of any dimension (project, activity, cost centre), and
becomes one cost item under a head of the agreement's form. A shared cost is counted by its *allocation key*: an exact
share, with what it is measured in and why (2019 agreement, Bilaga 2, part 3: a key may be used where one is needed).

A line with a *provider* is the share of a privately run, publicly financed provider, with its own evidence: chosen
from the books like any other, or stated by the provider where it is not in them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from overens.rules import identifiers, selecting
from overens.rules.amounts import AmountError, parse_amount
from overens.rules.findings import Finding, Refused, error
from overens.rules.forms import LONGEST_TITLE
from overens.rules.selecting import Codes
from overens.rules.text import unwritable

# By which right a private provider is financed publicly: a contract, or the act on systems of choice (LOV).
BASES = ("contract", "choice")
# Parts of a line that are one text each, as they are typed and as they are kept.
TEXTS = (
    "head", "title", "accounts", "part", "whole", "measure", "why",
    "provider", "orgnr", "basis", "stated", "reference", "evidence", "vat", "secrecy",
)  # fmt: skip
LONGEST_MEASURE = 100
LONGEST_TEXT = 1000
MOST_LINES = 200
NONE = Codes()


@dataclass(frozen=True)
class Key:
    """``part`` of ``whole``, both counted in ``measure`` ("årsarbetare"); ``why`` explains the choice."""

    part: Fraction
    whole: Fraction
    measure: str
    why: str

    @property
    def share(self) -> Fraction:
        return self.part / self.whole


@dataclass(frozen=True)
class Provider:
    """``orgnr`` in its usual form. ``reference``: where the evidence is kept; ``evidence``: SHA-256 of a file of it,
    or empty. ``vat``: the cost holds VAT that the provider may not deduct. ``secrecy``: what may be a business secret,
    and why (the recipient's own words), or empty.
    """

    name: str
    orgnr: str
    basis: str
    reference: str
    evidence: str
    vat: bool
    secrecy: str


@dataclass(frozen=True)
class Line:
    """One cost item. ``objects``: the codes chosen by dimension; a row must be chosen in every dimension that is named.

    ``stated``: whole kronor that are not in the books, of a provider; then no rows are chosen.
    """

    head: str
    title: str
    accounts: Codes = NONE
    objects: Mapping[str, Codes] = field(default_factory=dict)
    key: Key | None = None
    provider: Provider | None = None
    stated: int | None = None

    @property
    def item(self) -> str:
        """What the cost item is called in the report."""
        who = self.provider
        return f"{self.title}: {who.name} ({who.orgnr})" if who else self.title

    @property
    def explained(self) -> str:
        """What the report says of how the sum came about: the key and why, and a provider's evidence."""
        key, who = self.key, self.provider
        said = [f"{comma(key.part)}/{comma(key.whole)} {key.measure}. {key.why}"] if key else []
        said += [text for text in (who.reference, who.secrecy) if text] if who else []
        return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in said)

    def chooses(self, account: str, objects: Mapping[str, str]) -> bool:
        if self.stated is not None or (self.accounts and account not in self.accounts):
            return False
        return all(objects.get(dimension) in codes for dimension, codes in self.objects.items())


def read_line(raw: Mapping[str, Any], heads: Collection[str]) -> Line:
    """A line from its texts (``TEXTS``) and ``objects``, texts by dimension. heads: ids of the form's cost fields.

    Raises Refused with everything that is wrong, each at the name of its text (or ``objects.<dimension>``).
    """
    text = {name: str(raw.get(name) or "").strip() for name in TEXTS}
    wrong: list[Finding] = list(unwritable({**text, "objects": [dict(raw.get("objects") or {})]}))
    if text["head"] not in heads:
        wrong.append(error("line-head-unknown", "head", head=text["head"], choices=sorted(heads)))
    if not text["title"]:
        wrong.append(error("line-title-missing", "title"))
    wrong += _too_long(text)
    readable = len(wrong)
    accounts = _codes(text["accounts"], "accounts", wrong)
    objects = {
        str(dimension): codes
        for dimension, typed in dict(raw.get("objects") or {}).items()
        if (codes := _codes(str(typed or ""), f"objects.{dimension}", wrong))
    }
    provider = _provider(text, wrong)
    chooses = bool(accounts or objects or len(wrong) > readable)
    stated = _stated(text, provider, chooses, wrong)
    if not (chooses or text["stated"]):
        wrong.append(error("line-chooses-everything", "accounts"))
    key = _key(text, wrong)
    if key and text["stated"]:
        wrong.append(error("line-stated-with-key", "part"))
    if wrong:
        raise Refused(*wrong)
    return Line(text["head"], text["title"], accounts, objects, key, provider, stated)


def _too_long(text: Mapping[str, str]) -> Iterable[Finding]:
    longest = {"title": LONGEST_TITLE // 2, "provider": LONGEST_TITLE // 2 - 20, "measure": LONGEST_MEASURE}
    for name in ("title", "provider", "measure", "why", "reference", "secrecy"):
        most = longest.get(name, LONGEST_TEXT)
        if len(text[name]) > most:
            yield error("field-too-long", name, longest=most, length=len(text[name]))


def _codes(text: str, key: str, wrong: list[Finding]) -> Codes:
    try:
        return selecting.read(text, key)
    except Refused as refusal:
        wrong += refusal.findings
        return Codes()


def _key(text: Mapping[str, str], wrong: list[Finding]) -> Key | None:
    if not (text["part"] or text["whole"] or text["measure"] or text["why"]):
        return None
    before = len(wrong)
    part, whole = (_number(text[name], name, wrong) for name in ("part", "whole"))
    if not text["measure"]:
        wrong.append(error("key-measure-missing", "measure"))
    if not text["why"]:
        wrong.append(error("key-explanation-missing", "why"))
    if part is not None and whole is not None and part > whole:
        wrong.append(error("key-more-than-whole", "part", part=text["part"], whole=text["whole"]))
    if part is None or whole is None or len(wrong) > before:
        return None
    return Key(part, whole, text["measure"], text["why"])


def _number(text: str, key: str, wrong: list[Finding]) -> Fraction | None:
    """A number above nought with at most six decimals, exact."""
    digits = "".join(text.split()).replace(",", ".")
    if re.fullmatch(r"\d{1,15}(\.\d{1,6})?", digits, re.ASCII) and Fraction(digits) > 0:
        return Fraction(digits)
    wrong.append(error("key-number-unreadable", key, raw=text[:40]))
    return None


def _provider(text: Mapping[str, str], wrong: list[Finding]) -> Provider | None:
    told = [name for name in ("orgnr", "basis", "reference", "evidence", "vat", "secrecy") if text[name]]
    if not text["provider"]:
        if told:
            wrong.append(error("provider-name-missing", "provider"))
        return None
    orgnr = ""
    try:
        orgnr = identifiers.organisation_number(text["orgnr"], "orgnr")
    except Refused as refusal:
        wrong += refusal.findings
    if text["basis"] not in BASES:
        wrong.append(error("provider-basis-missing", "basis"))
    if not text["reference"]:
        wrong.append(error("provider-evidence-missing", "reference"))
    return Provider(
        text["provider"], orgnr, text["basis"], text["reference"], text["evidence"], bool(text["vat"]), text["secrecy"]
    )


def _stated(
    text: Mapping[str, str], provider: Provider | None, chooses: bool, wrong: list[Finding]
) -> int | None:  # fmt: skip
    if not text["stated"]:
        return None
    if provider is None:
        wrong.append(error("stated-without-provider", "stated"))
    elif chooses:
        wrong.append(error("stated-and-chosen", "stated"))
    try:
        return parse_amount(text["stated"])
    except AmountError as problem:
        said = {"raw": text["stated"]} if problem.possible is None else {
            "raw": text["stated"], "possible": str(problem.possible)
        }  # fmt: skip
        wrong.append(error(problem.code, "stated", **said))
        return None


def written(line: Line) -> dict[str, Any]:
    """The line as :func:`read_line` reads it, in normal form."""
    text = dict.fromkeys(TEXTS, "")
    text |= {"head": line.head, "title": line.title, "accounts": str(line.accounts)}
    if line.stated is not None:
        text["stated"] = str(line.stated)
    if key := line.key:
        text |= {"part": decimal(key.part), "whole": decimal(key.whole), "measure": key.measure, "why": key.why}
    if who := line.provider:
        text |= {
            "provider": who.name, "orgnr": who.orgnr, "basis": who.basis, "reference": who.reference,
            "evidence": who.evidence, "vat": "yes" if who.vat else "", "secrecy": who.secrecy,
        }  # fmt: skip
    return {**text, "objects": {dimension: str(codes) for dimension, codes in sorted(line.objects.items())}}


def comma(number: Fraction) -> str:
    """A number as it is written in Swedish."""
    return decimal(number).replace(".", ",")


def decimal(number: Fraction) -> str:
    """``Fraction(69, 2)`` → "34.5", exact for what has at most six decimals."""
    whole, rest = divmod(int(number * 10**6), 10**6)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".") if rest else str(whole)
