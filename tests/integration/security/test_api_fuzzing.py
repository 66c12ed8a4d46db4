# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API keeps what its OpenAPI description promises, whatever it is asked: tried by schemathesis, in this process."""

from __future__ import annotations

from urllib.parse import quote

import pytest
import schemathesis
from django.test import Client
from hypothesis import Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from overens.api.endpoints import api
from overens.web.wsgi import application
from tests.integration.security import hostile
from tests.integration.security.visiting import undone

pytestmark = pytest.mark.usefixtures("demo", "open_connection")
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
    checks.allow_header_conformance,
]
described = schemathesis.openapi.from_dict(api.get_openapi_schema())
described.app = application
ADDRESSES = (
    "agreements?offset={}",
    "agreements/{}",
    "agreements/{}/allocation",
    "agreements/{}/findings",
    "agreements/{}/trace",
    "agreements/2019/trace?at={}",
    "agreements/2019/trace?known_at={}",
    "agreements/2019/trace?recipient={}",
    "agreements/2019/allocation?pot={}&pot={}",
    "agreements/2019/allocation?rounding={}",
    "regions?{}=1",
    "facts/{}",
    "facts/training-posts?by={}",
    "facts/training-posts?year={}&region={}",
    "facts/measures?area={}",
    "facts/study-pay?agreement={}",
    "{}",
)


@described.parametrize()
@settings(max_examples=60, phases=[Phase.explicit, Phase.generate])
def test_it_answers_as_described(case: schemathesis.Case) -> None:
    with undone():
        case.call_and_validate(checks=CHECKS)


@described.include(path_regex="{code}").parametrize()
@settings(max_examples=40, phases=[Phase.explicit, Phase.generate])
def test_it_answers_as_described_of_an_agreement_that_it_has(case: schemathesis.Case) -> None:
    """Few generated codes are an agreement's; here each question is put to one."""
    case.path_parameters["code"] = "2019"
    with undone():
        # Whether the code was one that must be refused does not matter any more.
        case.call_and_validate(checks=[each for each in CHECKS if each is not checks.negative_data_rejection])


@pytest.mark.parametrize("address", ADDRESSES)
def test_whatever_it_is_asked_it_answers_with_a_document_of_its_own(address: str) -> None:
    client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
    for value in hostile.KNOWN:
        asked = quote(value.encode("utf-8", "surrogatepass"), safe="")
        with undone():
            response = client.get("/api/" + address.replace("{}", asked))
        assert response.status_code in (200, 400, 404, 422), value[:40]
        assert response["Content-Type"] == "application/json; charset=utf-8"
        if response.status_code != 200:
            assert all(finding["code"] and finding["text"] for finding in response.json()["findings"])


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("body", [b"", b"{", b'{"a": 1}', b"\x00\xff", b"[" * 100_000])
def test_it_takes_nothing(method: str, body: bytes) -> None:
    for path in ("agreements", "agreements/2019", "regions"):
        client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
        response = client.generic(method.upper(), f"/api/{path}", body, content_type="application/json")
        assert response.status_code == 405
        assert response["Allow"] == "GET"
