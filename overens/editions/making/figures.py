# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The figures there are, by the name that a text calls them by."""

from __future__ import annotations

from overens.editions.making import figures_counts, figures_done, figures_money, figures_rates, figures_who
from overens.editions.making.common import maker
from overens.editions.making.maker import Maker

YEAR, YEARS = "2017", "2016-2019"
SUBJECT = "training-posts | study-pay | …"

FIGURES: dict[str, Maker] = {
    "introduction": maker(
        figures_done.introduction,
        {
            "sv": "Hur många som erbjuder yrkesintroduktion till alla, vissa eller inga.",
            "en": "How many offer introduction to all, some or no new graduates.",
        },
        {"years": YEARS},
    ),
    "posts-and-pay": maker(
        figures_counts.posts_and_pay,
        {
            "sv": "Utbildningstjänster och studielön per år, och hur mycket som kan knytas till en region.",
            "en": "Training posts and study pay by year, and how much is tied to a region.",
        },
        {"years": YEARS},
    ),
    "transition": maker(
        figures_counts.transition,
        {
            "sv": "Övergången från studielön till utbildningstjänst: andelar per år, eller per region.",
            "en": "From study pay to training posts: shares by year, or by region.",
        },
        {"by": "nation | region", "years": YEARS, "year": YEAR},
    ),
    "trend": maker(
        figures_counts.trend,
        {
            "sv": "Landets antal som linjer över åren, med ändrade definitioner som brott.",
            "en": "The country's numbers as lines over the years, changed definitions as breaks.",
        },
        {"subject": SUBJECT, "years": YEARS},
    ),
    "paths": maker(
        figures_rates.paths,
        {
            "sv": "Varje regions väg över åren som små bilder på en skala.",
            "en": "Each region's way over the years as small pictures on one scale.",
        },
        {"subject": SUBJECT, "of": "rate | count", "years": YEARS},
    ),
    "map": maker(
        figures_rates.county_map,
        {
            "sv": "Karta över regionernas antal per 100 000 invånare.",
            "en": "A map of the regions' numbers per 100 000 inhabitants.",
        },
        {"subject": SUBJECT, "year": YEAR},
    ),
    "rates": maker(
        figures_rates.intervals,
        {
            "sv": "Regionernas antal per 100 000 invånare med intervall, och rikets.",
            "en": "The regions' numbers per 100 000 inhabitants with intervals, and the country's.",
        },
        {"subject": SUBJECT, "year": YEAR},
    ),
    "measures": maker(
        figures_done.measures,
        {
            "sv": "Insatser per område efter hur långt de har kommit.",
            "en": "Measures by area and how far they have come.",
        },
        {"year": YEAR},
    ),
    "areas": maker(
        figures_who.areas,
        {
            "sv": "Vilka regioner som har insatser inom vilka områden, eller vilka som nämner ett tema.",
            "en": "Which regions have measures in which areas, or which name a theme.",
        },
        {"by": "area | theme", "area": "it | kompetens | forsorjning | …", "year": YEAR},
    ),
    "money": maker(
        figures_money.money,
        {
            "sv": "Var pengarna är, per region och som andelar.",
            "en": "Where the money is, by region and as shares.",
        },
        {"agreement": "2019"},
    ),
}
