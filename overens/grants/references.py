# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The OCR reference of everything that a recipient may pay in: a debt has its own from the moment that it is owed, so
that what comes by itself, before any claim, can be matched; every claim on the debt bears the same.

Its first digit says what it is for, seven digits are the case, and three more the number of an interest claim in it.
claim.
"""

from __future__ import annotations

from collections.abc import Iterable

from overens.grants.models import Case, InterestClaim
from overens.rules import ocr

DEBT, INTEREST = "1", "2"
# Longer numbers than these are no row's.
LONGEST = 18


def of_debt(case: Case) -> str:
    return ocr.make(int(f"{DEBT}{case.pk:07d}"))


def of_interest(case: Case, number: int) -> str:
    """The reference of an interest claim by its number within the case."""
    return ocr.make(int(f"{INTEREST}{case.pk:07d}{number:03d}"))


def debtor(text: str) -> Case | None:
    """The case whose debt a reference is for."""
    digits = _digits(DEBT, text)
    return Case.objects.with_parties().filter(pk=int(digits)).first() if digits else None


def debtors(numbers: Iterable[int]) -> dict[int, Case]:
    """The cases whose debts several references are for, by the number that each was made of."""
    keys = {number: str(number)[1:] for number in numbers if str(number)[0] == DEBT and len(str(number)) <= LONGEST}
    cases = Case.objects.with_parties().in_bulk([int(digits) for digits in keys.values() if digits])
    return {number: cases[int(digits)] for number, digits in keys.items() if digits and int(digits) in cases}


def interest_claim(text: str) -> InterestClaim | None:
    """The interest claim that a reference is for."""
    digits = _digits(INTEREST, text)
    if len(digits) <= 3:
        return None
    return InterestClaim.objects.select_related("case").filter(case=int(digits[:-3]), number=int(digits[-3:])).first()


def _digits(what: str, text: str) -> str:
    """What stands after the first digit; nothing for no reference, or one for something else."""
    digits = str(ocr.number_of(text) or "")
    return digits[1:] if digits[:1] == what and len(digits) <= LONGEST else ""
