# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Registration numbers: an agency's own spelling, found by any other."""

from __future__ import annotations

import unicodedata

from overens.people.models import Mandate, Organisation
from overens.records.models import Registration
from overens.rules.findings import refuse


def search_key(number: str) -> str:
    """Letters and digits only, in upper case: S2019/03899/FS and s 2019-03899 FS are one number."""
    return "".join(c for c in unicodedata.normalize("NFKC", number).upper() if c.isalnum())


def register(subject: str, organisation: Organisation, number: str, mandate: Mandate | None) -> Registration:
    """Give a subject an agency's number; the same number again changes nothing.

    Raises Refused (``registration-empty``) for a number without a letter or digit.
    """
    key = search_key(number)
    if not key:
        refuse("registration-empty", key="number")
    row, _ = Registration.objects.get_or_create(
        subject=subject,
        organisation=organisation,
        search_key=key,
        defaults={"number": number.strip()[:60], "mandate": mandate},
    )
    return row


def of(subject: str) -> list[dict[str, str]]:
    """The numbers that stand on every paper of a subject: a case has its agreement's and its line's too."""
    subjects = [subject]
    if not subject.startswith("agreement/") and subject.count("/") == 2:
        agreement, line, _recipient = subject.split("/")
        subjects = [f"agreement/{agreement}", f"agreement/{agreement}/{line}", subject]
    rows = Registration.objects.filter(subject__in=subjects).select_related("organisation").order_by("pk")
    return [{"organisation": row.organisation.code, "number": row.number} for row in rows]
