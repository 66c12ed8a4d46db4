# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a bank says of a payment file before anything is booked (pain.002): taken in, or rejected and why.

A rejection can be said of the whole file, of a part of it, or of one payment; here each is an answer, and what is not
said of a payment itself holds for all payments of its part. Sources: the schemas of pain.002, versions 03 and later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from overens.exchange.iso20022 import schema
from overens.exchange.iso20022.camt import NO_REASON, path_of, text_of

KINDS = ("pain.002",)
REJECTED = "RJCT"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bank says of one payment, by its end-to-end id; of a whole file or part of one where that is empty.

    ``status``: an ISO 20022 code, ``RJCT`` for a rejection; ``reason``: a code, for a rejection never empty.
    """

    end_to_end_id: str
    part: str
    status: str
    reason: str = ""
    text: str = ""
    line: int = 0

    @property
    def rejected(self) -> bool:
        return self.status == REJECTED


@dataclass(frozen=True, slots=True)
class StatusReport:
    """A whole file. ``original``: the message id of the payment file that it answers."""

    message_id: str
    original: str
    answers: tuple[Answer, ...]


def read(content: bytes) -> StatusReport:
    """The answers of a file. Raises Refused, each finding with its line: those of :func:`schema.read`."""
    return from_message(schema.read(content, *KINDS))


def from_message(message: schema.Message) -> StatusReport:
    """The answers of a file that has been held against its schema already."""
    body = message.root[0]
    group = body.find(path_of("OrgnlGrpInfAndSts"))
    said = [(group, text_of(group, "GrpSts"), "", "")]
    for part in body.iterfind(path_of("OrgnlPmtInfAndSts")):
        name = text_of(part, "OrgnlPmtInfId")
        said.append((part, text_of(part, "PmtInfSts"), "", name))
        said += [
            (each, text_of(each, "TxSts"), text_of(each, "OrgnlEndToEndId"), name)
            for each in part.iterfind(path_of("TxInfAndSts"))
        ]
    answers = [_answer(element, status, of, name) for element, status, of, name in said if status]
    return StatusReport(text_of(body, "GrpHdr/MsgId"), text_of(group, "OrgnlMsgId"), tuple(answers))


def _answer(element: Any, status: str, end_to_end_id: str, part: str) -> Answer:
    info = element.find(path_of("StsRsnInf"))
    reason = "" if info is None else text_of(info, "Rsn/Cd", "Rsn/Prtry")
    return Answer(
        end_to_end_id=end_to_end_id,
        part=part,
        status=status,
        reason=reason or (NO_REASON if status == REJECTED else ""),
        text="" if info is None else text_of(info, "AddtlInf"),
        line=element.sourceline,
    )
