# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Organisations, persons and what they may do."""

from overens.people.models.mandate import Mandate
from overens.people.models.notice import Notice
from overens.people.models.organisation import Organisation, OrganisationName
from overens.people.models.person import Person

__all__ = ["Mandate", "Notice", "Organisation", "OrganisationName", "Person"]
