# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Write overens/reference/followup/*.csv from a folder of figures read from the 2018 report.

python tools/make_reference_followup.py FOLDER

FOLDER holds training_posts.csv (Tabell 1), study_pay.csv (Tabell 2) and regional_measures.csv (Bilaga 3 and p. 16),
with the readings of the scanned print. Figures are taken as they are; the notes here are our own words.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "overens" / "reference" / "followup"
COUNTS = ("code", "year", "term", "women", "men", "total", "assignment", "raw", "candidates", "note")
MEASURES = ("code", "page", "kind", "area", "area_guess", "name", "legibility", "raw")
YEARS = ("2016", "2017")
AREAS = {"it_support": "a", "smarter_use": "b", "competence_supply": "c", "uncertain": "", "": ""}
LEGIBILITY = {"ok": "ok", "partly restored": "partly-restored", "illegible": "illegible"}
NOT_SPLIT = "Kön är inte redovisat."
# By organisation (and year where the note is of one year only).
POSTS_NOTES = {
    ("01", "2017"): "En enda siffra, för 2017 vid varje läsning som ger 510 för 2016. Kön och termin saknas.",
    ("03", "2016"): f"Läst som en siffra för vart år. {NOT_SPLIT}",
    ("03", "2017"): f"Läst som en siffra för vart år. {NOT_SPLIT}",
    ("04", "2017"): "Två par av kvinnor och män; båda är 2017 för att 2016 ska bli 510.",
    ("05", "2016"): f"Fyra siffror, lästa som fyra terminer. {NOT_SPLIT}",
    ("05", "2017"): f"Fyra siffror, lästa som fyra terminer. {NOT_SPLIT}",
    ("06", "2016"): "Termin okänd. Noten i tabell 2 säger från 2017, men de 12 behövs för att 2016 ska bli 510.",
    ("07", "2017"): "Stämmer med noten i tabell 2 om utbildningstjänster från 2017.",
    ("09", ""): "Utbildningstjänster först från 2018, enligt tabellens not.",
    ("10", "2016"): "Termin okänd.",
    ("13", ""): "Utbildningstjänster först från 2018, enligt tabellens not.",
    ("14", "2016"): "Tryckt i ord, läst som ett tal för vart år; inte delat på termin.",
    ("14", "2017"): "Tryckt i ord, läst som ett tal för vart år; inte delat på termin.",
    ("18", "2016"): f"En siffra för 2016; hela året eller en termin är okänt. {NOT_SPLIT}",
    ("19", ""): "Planerar för utbildningstjänster, enligt tabellens not.",
    ("20", "2017"): "Om talen gäller en termin eller hela året är okänt.",
    ("21", "2017"): f"Termin okänd. {NOT_SPLIT}",
    ("22", "2017"): "Utbildningstjänster från höstterminen 2017, enligt noten i tabell 2.",
    ("23", "2016"): "Bara kvinnor nämns. Läst som en siffra för vart år.",
    ("23", "2017"): "Bara kvinnor nämns. Läst som en siffra för vart år.",
    ("24", "2017"): "Om talen gäller en termin eller hela året är okänt.",
    ("25", "2016"): f"Strecket är läst som vårterminen 2016. {NOT_SPLIT}",
    ("25", "2017"): "Strecket är läst som vårterminen 2017.",
}  # fmt: skip
ONLY_POSTS = "Erbjuder bara utbildningstjänster, enligt tabellens not."
POSTS_FROM_2017 = "Utbildningstjänster i stället från 2017, enligt tabellens not."
PROBABLE = "Raden är given av sin plats: de två enda raderna i följd, i båda tabellhalvorna."
PAY_NOTES = {
    **dict.fromkeys((("05", ""), ("08", ""), ("14", ""), ("18", "")), ONLY_POSTS),
    **dict.fromkeys((("06", "2017"), ("07", "2017")), POSTS_FROM_2017),
    ("25", ""): "Regionen saknar uppgift om antalet, enligt tabellens not.",
    **{(code, year): PROBABLE for code in ("12", "13") for year in YEARS},
}
LOST = "Den tryckta summan minus allt som går att läsa: rader som fallit bort i inläsningen av tabellen."
PRINTED = "Raden Totalt."
UNASSIGNED = "Raden går inte att knyta till en region."
# Stands alone between the two blocks of the table.
ALONE = "Siffran står ensam. Den kan vara männen i Region Skåne höstterminen 2016."
# Rows of Tabell 2 that are one region's, by their printed lines; the first one's candidates are those of all.
SAME_ROW = (
    ("8 2", "6 1 12 1"),
    ("51 kvinnor, 2 män", "50 kvinnor, 3 män"),
    ("12 4 38 6",),
)
# Lines that are printed alike: told apart by their year and figures.
SIX_AND_ONE, THIRTEEN_AND_ONE = "6 kvinnor, 1 man", "13 kvinnor, 1 man"


def main(folder: Path) -> None:
    posts, pay = rows(folder / "training_posts.csv"), rows(folder / "study_pay.csv")
    write(
        "training-posts.csv", COUNTS, (each for row in posts for each in counted(row, row["raw_line"], "", POSTS_NOTES))
    )
    write(
        "study-pay.csv",
        COUNTS,
        (each for row in pay for each in counted(row, row["raw_line"], candidates(row, pay), PAY_NOTES)),
    )
    write("measures.csv", MEASURES, map(measure, rows(folder / "regional_measures.csv")))


def counted(
    row: Mapping[str, str], raw: str, candidates: str, notes: Mapping[tuple[str, str], str]
) -> list[dict[str, str]]:
    """One line for each year: what was not offered, or is missing, in neither year is written once in the figures."""
    code, said = row["lanskod"], row["assignment"]
    note = notes.get((code, row["year"]), "")
    if not code:
        note = {"lost": LOST, "printed_total": PRINTED, "unassigned": UNASSIGNED}[said]
        note = ALONE if raw == "28" else note
    line = {
        "code": code, "term": row["term"], "women": row["women"], "men": row["men"], "total": row["total"],
        "assignment": said.replace("_", "-"), "raw": raw, "candidates": candidates, "note": note,
    }  # fmt: skip
    return [{**line, "year": year} for year in ((row["year"],) if row["year"] else YEARS)]


def candidates(row: Mapping[str, str], pay: Iterable[Mapping[str, str]]) -> str:
    """The codes of the organisations that an unassigned line may be of."""
    if row["assignment"] != "unassigned":
        return ""
    text = row["candidate_rows"]
    if "same row" in text:
        if row["raw_line"] == SIX_AND_ONE:  # the second line of the 2017 block
            text = "09 10"
        elif row["raw_line"] == THIRTEEN_AND_ONE:
            text = "20 21 22 23 24"
        elif row["raw_line"] == "60":
            text = next(each["candidate_rows"] for each in pay if each["raw_line"] == "60")
        else:
            first = next(group[0] for group in SAME_ROW if row["raw_line"] in group)
            text = next(each["candidate_rows"] for each in pay if each["raw_line"] == first)
    return " ".join(sorted(set(re.findall(r"\b\d\d\b", text))))


def measure(row: Mapping[str, str]) -> dict[str, str]:
    return {
        "code": row["lanskod"],
        "page": row["page"],
        "kind": row["kind"].replace("_", "-"),
        "area": AREAS[row["area"]],
        "area_guess": AREAS[row["area_guess"]],
        "name": row["measure"],
        "legibility": LEGIBILITY[row["legibility"]],
        "raw": row["raw_ocr"],
    }


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, columns: tuple[str, ...], lines: Iterable[Mapping[str, str]]) -> None:
    with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
