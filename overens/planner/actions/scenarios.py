# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A scenario kept, changed and shown to others, by somebody who plans for its owner."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils.text import slugify

from overens.followup.actions.authority import mandate_of
from overens.people.models import Mandate, Organisation, Person
from overens.planner.models import SavedScenario, ScenarioLink, ScenarioVersion
from overens.planner.standing import read
from overens.planning.supply.scenario import Scenario
from overens.records import clock, events
from overens.rules.findings import Refused, refuse
from overens.rules.process import Role
from overens.rules.text import unwritable

PLANNERS = (Role.PLANNER,)
# What the address of a scenario that ships is, and those of other pages among them.
TAKEN = ("referens", "nytt")


@transaction.atomic
def create(text: str, owner: Organisation, person: Person) -> SavedScenario:
    """Keep a scenario. Raises Refused: what is to be mended in the file, ``no-mandate``."""
    mandate, at = mandate_of(owner, person, PLANNERS, "create-scenario", ""), clock.now()
    parsed = checked(text, owner)
    scenario = SavedScenario.objects.create(
        owner=owner, code=_free(owner, parsed.id), title=parsed.title[:300], changed_at=at
    )
    _add(scenario, text, mandate, at)
    events.record(scenario.key, "create-scenario", mandate, at=at)
    return scenario


@transaction.atomic
def save(scenario: SavedScenario, text: str, base: int, person: Person) -> ScenarioVersion | None:
    """A new version, written over version ``base``; None where nothing has changed.

    Raises Refused: what is to be mended in the file; ``scenario-changed`` where somebody has saved since;
    ``no-mandate``.
    """
    locked, mandate = _locked(scenario, person, "save-scenario")
    newest = locked.versions.get(number=locked.number)
    if newest.text == text:
        return None
    if base != locked.number:
        refuse("scenario-changed", "text", number=locked.number, who=newest.person.name)
    parsed, at = checked(text, locked.owner), clock.now()
    locked.title, locked.changed_at = parsed.title[:300], at
    version = _add(locked, text, mandate, at)
    events.record(locked.key, "save-scenario", mandate, at=at)
    return version


@transaction.atomic
def restore(version: ScenarioVersion, person: Person) -> ScenarioVersion | None:
    """Let the scenario be as it was in an earlier version: as a new one. Raises Refused as :func:`save`."""
    scenario = SavedScenario.objects.get(pk=version.scenario_id)
    return save(scenario, version.text, scenario.number, person)


@transaction.atomic
def remove(scenario: SavedScenario, person: Person) -> None:
    """List it no longer, and end its addresses; its versions are kept. Raises Refused: ``no-mandate``."""
    locked, mandate = _locked(scenario, person, "remove-scenario")
    if not locked.removed:
        locked.removed = True
        locked.save(update_fields=["removed"])
        locked.links.filter(ended_at=None).update(ended_at=clock.now())
        events.record(locked.key, "remove-scenario", mandate)


@transaction.atomic
def share(scenario: SavedScenario, person: Person) -> str:
    """Make a secret address; returns its token, which is not kept and so told only now.

    Raises Refused: ``no-mandate``.
    """
    locked, mandate = _locked(scenario, person, "share-scenario")
    token = secrets.token_urlsafe(32)
    ScenarioLink.objects.create(scenario=locked, sha256=_hash(token), person=person, made_at=clock.now())
    events.record(locked.key, "share-scenario", mandate)
    return token


@transaction.atomic
def end_sharing(scenario: SavedScenario, person: Person) -> None:
    """No secret address shows it from now on. Raises Refused: ``no-mandate``."""
    locked, mandate = _locked(scenario, person, "end-sharing-scenario")
    if locked.links.filter(ended_at=None).update(ended_at=clock.now()):
        events.record(locked.key, "end-sharing-scenario", mandate)


def shared_at(token: str) -> SavedScenario | None:
    """The scenario of a secret address that is not ended."""
    found = ScenarioLink.objects.filter(sha256=_hash(token), ended_at=None).select_related("scenario__owner").first()
    return found.scenario if found else None


def checked(text: str, owner: Organisation) -> Scenario:
    """What a text says. Raises Refused: what is to be mended in it."""
    if wrong := unwritable({"text": text}):
        raise Refused(*wrong)
    parsed, findings = read(text, owner)
    if parsed is None:
        raise Refused(*findings)
    return parsed


def _add(scenario: SavedScenario, text: str, mandate: Mandate, at: dt.datetime) -> ScenarioVersion:
    scenario.number += 1
    scenario.save()
    return scenario.versions.create(number=scenario.number, text=text, sha256=_hash(text), person=mandate.person, at=at)


def _locked(scenario: SavedScenario, person: Person, act: str) -> tuple[SavedScenario, Mandate]:
    locked = SavedScenario.objects.select_for_update(of=("self",)).select_related("owner").get(pk=scenario.pk)
    return locked, mandate_of(locked.owner, person, PLANNERS, act, "")


def _free(owner: Organisation, id: str) -> str:
    """An address that no scenario of the owner has had."""
    made = slugify(id.replace(".", "-"), allow_unicode=True)[:50] or "scenario"
    used = {*SavedScenario.objects.of(owner).values_list("code", flat=True), *TAKEN}
    return next(code for n in range(1, len(used) + 2) if (code := made if n == 1 else f"{made}-{n}") not in used)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
