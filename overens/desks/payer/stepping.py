# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A step: something that the payer's officer does to a case, on a page that says what follows before it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from overens.desks.asking import AskingForm
from overens.desks.payer.forms import Nothing
from overens.grants.models import Case
from overens.people.models import Person
from overens.records.models import DocumentVersion

# (case, what was typed, the version that the officer had before them, the officer)
Does = Callable[[Case, Mapping[str, Any], DocumentVersion | None, Person], object]


@dataclass(frozen=True)
class Step:
    """``act`` is the process table's name; ``paper`` what is examined (empty where nothing is); ``page`` is where the
    officer comes from and goes back to; ``initial`` is what stands in the form before anything is typed.
    """

    slug: str
    act: str
    paper: str
    title: Promise
    lead: Promise
    label: Promise
    done: Promise
    does: Does
    form: type[AskingForm] = Nothing
    kind: str = "is-primary"
    page: str = "payer-case"
    initial: Callable[[Case], dict[str, Any]] = lambda _case: {}
