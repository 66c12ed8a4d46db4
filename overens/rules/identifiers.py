# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Organisation numbers and giro numbers: form and check digit. Refused when wrong, else written the usual way."""

from __future__ import annotations

import re

from stdnum import luhn
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.se import orgnr

from overens.rules.findings import refuse

_SPACES = re.compile(r"\s")


def organisation_number(raw: str, key: str | None = None) -> str:
    """A Swedish organisation number as ``232100-0016``. Raises Refused at the key."""
    try:
        return str(orgnr.format(orgnr.validate(_SPACES.sub("", raw))))
    except InvalidChecksum:
        refuse("orgnr-check-digit", key, raw=raw)
    except ValidationError:
        refuse("orgnr-form", key, raw=raw)


def giro(raw: str, key: str | None = None) -> str:
    """A bankgiro (``5050-1055``, 7 or 8 digits) or plusgiro number (``90 00 00-1``, 2 to 8). Raises Refused at the key.

    A bankgiro has its hyphen before the last four digits, a plusgiro before the last, so the hyphen tells which it is;
    without one it cannot be told and is refused. Both end in a Luhn check digit (assumed: common use).
    """
    text = _SPACES.sub("", raw)
    if re.fullmatch(r"\d{3,4}-\d{4}", text, re.ASCII):
        normal = text
    elif re.fullmatch(r"\d{1,7}-\d", text, re.ASCII):
        normal = grouped_giro(text.replace("-", ""), is_bankgiro=False)
    else:
        refuse("giro-form", key, raw=raw)
    if not luhn.is_valid(text.replace("-", "")):
        refuse("giro-check-digit", key, raw=raw)
    return normal


def grouped_giro(digits: str, is_bankgiro: bool) -> str:
    """A number's digits written the usual way, where it is known which of the two it is."""
    return f"{digits[:-4]}-{digits[-4:]}" if is_bankgiro else f"{_pairs(digits[:-1])}-{digits[-1]}"


def _pairs(digits: str) -> str:
    """Plusgiro numbers are written in pairs from the right: ``4 12 34``."""
    return re.sub(r"(?<=\d)(?=(\d\d)+$)", "\u00a0", digits)
