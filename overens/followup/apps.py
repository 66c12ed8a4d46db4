# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "overens.followup"

    def ready(self) -> None:
        """Say where papers are sealed how a report is drawn, and who has received it."""
        from overens.followup import drawing, papers
        from overens.records.renditions import DRAWN, Drawn

        DRAWN[papers.KIND] = Drawn(drawing.sealed, drawing.asker_of)
