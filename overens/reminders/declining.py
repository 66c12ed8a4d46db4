# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a person does without by e-mail: chosen on a page, or by one click in a letter, without a login."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.core import signing
from django.db import transaction

from overens.people.models import Person
from overens.reminders.models import Declined
from overens.rules.notices import OPTIONAL

SALT = "overens.reminders.declining"


@transaction.atomic
def choose(person: Person, wanted: Collection[str]) -> None:
    """From now on these of the optional kinds are wanted, and no others."""
    declined = [kind for kind in OPTIONAL if kind not in wanted]
    Declined.objects.filter(person=person).exclude(kind__in=declined).delete()
    Declined.objects.bulk_create([Declined(person=person, kind=kind) for kind in declined], ignore_conflicts=True)


def wanted(person: Person) -> list[str]:
    """The optional kinds that a person is told of."""
    declined = set(Declined.objects.filter(person=person).values_list("kind", flat=True))
    return [kind for kind in OPTIONAL if kind not in declined]


def address(person: Person) -> str:
    """Where one click declines everything optional for a person. It gives no other right, and never ends."""
    return f"{settings.OVERENS_URL}/avanmal/{signing.dumps(person.pk, salt=SALT)}/"


def person_of(token: str) -> Person | None:
    """Whose such an address is; None for one that we have not made."""
    try:
        number = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Person.objects.filter(pk=number).first()
