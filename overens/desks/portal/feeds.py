# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""New and changed grants as Atom, for whoever wants to be told by a program of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from overens.desks.portal import words
from overens.desks.portal.views_recipient import recipient_at
from overens.portal import reading
from overens.portal.models import Change, Recipient

AT_MOST = 50


class Changes(Feed[Change, Recipient | None]):
    """The latest of all grants."""

    feed_type = Atom1Feed

    def title(self, _recipient: Recipient | None = None) -> str:
        return _("Nya och ändrade statsbidrag")

    def subtitle(self, _recipient: Recipient | None = None) -> str:
        return _("Vad som är nytt eller annorlunda bland bidragen till regioner och kommuner.")

    def link(self, _recipient: Recipient | None = None) -> str:
        return reverse("portal-news")

    def items(self, recipient: Recipient | None = None) -> Iterable[Change]:
        return reading.changes(recipient)[:AT_MOST]

    def item_title(self, item: Change) -> str:
        return f"{words.CHANGES[item.kind]}: {words.said(item.grant, 'title')}"

    def item_description(self, item: Change) -> str:
        return words.what_changed(item.what)

    def item_link(self, item: Change) -> str:
        return words.grant_address(item.grant)

    def item_guid(self, item: Change) -> str:
        return f"urn:overens:portal:change:{item.pk}"

    def item_updateddate(self, item: Change) -> dt.datetime:
        return item.at

    item_pubdate = item_updateddate


class ChangesOf(Changes):
    """The latest of the grants that a recipient has a part of."""

    def get_object(self, request: HttpRequest, sort: str, code: str) -> Recipient:
        return recipient_at(sort, code)

    def title(self, recipient: Recipient | None = None) -> str:
        return _("Nya och ändrade statsbidrag: %(name)s") % {"name": recipient.name if recipient else ""}

    def link(self, recipient: Recipient | None = None) -> str:
        return words.address(recipient) if recipient else reverse("portal-news")
