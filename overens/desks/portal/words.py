# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the portal's kinds and degrees are called on its pages, and where things are."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from overens.portal.models import Grant, Recipient
from overens.rules.portal import shipped

KINDS: dict[str, Promise] = {
    "region": _("Regioner"),
    "municipality": _("Kommuner"),
    "association": _("SKR"),
    "structure": _("Samverkansstrukturer"),
    "county": _("Kommunerna i ett län tillsammans"),
}
# A short word for the list, how a pill looks, and what it means.
CERTAINTIES: dict[str, tuple[Promise, str, Promise]] = {
    "as-signed": (
        _("Som undertecknat"),
        "good",
        _("Överenskommelsen finns här, undertecknad och godkänd av regeringen."),
    ),
    "printed": (_("Som tryckt"), "neutral", _("En tryckt tabell eller text har lästs i sin helhet.")),
    "stated": (
        _("Uppgift på en sida"),
        "neutral",
        _("En part eller myndighet säger det på en sida. Överenskommelsen har inte lästs."),
    ),
    "read-in-copy": (
        _("Läst i avskrift"),
        "warn",
        _("Läst i en avskrift eller sparad kopia som slutar för tidigt. Det som saknas är inte känt."),
    ),
    "calculated": (_("Egen beräkning"), "warn", _("Något av beloppen är vår egen beräkning ur andra uppgifter.")),
    "not-approved": (
        _("Inte godkänd än"),
        "warn",
        _("Parterna är överens, men regeringen har inte godkänt överenskommelsen här."),
    ),
    "synthetic": (_("Påhittat"), "bad", _("Påhittat för prov. Det är inget riktigt bidrag.")),
}
HOWS: dict[str, Promise] = {
    "decided": _("beslutat"),
    "printed": _("tryckt"),
    "computed": _("beräknat efter nyckeln"),
    "partly": _("en del är inte känd"),
    "not-known": _("inte känt"),
}
CHANGES: dict[str, Promise] = {
    "new": _("Nytt bidrag"),
    "changed": _("Ändrat bidrag"),
    "withdrawn": _("Uppgiften har tagits bort"),
}
# The keys of a grant, as what has changed in it.
WHAT: dict[str, Promise] = {
    "title": _("namnet"),
    "granter": _("vem som ger"),
    "from": _("perioden"),
    "to": _("perioden"),
    "decided_on": _("beslutsdagen"),
    "number": _("diarienumret"),
    "frame": _("ramen"),
    "kinds": _("vem som kan få"),
    "appropriation": _("anslaget"),
    "areas": _("områdena"),
    "part": _("delarna"),
    "duty": _("det som ska göras"),
    "fact": _("det som efterfrågas"),
    "certainty": _("hur säkert det är"),
    "shares": _("fördelningen"),
}
LEVELS: dict[str, Promise] = {"recipient": _("för hela mottagaren"), "area": _("för varje område")}
BY: dict[str, Promise] = {"sex": _("kön"), "term": _("termin"), "speciality": _("specialitet")}
# The part of the address that a recipient's pages stand under.
SORTS = {"region": "region", "municipality": "kommun"}
OTHER = "mottagare"


def sort_of(recipient: Recipient) -> str:
    return SORTS.get(recipient.kind, OTHER)


def address(recipient: Recipient, name: str = "portal-recipient") -> str:
    return reverse(name, args=[sort_of(recipient), recipient.code])


def grant_address(grant: Grant) -> str:
    return reverse("portal-grant", args=[grant.code])


def area_titles() -> dict[str, str]:
    return dict(shipped.codebook().titles(get_language() or "sv"))


def what_changed(keys: list[str]) -> str:
    """The changed keys in words, each once; what has no word of its own (sources, notes) is left out."""
    return ", ".join(dict.fromkeys(str(WHAT[key]) for key in keys if key in WHAT))


def said(thing: Any, name: str) -> str:
    """A text of a grant in the page's language."""
    return str((get_language() == "en" and getattr(thing, f"{name}_en")) or getattr(thing, name))
