# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Making the portal's grants of what they are made of. Nothing is decided here: what others have decided, printed or
stated is laid beside each other, and what has changed since the last time is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F

from overens.people.models import Organisation
from overens.people.models.organisation import Kind, swedish_sort_key
from overens.portal.models import Change, Grant, GrantShare, Recipient
from overens.portal.models.change import ChangeKind
from overens.portal.sources import Source, all_sources
from overens.records import canonical, clock, locks
from overens.rendering.countymap import county_names
from overens.rules.portal import shipped
from overens.rules.portal.describing import kind_of
from overens.rules.values import NOT_STATED

SHARES = "shares"
BATCH = 5_000


@dataclass
class Published:
    """The codes of the grants that were new, had changed, and are gone; those that were as before are not named."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)


@transaction.atomic
def refresh() -> Published:
    """Every grant as its sources have it now. May be run at any time: what has not changed is not written.

    What is made up for trial (overens/portal/actions/generating.py) is left alone.
    """
    locks.hold("portal")
    recipients = load_recipients()
    kinds = {code: recipient.kind for code, recipient in recipients.items()}
    there = {grant.code: grant for grant in Grant.objects.exclude(certainty="synthetic")}
    done, found = Published(), set()
    for source in all_sources(kinds):
        found.add(source.grant.code)
        _publish(source, there.get(source.grant.code), recipients, done)
    now = clock.now()
    for code in sorted(there.keys() - found):
        if there[code].withdrawn_at is None:
            Grant.objects.filter(pk=there[code].pk).update(withdrawn_at=now, changed_at=now)
            Change.objects.create(grant=there[code], kind=ChangeKind.WITHDRAWN, at=now)
            done.withdrawn.append(code)
    return done


def load_recipients() -> dict[str, Recipient]:
    """Everybody who can get a grant, by code; those that are missing are added, and names follow the organisations'."""
    there = {recipient.code: recipient for recipient in Recipient.objects.all()}
    kinds = {Kind.REGION: "region", Kind.ASSOCIATION: "association", Kind.STRUCTURE: "structure"}
    organisations = Organisation.objects.filter(kind__in=kinds)
    wanted = [
        Recipient(
            code=each.code,
            kind=kinds[Kind(each.kind)],
            name=each.name,
            sort_key=each.sort_key,
            county=each.code[-2:] if each.kind != Kind.ASSOCIATION else "",
            organisation=each,
        )
        for each in organisations
    ]
    wanted += [
        Recipient(
            code=f"KOM-{code}",
            kind="county",
            name=f"Kommunerna i {name}",
            sort_key=swedish_sort_key(name),
            county=code,
        )
        for code, name in county_names().items()
    ]
    wanted += [
        Recipient(
            code=each.code,
            kind="municipality",
            name=each.name,
            sort_key=swedish_sort_key(each.name),
            county=each.county,
        )
        for each in shipped.municipalities()
    ]  # fmt: skip
    new = [each for each in wanted if each.code not in there]
    Recipient.objects.bulk_create(new)
    renamed = [each for each in wanted if each.code in there and there[each.code].name != each.name]
    for each in renamed:
        Recipient.objects.filter(code=each.code).update(name=each.name, sort_key=each.sort_key)
    return there | {each.code: each for each in new}


def _publish(source: Source, before: Grant | None, recipients: dict[str, Recipient], done: Published) -> None:
    """Write a grant and its shares where they are not as before."""
    shares = {code: asdict(share) for code, share in sorted(source.shares.items())}
    content = source.grant.model_dump(mode="json", by_alias=True)
    sha256 = canonical.digest(canonical.canonical({"grant": content, SHARES: shares}))
    if before and before.sha256 == sha256 and before.withdrawn_at is None:
        return
    now = clock.now()
    grant, _ = Grant.objects.update_or_create(
        code=source.grant.code,
        defaults={**columns(source, content), "sha256": sha256, "changed_at": now, "withdrawn_at": None},
        create_defaults={
            **columns(source, content), "code": source.grant.code, "sha256": sha256,
            "published_at": now, "changed_at": now,
        },
    )  # fmt: skip
    what = _differences(before, content, shares) if before else []
    _share_out(grant, source, recipients)
    Change.objects.create(grant=grant, kind=ChangeKind.CHANGED if before else ChangeKind.NEW, what=what, at=now)
    (done.changed if before else done.new).append(grant.code)


def columns(source: Source, content: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a grant that follow from what it is."""
    grant = source.grant
    words = [grant.code, grant.title, grant.title_en, grant.granter, str(grant.number), str(grant.appropriation)]
    words += [text for part in grant.parts for text in (part.title, part.title_en, str(part.earmark), part.earmark_en)]
    return {
        "agreement": grant.agreement or "",
        "title": grant.title,
        "title_en": grant.title_en,
        "sort_key": swedish_sort_key(grant.title),
        "granter": grant.granter,
        "granter_en": grant.granter_en,
        "first_day": grant.first_day,
        "last_day": grant.last_day,
        "years": list(grant.years),
        "frame": grant.frame if isinstance(grant.frame, int) else None,
        "kinds": list(grant.kinds),
        "areas": sorted(grant.all_areas),
        "certainty": grant.certainty,
        "words": " ".join(word for word in words if word and word != NOT_STATED).casefold(),
        "content": content,
    }


def _share_out(grant: Grant, source: Source, recipients: dict[str, Recipient]) -> None:
    """The shares anew. A recipient that nobody has heard of is added under the code that the source gives it."""
    for code in source.shares.keys() - recipients.keys():
        recipients[code] = Recipient.objects.create(
            code=code, kind=kind_of(code), name=code, sort_key=swedish_sort_key(code)
        )
    GrantShare.objects.filter(grant=grant).delete()
    GrantShare.objects.bulk_create(
        [GrantShare(grant=grant, recipient=recipients[code], **asdict(share)) for code, share in source.shares.items()],
        batch_size=BATCH,
    )


def _differences(before: Grant, content: Mapping[str, Any], shares: Mapping[str, Any]) -> list[str]:
    old = (
        GrantShare.objects.filter(grant=before)
        .annotate(code=F("recipient__code"))
        .values("code", "kronor", "how", "through")
    )
    same = {row.pop("code"): row for row in map(dict, old)} == shares
    found = [key for key in content if before.content.get(key) != content[key]]
    return found if same else [*found, SHARES]
