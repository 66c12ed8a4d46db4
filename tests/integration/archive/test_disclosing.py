# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Giving out a copy with masks; and that nothing personal is on any public page."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from django.test import Client

from overens.archive.actions import disclosing
from overens.archive.disclosure import copy, entries
from overens.archive.models import Disclosure
from overens.demo.people import person
from overens.grants import papers
from overens.people.models import Organisation, Person
from overens.records.models import DocumentVersion, Event
from overens.rules.disclosure import personal
from overens.rules.findings import Refused
from overens.rules.process import Role
from tests.integration.archive.people import as_, organisation, signed

R = Role
ACCESS = tomllib.loads((Path(__file__).parents[2] / "cases" / "access.toml").read_text(encoding="utf-8"))


def test_contact_details_and_free_text_are_proposed(ended: None) -> None:
    shown = {entry.path: entry for entry in entries(signed("requisition"))}
    assert {path for path, entry in shown.items() if entry.why == "contact"} >= {
        "fields/R1.3",
        "fields/R1.5",
        "fields/R1.7",
    }
    assert shown["fields/R3.2"].why == "free-text"
    assert shown["fields/R2.4"].why is None
    report = {entry.path: entry for entry in entries(signed("financial-report"))}
    assert report["costs/0/title"].why == "free-text"
    assert report["costs/0/kronor"].why is None
    assert any(path.startswith("attestation/by/") and entry.why == "contact" for path, entry in report.items())


def test_an_officer_masks_sees_the_copy_and_gives_it_out(ended: None) -> None:
    paper, client = signed("requisition"), as_("KAM", R.CASE_OFFICER)
    before = (paper.content, paper.sha256)
    address = f"/arkiv/handling/{paper.pk}/lamna-ut/"
    page = client.get(address)
    ticked = {row["entry"].path: row["ticked"] for row in page.context["rows"]}
    assert ticked["fields/R1.3"]
    assert not ticked["fields/R2.4"]
    numbers = {row["entry"].path: row["number"] for row in page.context["rows"]}
    masks = {f"mask-{numbers[path]}": "on" for path in ("fields/R1.3", "fields/R1.5")}

    # A ground is missing: it is said at the field, and nothing typed is lost.
    wrong = client.post(address, {"do": "preview", **masks, "requester": "En nyfiken"})
    assert wrong.status_code == 422
    assert 'value="En nyfiken"' in wrong.text
    assert f'href="#id_ground-{numbers["fields/R1.3"]}"' in wrong.text
    assert not Disclosure.objects.exists()

    typed = {**masks, "ground": "21:3", f"ground-{numbers['fields/R1.5']}": "OSL 39 kap. 3 §", "requester": ""}
    preview = client.post(address, {"do": "preview", **typed})
    contact = paper.data["fields"]["R1.3"]
    assert preview.status_code == 200
    assert contact not in re.sub(r"<(nav|header).*?</\1>", "", preview.text, flags=re.DOTALL)
    assert "OSL 21 kap. 3 §" in preview.text
    assert not Disclosure.objects.exists()

    edited = client.post(address, {"do": "edit", **typed})
    assert 'value="OSL 39 kap. 3 §"' in edited.text

    done = client.post(address, {"do": "give", **typed})
    given = Disclosure.objects.get()
    assert done.headers["Location"] == f"/arkiv/utlamnanden/{given.pk}/"
    assert given.requester == ""
    assert given.masked == [
        {"path": "fields/R1.3", "label": "Kontaktperson", "ground": "OSL 21 kap. 3 §"},
        {"path": "fields/R1.5", "label": "Telefon inkl. riktnummer", "ground": "OSL 39 kap. 3 §"},
    ]
    event = Event.objects.filter(subject="organisation/KAM", act="disclose").get()
    assert (event.cause_id, event.papers) == (paper.pk, [given.sha256])
    fetched = client.get(done.headers["Location"] + "kopia/")
    assert fetched.headers["Content-Type"] == "application/pdf"
    assert fetched.content.startswith(b"%PDF-")
    paper.refresh_from_db()
    assert (paper.content, paper.sha256) == before


def test_the_copy_says_nothing_that_is_masked_and_no_checksum_to_guess_by(ended: None) -> None:
    paper = signed("requisition")
    content = copy(paper, {"fields/R1.3": "OSL 21 kap. 3 §"}, organisation("KAM"))
    said = str(content)
    assert paper.data["fields"]["R1.3"] not in said.replace(str(content.numbers), "")
    assert paper.data["fields"]["R2.3"] in said
    assert paper.sha256 not in said
    full = copy(paper, {}, organisation("KAM"))
    assert paper.data["fields"]["R1.3"] in str(full)
    assert full.sha256 != content.sha256


def test_a_copy_is_given_out_only_from_the_own_register(ended: None) -> None:
    paper = signed("requisition")
    with pytest.raises(Refused) as refused:
        disclosing.disclose(paper, organisation("SOC"), {}, "", person("SOC", R.MINISTRY_OFFICER))
    assert refused.value.findings[0].code == "not-in-register"
    with pytest.raises(Refused) as refused:
        disclosing.disclose(paper, organisation("KAM"), {}, "", person("10", R.PREPARER))
    assert refused.value.findings[0].code == "no-mandate"
    with pytest.raises(Refused) as refused:
        disclosing.disclose(paper, organisation("KAM"), {"fields/X": "21:1"}, "", person("KAM", R.CASE_OFFICER))
    assert refused.value.findings[0].code == "mask-unknown"
    given = disclosing.disclose(paper, organisation("KAM"), {}, "", person("KAM", R.CASE_OFFICER))
    for suffix in ("", "kopia/"):
        assert as_("10", R.PREPARER).get(f"/arkiv/utlamnanden/{given.pk}/{suffix}").status_code == 404


def test_every_paper_of_the_played_out_demo_can_be_given_out(ended: None) -> None:
    """Whatever its kind: it is read field by field, and every field can be masked."""
    seen = set()
    for version in DocumentVersion.objects.exclude(kind="agreement").order_by("kind", "-pk"):
        if version.kind in seen:
            continue
        seen.add(version.kind)
        shown = entries(version)
        assert shown, version.kind
        assert len({entry.path for entry in shown}) == len(shown), version.kind
    assert len(seen) > 12


# Contact texts that recipients typed, and what is known of every person of the demo.
def personal_texts() -> set[str]:
    """E-mail addresses, telephone numbers, and what recipients typed in fields that are about persons."""
    found = set()
    for each in Person.objects.exclude(email=""):
        found |= {each.email, each.telephone}
    for kind in ("requisition", "financial-report"):
        for version in DocumentVersion.objects.filter(kind=kind).select_related("document"):
            form = papers.form_of(version)
            for field in form.fields:
                value = version.data["fields"].get(field.id, "")
                if value and personal(field):
                    found.add(value)
            found |= {row["key"] for row in version.data["costs"]}
    return {text for text in found if len(text) > 5}


def test_no_public_page_export_or_answer_shows_anybodys_contact_details(ended: None) -> None:
    secrets = personal_texts()
    assert any("@10.demo.invalid" in text for text in secrets)
    assert len(secrets) > 60
    client = Client(headers={"host": "127.0.0.1"})
    addresses = [address for _name, address, *_how in ACCESS["public"]["routes"] if "{" not in address]
    addresses += [
        f"/regioner/{code}/" for code in Organisation.objects.filter(kind="region").values_list("code", flat=True)
    ]
    addresses += [f"/overenskommelser/2019/spar/?mottagare={code}" for code in ("10", "12", "SKL")]
    pages = 0
    for address in addresses:
        # The demo's own login page lists its made-up people by role, so that one can be them.
        if address == "/logga-in/":
            continue
        for query in ("", "format=csv", "sprak=en"):
            joint = "&" if "?" in address else "?"
            answer = client.get(address + (joint + query if query else ""))
            if answer.status_code != 200:
                continue
            pages += 1
            body = b"".join(answer) if answer.streaming else answer.content
            text = body.decode("utf-8", "replace")
            shown = [secret for secret in secrets if secret in text]
            assert not shown, (address, query, shown[:3])
    assert pages > 60
