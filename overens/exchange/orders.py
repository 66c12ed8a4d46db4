# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the payer asks its bank to pay, whatever the file looks like: payments, payer, how a bank wants them written."""

from __future__ import annotations

import datetime as dt
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, model_validator

from overens.reference import banks
from overens.rules.deadlines import next_working_day
from overens.rules.findings import Finding, Refused, Where, error, refuse
from overens.rules.values import Table

# A file of ISO 20022, or the list that people type from where there is no file to the bank.
Format = Literal["pain.001.001.03", "pain.001.001.09", "payment-list"]
BANKGIRO, PLUSGIRO = "bankgiro", "plusgiro"


@dataclass(frozen=True, slots=True)
class Transfer:
    """One payment. ``id`` is ours and comes back from the bank (at most 35 characters); ``giro`` as people write it
    (``5050-1055``, ``4 12 34-5``); ``reference`` is read by the payee and may be empty.
    """

    id: str
    payee: str
    giro: str
    kronor: int
    reference: str


@dataclass(frozen=True)
class Order:
    """What one file asks for. ``message_id``: at most 35 characters, never used twice. ``created_at``: aware, whole
    seconds. ``execute_on``: a Swedish banking day; None while nobody has released it, for only the release decides it.
    """

    message_id: str
    created_at: dt.datetime
    execute_on: dt.date | None
    payer: Payer | None
    transfers: tuple[Transfer, ...]

    @property
    def kronor(self) -> int:
        return sum(transfer.kronor for transfer in self.transfers)


class Account(Table):
    """How an account is pointed out. ``scheme``: a code of ISO's list (``BBAN``); ``proprietary``: a name that banks
    have agreed on (``BGNR``); one of them. ``clearing_system`` and ``member`` in it: who keeps the account.
    """

    scheme: str = Field(default="", max_length=4)
    proprietary: str = Field(default="", max_length=35)
    clearing_system: str = Field(default="", max_length=5)
    member: str = Field(default="", min_length=0, max_length=35)

    @model_validator(mode="after")
    def _one_scheme(self) -> Account:
        if bool(self.scheme) == bool(self.proprietary):
            raise ValueError("give scheme or proprietary, one of them")
        return self


class Letters(Table):
    """What a text may hold: the characters beside letters A–Z and digits, and how long it may be."""

    characters: str
    payee: int = Field(ge=10, le=70)
    reference: int = Field(ge=10, le=140)


class Profile(Table):
    """How one bank wants its files (``overens/reference/banks/*.toml``). ``most``: payments in one file.

    ``days_ahead``: banking days from the release to the day on which the bank pays.
    """

    title: str
    source: str
    format: Format
    most: int = Field(ge=1, le=100_000)
    days_ahead: int = Field(default=1, ge=0, le=10)
    service_level: str = Field(default="", max_length=4)
    category_purpose: str = Field(default="", max_length=4)
    batch_booking: bool = True
    letters: Letters
    bankgiro: Account | None = None
    plusgiro: Account | None = None

    @model_validator(mode="after")
    def _accounts(self) -> Profile:
        if self.format != "payment-list" and not (self.bankgiro and self.plusgiro):
            raise ValueError("a file of ISO 20022 needs the tables bankgiro and plusgiro")
        return self

    def execution_day(self, today: dt.date) -> dt.date:
        """The banking day on which payments released today are asked to be made. Assumed: a banking day is a working
        day, the eves of Midsummer, Christmas and New Year not among them.
        """
        day = next_working_day(today)
        for _ in range(self.days_ahead):
            day = next_working_day(day + dt.timedelta(days=1))
        return day


class Payer(Table):
    """Who pays, from which account: an IBAN, or a number with the scheme that says what it is. ``bic``: of its bank."""

    name: str = Field(min_length=1, max_length=70)
    orgnr: str = Field(pattern=r"^\d{6}-\d{4}$")
    bic: str = Field(pattern=r"^[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?$")
    iban: str = Field(default="", pattern=r"^(SE\d{22})?$")
    number: str = Field(default="", pattern=r"^\d{0,34}$")
    scheme: str = Field(default="", max_length=4)
    proprietary: str = Field(default="", max_length=35)

    @model_validator(mode="after")
    def _one_account(self) -> Payer:
        if bool(self.iban) == bool(self.number) or bool(self.number) != (bool(self.scheme) != bool(self.proprietary)):
            raise ValueError("give iban, or number with scheme or proprietary")
        if self.iban and int(self.iban[4:] + "2814" + self.iban[2:4]) % 97 != 1:
            raise ValueError("the check digits of the iban are wrong")
        return self


class Settings(Table):
    """The payer's own file (``OVERENS_BANK``): its bank's profile and, where that writes to a bank, its account."""

    profile: str
    payer: Payer | None = None


# Where nothing is configured, what was released is paid by hand.
BY_HAND = Settings(profile="payment-list")


def profiles() -> tuple[str, ...]:
    """The names of the profiles that come with Överens."""
    return banks.names()


@cache
def profile(name: str) -> Profile:
    """A shipped profile. Raises Refused (``bank-profile-unknown``)."""
    if name not in profiles():
        refuse("bank-profile-unknown", name=name, known=list(profiles()))
    return Profile.model_validate(tomllib.loads(banks.text(name)))


def settings(path: Path) -> Settings:
    """The payer's file. Raises Refused: ``bank-settings-unreadable``, ``bank-settings-wrong`` at each key,
    ``bank-profile-unknown``.
    """
    file = str(path)
    try:
        found = Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        refuse("bank-settings-unreadable", file=file, problem=str(problem)[:200])
    except ValidationError as problem:
        raise Refused(*(_wrong(file, each["loc"], each["msg"]) for each in problem.errors())) from None
    if profile(found.profile).format != BY_HAND.profile and found.payer is None:
        raise Refused(_wrong(file, ("payer",), "missing"))
    return found


def _wrong(file: str, loc: Sequence[str | int], problem: str) -> Finding:
    key = ".".join(map(str, loc))
    values = {"file": file, "key": key, "problem": problem.removeprefix("Value error, ")}
    return Finding("bank-settings-wrong", "error", values, Where(file, key=key))


# Letters that a bank has no place for and that Unicode does not take apart.
OTHER_LETTERS = str.maketrans(
    {"æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "Ł": "L",
     "&": "+", "–": "-", "—": "-", "’": "'", "”": "'", "“": "'"}
)  # fmt: skip


def fitted(text: str, letters: Letters, limit: int) -> str:
    """A text as the bank can take it: accents taken away where it knows none, the rest a full stop, cut at the limit.

    Nobody is to be surprised by it: whoever shows a payment shows this text, and says where it differs.
    """
    known = frozenset(letters.characters)
    written = []
    for letter in unicodedata.normalize("NFC", text):
        if _is_plain(letter) or letter in known or letter.isspace():
            written.append(letter)
            continue
        bare = unicodedata.normalize("NFKD", letter.translate(OTHER_LETTERS))
        kept = "".join(c for c in bare if _is_plain(c) or c in known)
        written.append(kept or ("" if unicodedata.combining(letter) else "."))
    return " ".join("".join(written).split())[:limit].strip()


def _is_plain(letter: str) -> bool:
    return letter.isascii() and (letter.isalnum() or letter == " ")


def kind_of(giro: str) -> str:
    """Whether a giro number, as people write it, is a bankgiro or a plusgiro: by where its hyphen stands."""
    return BANKGIRO if giro[-5:-4] == "-" else PLUSGIRO


def digits_of(giro: str) -> str:
    """The number without hyphen and spaces, as files carry it."""
    return "".join(c for c in giro if c.isdigit())


def parts(transfers: Sequence[Transfer], most: int) -> list[tuple[Transfer, ...]]:
    """The payments in files of at most so many, in their order."""
    return [tuple(transfers[start : start + most]) for start in range(0, len(transfers), most)]


def wrong(transfer: Transfer, letters: Letters) -> list[Finding]:
    """What a bank would turn a payment back for: ``payment-text-unfit``, ``payment-nothing``, ``payment-id-unfit``."""
    found = []
    for key, text, limit in (
        ("payee", transfer.payee, letters.payee),
        ("reference", transfer.reference, letters.reference),
    ):
        if fitted(text, letters, limit) != text or (key == "payee" and not text):
            found.append(error("payment-text-unfit", key, payment=transfer.id, text=text))
    if transfer.kronor <= 0:
        found.append(error("payment-nothing", "kronor", payment=transfer.id, kronor=transfer.kronor))
    if not (0 < len(transfer.id) <= 35 and all((_is_plain(c) and c != " ") or c == "-" for c in transfer.id)):
        found.append(error("payment-id-unfit", "id", payment=transfer.id))
    return found
