# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ministry's papers as files."""

from collections.abc import Collection

from django.urls import reverse

from overens.desks.downloads import Download, all_offered
from overens.records.models import DocumentVersion


def files_of(versions: Collection[DocumentVersion]) -> dict[int, Download]:
    """By version id what there is of papers; the ministry gets no file that somebody else sent in."""
    return all_offered(versions, _address)


def _address(version: DocumentVersion, page: str) -> str:
    return "" if page == "evidence" else reverse(f"ministry-paper-{page}", args=[version.pk])
