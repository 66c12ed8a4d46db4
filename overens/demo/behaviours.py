# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How each recipient behaves in the demo's life of the 2019 agreement: one thing to meet for each."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

# Turned back by the demo's bank: an account with this number is closed. (The check digits are right.)
CLOSED_ACCOUNT = "999-9996"
NEW_ACCOUNT = "191-9000"


@dataclass(frozen=True)
class Behaviour:
    """What a recipient does when. Days are when it acts; shares are parts of the grant (in thousandths).

    ``requisition`` None: never asks. ``report`` None: never reports. ``repay``: day -> share of what is then owed;
    ``says_nothing``: with nothing that tells what the payment is.
    ``interest``: day -> whether the interest on a late repayment is paid, or first claimed.
    ``account``: a giro number that nobody has heard of, asked for instead of its own; ``proofs``: days on which it
    sends a bank's statement for it -> why the officer turns that down ("" when it is accepted).
    """

    name: str
    requisition: dt.date | None = dt.date(2019, 10, 15)
    asked: int = 1000
    account: str = ""
    proofs: Mapping[dt.date, str] = field(default_factory=dict)
    returned: str = ""
    completed: dt.date | None = None
    withdrawn: dt.date | None = None
    proof: dt.date | None = None
    report: dt.date | None = dt.date(2020, 3, 17)
    costs: int = 1000
    alternative: int = 1
    report_returned: str = ""
    report_completed: dt.date | None = None
    repay: Mapping[dt.date, int] = field(default_factory=dict)
    says_nothing: bool = False
    interest: Mapping[dt.date, bool] = field(default_factory=dict)
    clawback: str = ""
    comment: str = ""
    corrected: dt.date | None = None
    corrected_costs: int = 1000


D = dt.date
# One for each of the 21 regions, dealt out by the seed.
REGIONS: tuple[Behaviour, ...] = (
    Behaviour("exact", requisition=D(2019, 9, 30), report=D(2020, 3, 10)),
    Behaviour("overspent", requisition=D(2019, 10, 2), report=D(2020, 3, 12), costs=1034),
    Behaviour("far-overspent", requisition=D(2019, 10, 9), report=D(2020, 3, 19), costs=1260),
    Behaviour(
        "unused-small",
        requisition=D(2019, 10, 11),
        costs=988,
        report=D(2020, 3, 20),
        repay={D(2020, 3, 20): 1000},
        says_nothing=True,
    ),
    Behaviour(
        "unused-large", requisition=D(2019, 10, 14), costs=803, report=D(2020, 3, 24), repay={D(2020, 3, 31): 1000}
    ),
    Behaviour(
        "repays-too-much", requisition=D(2019, 10, 16), costs=951, report=D(2020, 3, 26), repay={D(2020, 3, 30): 1100}
    ),
    Behaviour(
        "forgets-to-repay",
        requisition=D(2019, 10, 18),
        costs=930,
        report=D(2020, 3, 27),
        repay={D(2020, 6, 15): 1000},
        interest={D(2020, 6, 17): False, D(2020, 7, 15): True},
    ),
    Behaviour(
        "repays-in-parts",
        requisition=D(2019, 10, 21),
        costs=890,
        report=D(2020, 3, 30),
        repay={D(2020, 3, 31): 600, D(2020, 4, 29): 1000},
    ),
    Behaviour("too-late", requisition=None, report=None),
    Behaviour(
        "proves-timely-receipt", requisition=D(2019, 12, 12), proof=D(2019, 11, 29), report=D(2020, 3, 25), costs=1002
    ),
    Behaviour(
        "corrects-in-its-favour",
        requisition=D(2019, 10, 23),
        returned="Betalningsreferensen saknar ert ärendenummer.",
        completed=D(2019, 11, 5),
        costs=970,
        repay={D(2020, 3, 31): 1000},
        corrected=D(2020, 6, 9),
    ),
    Behaviour(
        "returned-over-the-day",
        requisition=D(2019, 11, 25),
        returned="Kontaktpersonen har slutat; ange en ny.",
        completed=D(2019, 12, 9),
        report=D(2020, 3, 23),
        costs=1011,
    ),
    Behaviour("asks-for-less", requisition=D(2019, 11, 6), asked=750, costs=1013, report=D(2020, 3, 16)),
    Behaviour(
        "closed-account",
        requisition=D(2019, 11, 8),
        account=CLOSED_ACCOUNT,
        proofs={D(2019, 11, 11): ""},
        completed=D(2019, 11, 27),
    ),
    Behaviour(
        "withdraws-and-asks-again", requisition=D(2019, 10, 4), withdrawn=D(2019, 10, 7), completed=D(2019, 11, 19)
    ),
    Behaviour(
        "alternative-2",
        requisition=D(2019, 11, 11),
        account=NEW_ACCOUNT,
        proofs={D(2019, 11, 14): "Kontohavarens namn syns inte på bilden.", D(2019, 11, 27): ""},
        report=D(2020, 3, 27),
        alternative=2,
        costs=1020,
    ),
    Behaviour(
        "report-returned",
        requisition=D(2019, 11, 13),
        report=D(2020, 3, 18),
        costs=960,
        report_returned="Fördelningsnyckeln för bemanningen behöver förklaras.",
        report_completed=D(2020, 4, 2),
        repay={D(2020, 3, 31): 1000},
    ),
    Behaviour("last-day-late-report", requisition=D(2019, 11, 29), report=D(2020, 4, 20), costs=1005),
    Behaviour(
        "never-reports",
        requisition=D(2019, 11, 15),
        report=None,
        clawback="Ingen ekonomisk berättelse har kommit in trots två påminnelser.",
        repay={D(2020, 8, 3): 1000},
    ),
    Behaviour(
        "comments-on-clawback",
        requisition=D(2019, 11, 18),
        report=D(2020, 5, 28),
        costs=1000,
        clawback="Den ekonomiska berättelsen har inte kommit in i tid.",
        comment="Berättelsen lämnas den 28 maj; förseningen beror på ett byte av ekonomisystem.",
    ),
    Behaviour(
        "corrects-later",
        requisition=D(2019, 11, 20),
        report=D(2020, 3, 13),
        costs=1000,
        corrected=D(2020, 6, 9),
        corrected_costs=940,
        repay={D(2020, 6, 18): 1000},
    ),
)
# SKL answers for two lines; of the municipalities' money one structure hands some back.
SKL = Behaviour(
    "association", requisition=D(2019, 10, 25), report=D(2020, 3, 25), costs=972, repay={D(2020, 3, 27): 1000}
)
CHANNEL = Behaviour(
    "channel", requisition=D(2019, 10, 28), report=D(2020, 3, 26), costs=985, repay={D(2020, 3, 30): 1000}
)


def deal(region_codes: list[str], seed: int) -> dict[str, Behaviour]:
    """Give every region a behaviour; the same seed gives the same ones."""
    shuffled = sorted(region_codes)
    random.Random(seed).shuffle(shuffled)  # noqa: S311  (a demo, not a secret)
    return {code: REGIONS[number % len(REGIONS)] for number, code in enumerate(shuffled)}
