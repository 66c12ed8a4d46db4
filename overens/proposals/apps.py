# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "overens.proposals"
