# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of a rota about those who work by it, after those where it is laid."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PAGES: tuple[tuple[str, Promise, bool], ...] = (
    ("planner-roster-people", _("Medarbetare"), True),
    ("planner-roster-absence", _("Frånvaro"), True),
    ("planner-roster-carried", _("Vem bär vad"), False),
    ("planner-roster-wall", _("Utskrift"), False),
    ("planner-roster-files", _("Filer"), True),
)
