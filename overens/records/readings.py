# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An officer reads what another organisation sent in: the only thing that a page writes when it is opened."""

from overens.people.models import Mandate
from overens.records import clock
from overens.records.models import Reading


def note(subject: str, what: str, mandate: Mandate) -> None:
    """``what`` is the page's route name: which kind of page was opened."""
    Reading.objects.create(subject=subject, what=what, person_id=mandate.person_id, mandate=mandate, at=clock.now())
