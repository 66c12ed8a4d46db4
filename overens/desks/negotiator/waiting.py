# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits for a party's signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from overens.agreements.models import AgreementVersion
from overens.agreements.standing import organisation_of, standing_of, waiting_version
from overens.people.models import Organisation


@dataclass(frozen=True)
class ToSign:
    url: str
    title: str
    text: str


def to_sign(organisation: Organisation) -> Iterator[ToSign]:
    """The versions that an organisation is to sign as a party."""
    for code in AgreementVersion.objects.filter(signed_here=True).order_by().values_list("code", flat=True).distinct():
        version = waiting_version(code)
        if version is None:
            continue
        standing = standing_of(version)
        if standing.state == "to-sign" and any(organisation_of(each) == organisation for each in standing.missing):
            yield ToSign(
                reverse("negotiator-version", args=[code, version.number]),
                _("Skriv under överenskommelse %(code)s, version %(number)s")
                % {"code": code, "number": version.number},
                version.title,
            )
