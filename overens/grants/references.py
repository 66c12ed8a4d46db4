# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The OCR reference of everything that a recipient may pay in: a debt has its own from the moment that it is owed, so
that what comes by itself, before any claim, can be matched; every claim on the debt bears the same.

Its first digit says what it is for, seven digits are the case, and three more the number of an interest claim in it.
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


def debtors(numbers: Iterable[int]) -> dict[int, Case]:
    """The cases whose debts several references are for, by the number that each was made of."""
    keys = {number: str(number)[1:] for number in numbers if str(number)[0] == DEBT and len(str(number)) <= LONGEST}
    cases = Case.objects.with_parties().in_bulk([int(digits) for digits in keys.values() if digits])
    return {number: cases[int(digits)] for number, digits in keys.items() if digits and int(digits) in cases}


def interest_claims(numbers: Iterable[int]) -> dict[int, InterestClaim]:
    """The interest claims that several references are for, by the number that each was made of."""
    keys = {}
    for number in numbers:
        digits = str(number)
        if digits[0] == INTEREST and 4 < len(digits) <= LONGEST:
            keys[number] = (int(digits[1:-3]), int(digits[-3:]))
    claims = InterestClaim.objects.select_related("case__recipient", "case__line").filter(
        case__in={case for case, _ in keys.values()}, number__in={each for _, each in keys.values()}
    )
    found = {(claim.case_id, claim.number): claim for claim in claims} if keys else {}
    return {number: found[key] for number, key in keys.items() if key in found}
