# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What cannot be answered: a page that says so, in either language, with nothing half done and nothing told of us."""

from __future__ import annotations

import io

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from overens.api import endpoints
from overens.web import urls
from overens.web.wsgi import application
from tests.integration.security.visiting import client_of, undone, written

# More fields than a form may have.
TOO_MANY = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1
SECRET = "postgresql://overens:hemligt@db"


def fails(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError(SECRET)


urlpatterns = [path("fel/", fails), *urls.urlpatterns]
handler400, handler429 = urls.handler400, urls.handler429
BOUNDARY = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="theme"\r\n\r\ndark\r\n'


def stranger(language: str = "sv") -> Client:
    client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
    client.cookies["django_language"] = language
    return client


def test_a_fault_of_ours_is_a_page_without_its_trace(db: None) -> None:
    with override_settings(ROOT_URLCONF=__name__):
        for language, said in (("sv", "Något gick fel hos oss"), ("en", "Something went wrong on our side")):
            response = stranger(language).get("/fel/")
            assert response.status_code == 500
            assert said in response.text
            assert not [word for word in (SECRET, "RuntimeError", "Traceback", __file__) if word in response.text]


def test_a_fault_of_the_api_is_a_document_without_its_trace(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoints, "followed", lambda: fails(HttpRequest()))
    for language, said in (("sv", "Något gick fel hos oss"), ("en", "Something went wrong on our side")):
        response = stranger(language).get("/api/agreements")
        (finding,) = response.json()["findings"]
        assert (response.status_code, finding["code"]) == (500, "internal-error")
        assert finding["text"].startswith(said)
        assert SECRET not in response.text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("sv", {400: "Begäran gick inte att läsa", 404: "Sidan finns inte", 413: "Det som skickades är för stort",
                403: "Du har inte behörighet till detta"}),
        ("en", {400: "The request could not be read", 404: "There is no such page", 413: "What was sent is too large",
                403: "You are not authorised for this"}),
    ],
)  # fmt: skip
def test_each_refusal_has_its_page_in_both_languages(
    later: dict[str, int], language: str, said: dict[int, str]
) -> None:
    region = client_of("jamtland")
    region.cookies["django_language"] = language
    answers = {
        400: stranger(language).get("/?a=%00"),
        404: stranger(language).get("/finns-inte/"),
        413: stranger(language).post("/tema/", {f"f{number}": "" for number in range(TOO_MANY)}),
        403: region.get("/utbetalning/"),
    }
    for status, response in answers.items():
        assert response.status_code == status
        assert f'<html lang="{language}"' in response.text
        assert f"<h1>{said[status]}</h1>" in response.text, response.text[-1500:]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"a" * (3 * 1024 * 1024), "application/x-www-form-urlencoded", 413),
        (b"&".join(b"a%d=" % number for number in range(TOO_MANY)), "application/x-www-form-urlencoded", 413),
        (PART * TOO_MANY + b"--x--", BOUNDARY, 413),
        (PART.replace(b"dark", b"d" * 3 * 1024 * 1024) + b"--x--", BOUNDARY, 413),
        (b"".join(PART.replace(b'"\r\n', b'"; filename="%d"\r\n' % n) for n in range(101)) + b"--x--", BOUNDARY, 413),
        (PART, "multipart/form-data", 400),
        (PART, "multipart/form-data; boundary=" + "y" * 300, 400),
        (PART, "multipart/form-data; boundary=\xff", 400),
        (b"", BOUNDARY, 302),
        (b"\x00\xff\xfe" * 1000, BOUNDARY, 400),
        (PART, BOUNDARY, 302),
        (PART.replace(b"theme", b"th\x00eme"), BOUNDARY, 302),
        (PART.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n!"), BOUNDARY, 302),
        (b"theme=%zz%ff%00", "application/x-www-form-urlencoded; charset=utf-7", 400),
        (b"theme=dark", "application/x-www-form-urlencoded; charset=nonsense", 302),
        (b'{"theme": "dark"}', "application/json", 302),
        (b"theme=dark", "", 302),
        (b"<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>", "application/xml", 302),
    ],
)  # fmt: skip
def test_a_body_that_is_no_form_is_refused_or_empty(db: None, body: bytes, content_type: str, status: int) -> None:
    """The form of the colours takes anything, so what it says is said of the body alone."""
    before = written()
    response = stranger().generic("POST", "/tema/", body, content_type=content_type)
    assert response.status_code == status
    assert written() == before


@pytest.mark.parametrize("length", ["0", "5", "99999", "-1", "x", "1e3", ""])
def test_a_length_that_is_not_the_bodys_breaks_nothing(db: None, open_connection: None, length: str) -> None:
    """As a server hands it over, with a body that simply ends."""
    for kind, body in (("application/x-www-form-urlencoded", b"theme=dark"), (BOUNDARY, PART + b"--x--\r\n")):
        environ = RequestFactory(SERVER_NAME="127.0.0.1").generic("POST", "/tema/", body, content_type=kind).environ
        environ |= {"CONTENT_LENGTH": length, "wsgi.input": io.BytesIO(body)}
        begun: list[str] = []
        answer = application(environ, lambda status, _headers, begun=begun: begun.append(status))
        answer.close()
        # Without its token the form is refused, if it could be read at all.
        assert begun[0][:3] in ("400", "403")


def test_what_is_too_large_to_read_changes_nothing(later: dict[str, int]) -> None:
    """Read first, done then: a form of which the end is cut off does not do its beginning."""
    before = written()
    typed = {"R1.3": "x" * (3 * 1024 * 1024), "revision": "0", "do": "save"}
    with undone():
        response = client_of("jamtland").post("/region/23/2019/regioner/yttrande/", typed)
        assert response.status_code == 413
        assert written() == before
