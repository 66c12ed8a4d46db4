# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The books of a made-up region for a year, of any size: the same rows each time, for the demo, tests and benchmarks.

Accounts are in the manner of the regions' common chart (assumed; numbers are ours), with cost centre, project, activity
and counterpart beside them. A small part of the rows stands on a project that the agreement pays for.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from overens.exchange.sie.model import Account, Dimension, Objects, Row, SieFile, Voucher

YEAR = 2019
COST_CENTRE, PROJECT, ACTIVITY, COUNTERPART = "1", "6", "20", "21"
# One row in so many is on a project of the agreement.
ON_PROJECT = 16

BANK, SUPPLIERS, GRANT = "1930", "2440", "3510"
COSTS = {
    "4010": "Löner läkare", "4011": "Löner sjuksköterskor och barnmorskor", "4012": "Löner undersköterskor",
    "4019": "Löner vårdadministration", "4110": "Ersättning obekväm arbetstid", "4510": "Arbetsgivaravgifter",
    "4610": "Utbildning och kompetensutveckling", "4620": "Handledning", "5110": "Hyrd vårdpersonal",
    "5510": "Läkemedel", "5610": "Sjukvårdsartiklar", "6010": "Lokalhyra", "6420": "Arbetskläder",
    "7210": "Resor och logi", "7410": "Konsulttjänster", "7690": "Övriga kostnader",
}  # fmt: skip
ACCOUNTS = {BANK: "Bank", SUPPLIERS: "Leverantörsskulder", GRANT: "Statsbidrag", **COSTS}
PROJECTS = {
    "P1901": "God vård, egna medel", "P2019": "ÖK 2019 Personalens förutsättningar",
    "P2020": "ÖK 2019 Introduktion för nya i yrket", "P2021": "ÖK 2019 Specialistutbildning sjuksköterskor",
    "P3300": "Framtidens vårdinformationsmiljö",
}  # fmt: skip
AGREEMENT_PROJECTS = ("P2019", "P2020", "P2021")
ACTIVITIES = {"110": "Primärvård", "210": "Specialiserad somatisk vård", "220": "Specialiserad psykiatrisk vård",
              "310": "Tandvård", "410": "Övrig hälso- och sjukvård", "910": "Politisk verksamhet"}  # fmt: skip
COUNTERPARTS = {"100": "Egen region", "200": "Kommuner", "300": "Staten", "400": "Övriga"}
PLACES = ("Akutmottagningen", "Barnmorskemottagningen", "Förlossningen", "Intensivvården", "Kirurgavdelningen",
          "Medicinavdelningen", "Ortopedavdelningen", "Psykiatrisk öppenvård", "Röntgen", "Vårdcentralen")  # fmt: skip
TEXTS = ("Lön", "Jourersättning", "Faktura leverantör", "Periodisering", "Kurs och handledning", "Hyrsköterska vecka")


def books(rows: int = 2_000, seed: int = 1, year: int = YEAR) -> SieFile:
    """A year's SIE 4E file with about so many rows, written by a system such as regions have. Vouchers are made as they
    are asked for, once.
    """
    centres = {f"{number:05}": f"{PLACES[number % len(PLACES)]} {number % 37 + 1}" for number in range(10_000, 10_400)}
    return SieFile(
        type="4E",
        program=("Raindance", "2019.1"),
        generated=dt.date(year + 1, 1, 20),
        generated_by="EKONOMI",
        company="Region Exempel",
        orgnr="232100-0016",
        years={0: (dt.date(year, 1, 1), dt.date(year, 12, 31)), -1: (dt.date(year - 1, 1, 1), dt.date(year - 1, 12, 31))},
        chart="L-BAS",
        currency="SEK",
        accounts={number: Account(name, _kind(number)) for number, name in ACCOUNTS.items()},
        dimensions={
            COST_CENTRE: Dimension("Ansvar"), PROJECT: Dimension("Projekt"), ACTIVITY: Dimension("Verksamhet"),
            COUNTERPART: Dimension("Motpart"),
        },
        objects={
            (dimension, code): name
            for dimension, names in (
                (COST_CENTRE, centres), (PROJECT, PROJECTS), (ACTIVITY, ACTIVITIES), (COUNTERPART, COUNTERPARTS)
            )
            for code, name in names.items()
        },
        vouchers=_vouchers(rows, random.Random(seed), year, list(centres)),
    )  # fmt: skip


def _vouchers(rows: int, chance: random.Random, year: int, centres: list[str]) -> Iterator[Voucher]:
    """Two to some twenty cost rows each, and what they were paid with."""
    made = number = 0
    days = (dt.date(year, 12, 31) - dt.date(year, 1, 1)).days
    while made < rows:
        number += 1
        series = chance.choice("ALF")
        text = chance.choice(TEXTS)
        voucher = Voucher(series, str(number), dt.date(year, 1, 1) + dt.timedelta(chance.randrange(days)), text)
        for _ in range(min(chance.randint(1, 20), max(1, rows - made - 1))):
            voucher.rows.append(
                Row(
                    chance.choice(list(COSTS)), chance.randint(-50_000_00, 400_000_00) or 1,
                    _objects(chance, centres), text=text, sign="EK" if series == "F" else "",
                )
            )  # fmt: skip
        voucher.rows.append(Row(BANK if series == "L" else SUPPLIERS, -voucher.difference))
        made += len(voucher.rows)
        yield voucher


def _objects(chance: random.Random, centres: list[str]) -> Objects:
    found = [(COST_CENTRE, chance.choice(centres)), (ACTIVITY, chance.choice(list(ACTIVITIES)))]
    if not chance.randrange(ON_PROJECT):
        found.append((PROJECT, chance.choice(AGREEMENT_PROJECTS)))
    elif not chance.randrange(8):
        found.append((PROJECT, chance.choice(("P1901", "P3300"))))
    return tuple(found)


def _kind(account: str) -> str:
    return {"1": "T", "2": "S", "3": "I"}.get(account[0], "K")
