# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Drafts that a recipient shows: what a state officer reads of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import get_language

from overens.grants import forms as case_forms
from overens.grants.actions import showing
from overens.grants.models import Case
from overens.rules.agreement import said
from overens.rules.forms import stage


@dataclass(frozen=True)
class ShownDraft:
    """A form as it is saved now: its fields in order, (label, value, whether it is a sum)."""

    title: str
    saved_at: dt.datetime
    fields: tuple[tuple[str, str, bool], ...]


def drafts(case: Case) -> list[ShownDraft]:
    language = get_language() or "sv"
    found = []
    for draft in showing.shown(case):
        form = case_forms.form_of(case, draft.document.kind)
        values = case_forms.filled(case, form.id, draft.content).values
        fields = [field for section in form.sections if stage(section) == "writing" for field in section.fields]
        found.append(
            ShownDraft(
                said(form, "title", language),
                draft.saved_at,
                tuple((said(f, "label", language), values.get(f.id, ""), f.type == "sek") for f in fields),
            )
        )
    return found
