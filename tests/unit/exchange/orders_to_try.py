# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Orders for the tests of this folder."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st
from stdnum import luhn

from overens.exchange import orders
from overens.exchange.orders import Order, Payer, Profile, Transfer, fitted
from overens.rules.deadlines import STOCKHOLM
from overens.rules.identifiers import giro, grouped_giro

IBAN = Payer(name="Kammarkollegiet", orgnr="202100-0829", bic="DEMOSESS", iban="SE9500000000000000000000")
BANKGIRO = Payer(name="Kammarkollegiet", orgnr="202100-0829", bic="DEMOSESS", number="50501055", proprietary="BGNR")
PROFILES = [name for name in orders.profiles() if orders.profile(name).format != "payment-list"]


def two() -> Order:
    """A sound order of two payments, 350 kronor in all, one to each kind of giro."""
    return Order(
        message_id="OV-1-1-ABC",
        created_at=dt.datetime(2019, 10, 18, 11, 0, tzinfo=STOCKHOLM),
        execute_on=dt.date(2019, 10, 21),
        payer=IBAN,
        transfers=(
            Transfer("A1", "Region Uppsala", "5050-1055", 100, "2019/regioner/03"),
            Transfer("A2", "Region Gotland", giro("90 00 00-1"), 250, ""),
        ),
    )


def _giros(is_bankgiro: bool) -> st.SearchStrategy[str]:
    length = (6, 7) if is_bankgiro else (1, 7)
    digits = st.integers(*length).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n))
    return digits.map(lambda d: grouped_giro(d + luhn.calc_check_digit(d), is_bankgiro))


def transfers(profile: Profile) -> st.SearchStrategy[Transfer]:
    """Payments as they are when their texts have been fitted to the bank, whatever they were before."""
    names = st.text(min_size=1, max_size=90).map(lambda t: fitted(t, profile.letters, profile.letters.payee))
    references = st.text(max_size=160).map(lambda t: fitted(t, profile.letters, profile.letters.reference))
    return st.builds(
        Transfer,
        id=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", min_size=1, max_size=35),
        payee=names.filter(bool),
        giro=_giros(True) | _giros(False),
        kronor=st.integers(1, 10**12),
        reference=references,
    )


def any_order(name: str) -> st.SearchStrategy[Order]:
    ids = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", min_size=1, max_size=35)
    moments = st.datetimes(dt.datetime(2019, 1, 1), dt.datetime(2040, 1, 1)).map(
        lambda at: at.replace(microsecond=0, tzinfo=STOCKHOLM)
    )
    several = st.lists(transfers(orders.profile(name)), min_size=1, max_size=6, unique_by=lambda t: t.id)
    return st.builds(
        Order,
        message_id=ids,
        created_at=moments,
        execute_on=st.dates(dt.date(2019, 1, 1), dt.date(2040, 1, 1)),
        payer=st.sampled_from([IBAN, BANKGIRO]),
        transfers=several.map(tuple),
    )
