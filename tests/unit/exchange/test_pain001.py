# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Orders to the bank: what is written says what was meant, keeps to ISO's schema, and what is broken is told apart."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from overens.exchange import orders
from overens.exchange.iso20022 import pain001, schema
from overens.exchange.orders import Order, fitted
from overens.rules.findings import Refused, wording
from tests.unit.exchange.orders_to_try import PROFILES, any_order, two

CASES = Path(__file__).parents[2] / "cases" / "bank"
FILES = tomllib.loads((CASES / "files.toml").read_text(encoding="utf-8"))["file"]


@pytest.mark.parametrize("name", PROFILES)
@given(data=st.data())
@examples(max_examples=12)
def test_what_is_written_is_what_is_read(name: str, data: st.DataObject) -> None:
    profile = orders.profile(name)
    order = data.draw(any_order(name))
    content = pain001.write(order, profile)
    assert pain001.read(content, profile) == order
    message = schema.read(content, "pain.001")
    assert message.name == profile.format
    assert message.text("CstmrCdtTrfInitn/GrpHdr/CtrlSum") == f"{order.kronor}.00"


@pytest.mark.parametrize("name", PROFILES)
def test_the_same_order_gives_the_same_bytes(name: str) -> None:
    assert pain001.write(two(), orders.profile(name)) == pain001.write(two(), orders.profile(name))


def test_the_accounts_stand_as_the_profile_says() -> None:
    accounts = {}
    for name in PROFILES:
        message = schema.read(pain001.write(two(), orders.profile(name)))
        payments = message.find_all("CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf")
        accounts[name] = [
            tuple(
                message.text(path, payment)
                for path in (
                    "CdtrAgt/FinInstnId/ClrSysMmbId/ClrSysId/Cd",
                    "CdtrAgt/FinInstnId/ClrSysMmbId/MmbId",
                    "CdtrAcct/Id/Othr/Id",
                    "CdtrAcct/Id/Othr/SchmeNm/Cd",
                    "CdtrAcct/Id/Othr/SchmeNm/Prtry",
                )
            )
            for payment in payments
        ]
    bankgiro = ("SESBA", "9900", "50501055", "", "BGNR")
    assert accounts == {
        "plain-letters": [bankgiro, ("", "9960", "9000001", "", "PGNR")],
        "swedish-2009": [bankgiro, ("SESBA", "9960", "9000001", "BBAN", "")],
        "swedish-2019": [bankgiro, ("SESBA", "9960", "9000001", "BBAN", "")],
    }


def broken(case: dict[str, Any]) -> bytes:
    text = case["content"]
    if text == "{order}":
        text = pain001.write(two(), orders.profile("swedish-2009")).decode()
        if "old" in case:
            assert case["old"] in text, "the case does not change the file"
            text = text.replace(case["old"], case["new"], 1)
    return (text * case.get("times", 1)).encode()[: case.get("cut")]


@pytest.mark.parametrize("case", FILES, ids=[case["rule"] for case in FILES])
def test_a_broken_file_is_told_where_and_how(case: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        pain001.read(broken(case), orders.profile("swedish-2009"), file="bank.xml")
    first = refusal.value.findings[0]
    assert first.code == case["refused"]
    assert first.where is not None
    assert first.where.file == "bank.xml"
    if first.code in ("iso-against-schema", "order-unlike-profile"):
        assert first.where.line
    if "line" in case:
        assert first.where.line == case["line"]
    if "tag" in case:
        assert first.values["tag"] == case["tag"]
    for language in ("sv", "en"):
        assert wording(first, language) != first.code


def test_a_file_that_is_too_large_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "LARGEST", 100)
    with pytest.raises(Refused, match="xml-too-large"):
        schema.read(pain001.write.__doc__.encode() * 100)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"payee": "Región"}, "payment-text-unfit"),
        ({"payee": ""}, "payment-text-unfit"),
        ({"payee": "x" * 71}, "payment-text-unfit"),
        ({"reference": "a\nb"}, "payment-text-unfit"),
        ({"kronor": 0}, "payment-nothing"),
        ({"kronor": -5}, "payment-nothing"),
        ({"id": "x" * 36}, "payment-id-unfit"),
        ({"id": "a b"}, "payment-id-unfit"),
        ({"id": "A2"}, "payment-id-twice"),
    ],
)
def test_what_the_bank_would_turn_back_is_refused_before_it_is_written(changed: dict[str, Any], code: str) -> None:
    order = two()
    first, second = order.transfers
    with pytest.raises(Refused, match=code):
        pain001.write(replace(order, transfers=(replace(first, **changed), second)), orders.profile("swedish-2009"))


def test_an_order_of_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="order-empty"):
        pain001.write(replace(two(), transfers=()), orders.profile("swedish-2009"))


@pytest.mark.parametrize("name", orders.profiles())
@given(text=st.text(max_size=200), limit=st.integers(10, 140))
@examples(max_examples=60)
def test_a_fitted_text_fits_and_stays(name: str, text: str, limit: int) -> None:
    letters = orders.profile(name).letters
    found = fitted(text, letters, limit)
    assert len(found) <= limit
    assert set(found) <= set(letters.characters) | set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 "
    )
    assert fitted(found, letters, limit) == found


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("swedish-2009", "Region Örebro län", "Region Örebro län"),
        ("swedish-2009", "Café & Crème – “Åre”", "Cafe + Creme - 'Åre'"),
        ("swedish-2009", "A\u030angermanland", "Ångermanland"),
        ("swedish-2009", "東京", ".."),
        ("plain-letters", "Västra Götalandsregionen", "Vastra Gotalandsregionen"),
        ("plain-letters", "Sveriges Kommuner och Regioner i samverkan", "Sveriges Kommuner och Regioner i sa"),
    ],
)
def test_how_names_are_written(name: str, text: str, found: str) -> None:
    letters = orders.profile(name).letters
    assert fitted(text, letters, letters.payee) == found


def test_a_file_is_of_at_most_so_many_payments() -> None:
    payment = two().transfers[0]
    many = [replace(payment, id=f"P{number}") for number in range(7)]
    parts = orders.parts(many, 3)
    assert [len(part) for part in parts] == [3, 3, 1]
    assert [payment for part in parts for payment in part] == many
    assert isinstance(two(), Order)
