# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the columns of a ledger export are, guessed from their names. A person has the last word.

The names are those that Raindance, Unit4 (Agresso) and SAP are known to write, and how regions abbreviate them
(assumed).
"""

from __future__ import annotations

import re
from enum import StrEnum

from overens.exchange.ledger_table.sheet import Cell


class Column(StrEnum):
    """What a column holds. ``NAME``: the name of the code in the nearest used column to the left."""

    UNUSED = ""
    ACCOUNT = "account"
    DATE = "date"
    AMOUNT = "amount"
    DEBIT = "debit"
    CREDIT = "credit"
    VOUCHER = "voucher"
    SERIES = "series"
    TEXT = "text"
    COST_CENTRE = "cost-centre"
    PROJECT = "project"
    DIMENSION = "dimension"
    NAME = "name"
    CURRENCY = "currency"


C = Column
# The dimension that a column is, by SIE's numbers; one of another kind goes by its heading.
DIMENSIONS = {C.COST_CENTRE: "1", C.PROJECT: "6"}
CODES = (C.ACCOUNT, C.COST_CENTRE, C.PROJECT, C.DIMENSION)
MANY = (C.DIMENSION, C.NAME)

_NAMES = {
    C.ACCOUNT: "konto kontonr kontonummer kto account accountno accountnumber glaccount sakkonto huvudbokskonto hkonto",
    C.DATE: "datum verdatum verifikationsdatum bokföringsdatum bokfdatum bokfördatum transdatum transaktionsdatum date"
            " postingdate voucherdate transdate",
    C.AMOUNT: "belopp beloppsek beloppkr sek amount amountinlocalcurrency beloppilokalvaluta beloppilokvaluta"
              " bokförtbelopp redovisatbelopp summa utfall utfallbelopp",
    C.DEBIT: "debet debit debetbelopp debetsek debitamount",
    C.CREDIT: "kredit credit kreditbelopp kreditsek creditamount",
    C.VOUCHER: "ver vernr verifikation verifikationsnr verifikationsnummer vernummer verifnr dokumentnr dokumentnummer"
               " documentnumber documentno transnr transaktionsnr voucher voucherno vouchernumber",
    C.SERIES: "serie verserie verifikationsserie vertyp verifikationstyp dokumenttyp documenttype voucherseries"
              " vouchertype",
    C.TEXT: "text vertext verifikationstext radtext transtext transaktionstext beskrivning description"
            " dokumentrubriktext",
    C.COST_CENTRE: "ansvar ansv ansvarskod kst kstnr kostnadsställe kostnställe koststalle costcenter costcentre enhet"
                   " resultatenhet orgenhet",
    C.PROJECT: "projekt proj projektnr projektnummer project wbselement wbs pspelement internorder order",
    C.DIMENSION: "verksamhet vht verks aktivitet akt motpart motp mp funktion objekt finansiering uppdrag fri"
                 " profitcenter tradingpartner activity",
    C.NAME: "namn benämning kontonamn kontotext kontobenämning projektnamn projekttext ansvarsnamn verksamhetsnamn"
            " accountname name",
    C.CURRENCY: "valuta valutakod currency",
}  # fmt: skip
_BY_NAME = {name: column for column, names in _NAMES.items() for name in names.split()}


def column_of(heading: Cell) -> Column:
    """By the heading alone; ``Konto(T)`` is how Unit4 heads the names of ``Konto``."""
    text = str(heading or "").casefold().strip()
    if re.search(r"\(t\)\.?$", text):
        return C.NAME
    return _BY_NAME.get(re.sub(r"[\W_]", "", text), C.UNUSED)


def proposed(headings: list[Cell]) -> list[Column]:
    """One for each heading. What a table has once is the first of that kind."""
    found: list[Column] = []
    for heading in headings:
        column = column_of(heading)
        if column in found and column not in MANY:
            column = C.DIMENSION if column in DIMENSIONS else C.UNUSED
        if column is C.NAME and not any(each in CODES for each in found):
            column = C.UNUSED
        found.append(column)
    if C.AMOUNT in found:
        found = [C.UNUSED if each in (C.DEBIT, C.CREDIT) else each for each in found]
    return found


def lacking(columns: list[Column]) -> list[list[Column]]:
    """What a ledger cannot do without: of each list one is to be there."""
    needed = [[C.ACCOUNT], [C.DATE]]
    if C.DEBIT in columns or C.CREDIT in columns:
        needed += [[C.DEBIT], [C.CREDIT]] if C.AMOUNT not in columns else []
    else:
        needed.append([C.AMOUNT])
    return [each for each in needed if not set(each) & set(columns)]
