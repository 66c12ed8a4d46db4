# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the makers of tables and blocks share: what may be said after a name, words, cells of values, source lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from overens.agreements.reading import agreements_of
from overens.editions.making.maker import Make, Maker
from overens.editions.values.register import Register
from overens.rules.agreement import Agreement
from overens.rules.edition import numerals
from overens.rules.edition.citations import joined
from overens.rules.edition.document import Block, Cell, Figure, Table
from overens.rules.edition.keys import Question
from overens.rules.edition.values import Value
from overens.rules.edition.wording import plain
from overens.rules.findings import Finding, refuse, word, wording
from overens.rules.followup.facts_table import MAYBE, NOT_REPORTED, NOTHING
from overens.rules.reading import shipped

# What may be said of any of them: another id or caption than its own.
ALWAYS = ("id", "caption")
# Signs for what is missing, instead of words that would fill a narrow column.
SIGNS = {NOT_REPORTED: "–", NOTHING: "–", MAYBE: ".."}
_YEARS = re.compile(r"(\d{4})(?:[-–](\d{4}))?")


def maker(make: Make, about: Mapping[str, str], options: Mapping[str, str] | None = None) -> Maker:
    """A maker that refuses options that it does not have: ``edition-unknown-option``."""
    options = options or {}

    def checked(register: Register, said: Mapping[str, str]) -> tuple[Block, ...]:
        for name in said:
            if name not in options and name not in ALWAYS:
                refuse("edition-unknown-option", name, option=name[:60], known=[*options, *ALWAYS])
        return tuple(_called(block, said) for block in make(register, said))

    return Maker(checked, about, options)


def _called(block: Block, said: Mapping[str, str]) -> Block:
    changes = {
        name: said[name] for name in ALWAYS if said.get(name) and (name == "id" or isinstance(block, Table | Figure))
    }
    return block.model_copy(update=changes) if changes else block


def chosen(said: Mapping[str, str], option: str, known: Sequence[str], otherwise: str) -> str:
    """What was said of an option. Raises Refused: ``edition-unknown-choice``."""
    value = said.get(option, otherwise)
    if value not in known:
        refuse("edition-unknown-choice", option, option=option, value=value[:60], known=list(known))
    return value


def years_of(register: Register, said: Mapping[str, str], otherwise: Iterable[int] | None = None) -> tuple[int, ...]:
    """``years=2016-2017``, or the two up to the edition's own. Raises Refused: ``edition-malformed-years``."""
    if "years" not in said:
        return tuple(otherwise) if otherwise is not None else (register.about.year - 1, register.about.year)
    found = _YEARS.fullmatch(said["years"])
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if not 0 <= last - first < 50:
        refuse("edition-malformed-years", "years", value=said["years"][:60])
    return tuple(range(first, last + 1))


def say(register: Register, code: str, /, **values: object) -> str:
    """Words of the catalogue in the edition's language."""
    language = register.about.language
    return wording(Finding(code, "note", values), language) if values else word(code, language)


def called(register: Register, code: str, /, **values: object) -> str:
    """Words that depend on what the regions are called: the code's own for landsting or regioner."""
    return say(register, f"{code}-{register.about.called}", **values)


def shown(register: Register, value: Value) -> str:
    """A value as a cell says it: a number, a sign, or why there is none."""
    return SIGNS.get(value.status) or plain(value, register.about.language)


def digits(register: Register, number: int) -> str:
    return numerals.in_digits(number, register.about.language)


def cell(register: Register, question: Question | str, *marks: str, columns: int = 1) -> Cell:
    """The cell of a question."""
    value = register.value(question)
    return Cell(text=shown(register, value), key=value.key, marks=marks, columns=columns)


def source_line(register: Register, values: Iterable[Value]) -> str:
    """The line below a table: each printed page once, then what other kinds of sources there are."""
    return sources_said(register, (id for value in values for id in value.sources))


def sources_said(register: Register, ids: Iterable[str]) -> str:
    """The same of the ids of sources."""
    sources = [register.sources[each] for each in dict.fromkeys(ids)]
    printed = joined(sorted({each.citation for each in sources if each.kind == "printed" and each.citation}))
    others = (each for each in sources if each.kind != "printed")
    kinds = dict.fromkeys("account" if each.id.startswith("account/") else each.kind for each in others)
    said = [*printed, *(called(register, f"edition-source-{kind}") for kind in kinds)]
    return f"{numerals.capital('; '.join(said))}." if said else ""


def agreement_of(register: Register, code: str = "") -> Agreement:
    """An agreement as it is stored, or shipped; else the last of the edition's. Raises Refused:
    ``edition-unknown-choice``.
    """
    known = register.about.agreements
    code = code or known[-1]
    if code not in known:
        refuse("edition-unknown-choice", "agreement", option="agreement", value=code[:60], known=list(known))
    return register.once(("agreement", code), lambda: agreements_of([code]).get(code) or shipped(code))
