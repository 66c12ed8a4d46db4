# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The payer's vouchers: each paper that moved money once, balanced, the same bytes again, in step with the trace."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.test import Client, override_settings
from typer.testing import CliRunner

from overens.cli.main import app
from overens.demo.people import person
from overens.exchange import sie
from overens.grants import vouchers
from overens.grants.actions import exporting
from overens.grants.models import ExportedVoucher, VoucherExport
from overens.ledger import reading
from overens.people.models import Organisation
from overens.records.models import Event
from overens.rules.findings import Refused
from overens.rules.process import Place, Role

PAGE = "/utbetalning/bokforing/"
FIRST, LAST = dt.date(2019, 9, 1), dt.date(2020, 4, 30)


@pytest.fixture(scope="module")
def lived(databases: SimpleNamespace, demo_on: Callable[[dt.date], str]) -> str:
    """Paid, reported, settled, partly repaid and written off."""
    return str(databases.clone(demo_on(LAST)))


@pytest.fixture
def life(databases: SimpleNamespace, lived: str) -> Iterator[None]:
    with databases.rolled_back(lived):
        yield


def payer(role: Role = Role.PAYER) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person("KAM", role))
    return client


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_however_the_time_is_cut_each_paper_is_a_balanced_voucher_of_one_export(life: None, seed: int) -> None:
    chance = random.Random(seed)
    cuts = sorted(chance.sample(range(1, (LAST - FIRST).days), 6))
    starts = [FIRST, *(FIRST + dt.timedelta(days=cut) for cut in cuts)]
    ends = [start - dt.timedelta(days=1) for start in starts[1:]] + [LAST]
    periods = list(zip(starts, ends, strict=True))
    chance.shuffle(periods)
    numbers: Counter[str] = Counter()
    kronor: Counter[str] = Counter()
    for first, last in periods:
        if not vouchers.booked(first, last):
            continue
        made = exporting.export(first, last)
        assert bytes(exporting.export(first, last).content) == bytes(made.content)
        file = sie.read(bytes(made.content), "export.si")
        assert file.findings == ()
        assert file.type == "4I"
        for voucher in file.vouchers:
            assert voucher.difference == 0
            assert first <= voucher.date <= last
            numbers[voucher.number] += 1
            for row in voucher.rows:
                kronor[row.account] += row.ore
    legs = vouchers.booked(FIRST, LAST)
    assert len({leg.cause_kind for leg in legs}) >= 5
    assert numbers == Counter({str(leg.cause_id): 1 for leg in legs})
    by_account = {each.account: 100 * (each.debit - each.credit) for each in vouchers.sums(legs)}
    assert kronor == by_account
    held = reading.by_place()
    assert by_account["1510"] == 100 * held.get(Place.TO_REPAY, 0)
    assert -by_account["2590"] == 100 * held.get(Place.IN_PAYMENT, 0)


def test_the_books_answer_to_the_trace_on_every_day(life: None) -> None:
    for days in range(0, (LAST - FIRST).days + 1, 9):
        for answer in vouchers.answers(FIRST + dt.timedelta(days=days)):
            assert answer.booked == answer.traced


def test_a_wider_period_takes_only_what_no_export_has_had(life: None) -> None:
    autumn = exporting.export(FIRST, dt.date(2019, 12, 31))
    rest = exporting.export(FIRST, LAST)
    assert rest != autumn
    taken = [set(export.vouchers.values_list("cause", flat=True)) for export in (autumn, rest)]
    assert not taken[0] & taken[1]
    assert taken[0] | taken[1] == {leg.cause_id for leg in vouchers.booked(FIRST, LAST)}
    with pytest.raises(Refused) as refusal:
        exporting.export(FIRST, dt.date(2020, 1, 15))
    assert [finding.code for finding in refusal.value.findings] == ["vouchers-none"]


def test_a_voucher_says_its_case_its_number_and_its_recipient(life: None) -> None:
    file = sie.read(bytes(exporting.export(FIRST, LAST).content))
    (voucher,) = [v for v in file.vouchers if v.text.startswith("Utbetalning bekräftad av banken, 2019/regioner/22,")]
    assert ", dnr " in voucher.text
    debit, credit = voucher.rows
    assert (debit.account, credit.account) == ("2590", "1910")
    assert debit.objects == credit.objects == (("20", "2019"), ("21", "22"))
    assert file.objects["21", "22"] == Organisation.objects.get(code="22").name


def test_the_database_lets_no_paper_be_exported_twice_and_nothing_be_changed(life: None) -> None:
    made = exporting.export(FIRST, LAST)
    voucher = made.vouchers.first()
    assert voucher is not None
    for refused in (
        lambda: ExportedVoucher.objects.create(export=made, cause=voucher.cause),
        lambda: VoucherExport.objects.update(sha256="0" * 64),
        lambda: ExportedVoucher.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            refused()


def test_only_who_pays_makes_the_file_and_it_is_in_the_chain_of_events(life: None) -> None:
    with pytest.raises(Refused) as refusal:
        exporting.export(FIRST, LAST, person("KAM", Role.CASE_OFFICER))
    assert [finding.code for finding in refusal.value.findings] == ["no-mandate"]
    made = exporting.export(FIRST, LAST, person("KAM", Role.SECOND_PAYER))
    event = Event.objects.filter(subject="vouchers").latest("number")
    assert (event.act, event.papers) == ("export-vouchers", [made.sha256])


def test_the_page_shows_the_period_makes_the_file_and_hands_it_over(life: None) -> None:
    client = payer()
    asked = {"fran": FIRST.isoformat(), "till": LAST.isoformat()}
    page = client.get(PAGE, asked)
    assert page.context["agrees"]
    assert page.context["new"] == page.context["count"] > 0
    assert "Kontoplanen är ett exempel" in page.text
    answer = client.post(PAGE, asked)
    assert answer.status_code == 303
    page = client.get(answer["Location"])
    assert page.context["new"] == 0
    (made,) = page.context["exports"]
    file = client.get(f"{PAGE}{made.pk}/")
    assert file.content == bytes(VoucherExport.objects.get().content)
    assert "overens-20190901-20200430" in file["Content-Disposition"]


def test_who_does_not_pay_sees_the_books_and_makes_no_file(life: None) -> None:
    client = payer(Role.CASE_OFFICER)
    page = client.get(PAGE, {"fran": FIRST.isoformat(), "till": LAST.isoformat()})
    assert "Gör filen" not in page.text
    answer = client.post(PAGE, {"fran": FIRST.isoformat(), "till": LAST.isoformat()})
    assert answer.status_code == 422
    assert "det kräver ett gällande uppdrag" in answer.text
    assert not VoucherExport.objects.exists()


@pytest.mark.parametrize(
    ("fran", "till", "said"),
    [
        ("2020-04-30", "2019-09-01", "Sista dagen är före den första."),
        ("2019-13-01", "2019-09-01", "2019-13-01"),
        ("", "", "Från och med"),
    ],
)
def test_days_that_are_none_are_said_and_stay_typed(demo: None, fran: str, till: str, said: str) -> None:
    for answer in (payer().get(PAGE, {"fran": fran, "till": till}), payer().post(PAGE, {"fran": fran, "till": till})):
        assert said in answer.text
        assert "Kontona mot spåret" not in answer.text
        assert f'value="{till}"' in answer.text or not till


def test_a_chart_with_a_fault_is_said_on_the_page(demo: None, settings_chart: Path) -> None:
    settings_chart.write_text('series = "U"\n', encoding="utf-8")
    answer = payer().get(PAGE)
    assert answer.status_code == 422
    assert "Kontoplanen har ett värde som inte går" in answer.text


@pytest.fixture
def settings_chart(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "konton.toml"
    with override_settings(OVERENS_PAYER_ACCOUNTS=str(file)):
        yield file


def test_the_command_writes_the_file_and_never_over_another(life: None, tmp_path: Path) -> None:
    file = tmp_path / "ver.si"
    days = ["--from", FIRST.isoformat(), "--to", LAST.isoformat()]
    answer = CliRunner().invoke(app, ["vouchers", "export", *days, "--out", str(file)])
    assert answer.exit_code == 0, answer.output
    assert file.read_bytes() == bytes(VoucherExport.objects.get().content)
    assert CliRunner().invoke(app, ["sie", "check", str(file)]).exit_code == 0
    again = CliRunner().invoke(app, ["vouchers", "export", *days, "--out", str(file)])
    assert again.exit_code == 1
