# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What there is to choose between in a scenario's form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from overens.desks.planner.answering import said
from overens.desks.planner.form import Choices
from overens.desks.saying import language
from overens.followup.fact_subjects import region_names
from overens.people.models import Organisation
from overens.planner import allocations, datasets
from overens.planning.supply import reference
from overens.rules.agreement import Agreement


def known(owner: Organisation, file: Mapping[str, Any]) -> dict[str, Choices]:
    """By the key that takes them: names of the data that ship, the data sets of the organisation, the file's grants."""
    data = reference.data()
    occupations = [(each.code, said(each)) for each in data.occupations]
    groups = [(each.code, said(each)) for each in data.groups]
    titles = dict(datasets.data_sets(owner).values_list("code", "title"))
    titles[datasets.SHIPPED] = said(data)
    grants, agreements = file.get("grant"), allocations.agreements()
    return {
        "regions": list(region_names().items()),
        "occupations": [*groups, *occupations],
        "to": occupations,
        "programme": [(each.code, said(each)) for each in data.programmes],
        "education": [(each.code, said(each)) for each in data.educations],
        "workforce": [(str(code), str(titles[code])) for code in datasets.codes(owner, datasets.STAFF)],
        "need": [(str(code), str(titles[code])) for code in datasets.codes(owner, datasets.NEED)],
        "grant": [
            (str(each["id"]), str(each.get("title", each["id"])))
            for each in (grants if isinstance(grants, list) else ())
            if isinstance(each, dict) and "id" in each
        ],
        "agreement": [(each.id, _short(each)) for each in agreements if each.pots],
        "pot": _pots(agreements),
    }


def _short(agreement: Agreement) -> str:
    return (language() == "en" and agreement.short_title_en) or agreement.short_title


def _pots(agreements: Iterable[Agreement]) -> Choices:
    """Every pot with the agreements that it is in: which of them is meant, the agreement says."""
    titles, within = dict[str, str](), dict[str, list[str]]()
    for agreement in agreements:
        for pot in agreement.pots:
            titles.setdefault(pot.id, said(pot))
            within.setdefault(pot.id, []).append(_short(agreement))
    return [(id, f"{title} ({', '.join(within[id])})") for id, title in titles.items()]


def regions_of(file: Mapping[str, Any]) -> Choices:
    """The regions that a scenario names, with their names."""
    names, regions = region_names(), file.get("regions")
    return [(str(code), names.get(code) or str(code)) for code in (regions if isinstance(regions, list) else ())]
