# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real OpenID provider (django-oauth-toolkit) as a program of its own, beside the Överens that is tested.

    python tests/identity/oidc/provider.py FOLDER < configuration.json

The configuration: port, client_id, secret, redirect_uri, identities (username -> claims). Its issuer is
``http://127.0.0.1:PORT/o``. Below ``/as/<how>/o`` the same provider misbehaves in one way, see HOW.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from jwcrypto import jwk

GIVEN: dict[str, Any] = json.load(sys.stdin)
HERE = f"http://127.0.0.1:{GIVEN['port']}"
HOW = ("other-key", "other-issuer", "unsigned", "no-token", "other-audience", "other-nonce", "shared-secret")


def new_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    kind, no_password = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, kind, no_password).decode()


KEY = new_key()
settings.configure(
    SECRET_KEY="of a test",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    LOGIN_URL="/login/",
    SESSION_COOKIE_NAME="provider",  # cookies know no ports
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "oauth2_provider"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(Path(sys.argv[1]) / "oidc.sqlite3")}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    OAUTH2_PROVIDER={
        "OIDC_ENABLED": True,
        "OIDC_RSA_PRIVATE_KEY": KEY,
        "OIDC_ISS_ENDPOINT": f"{HERE}/o",
        "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Claims",
        "SCOPES": {"openid": "who", "email": "address"},
        "PKCE_REQUIRED": True,
    },
)
django.setup()

from django.contrib.auth import login  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from oauth2_provider.models import Application  # noqa: E402
from oauth2_provider.oauth2_validators import OAuth2Validator  # noqa: E402
from oauth2_provider.views import ConnectDiscoveryInfoView, TokenView  # noqa: E402


class Claims(OAuth2Validator):
    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        return dict(GIVEN["identities"][request.user.username])


def log_in(request: HttpRequest) -> HttpResponse:
    """Whoever is named in ``who``, or a button for each identity."""
    if who := request.POST.get("who"):
        login(request, User.objects.get(username=who))
        return HttpResponseRedirect(request.GET["next"])
    buttons = "".join(f'<button name="who" value="{name}">{name}</button>' for name in GIVEN["identities"])
    return HttpResponse(f'<!doctype html><html lang="sv"><title>Legitimering</title><form method=post>{buttons}</form>')


def discovery(request: HttpRequest, how: str) -> HttpResponse:
    if how not in HOW:
        raise Http404
    config = json.loads(ConnectDiscoveryInfoView.as_view()(request).content)
    if how == "other-key":
        config["jwks_uri"] = f"{HERE}/as/other-key/jwks.json"
    elif how == "other-issuer":
        config["issuer"] = "https://elsewhere.example"
    else:
        config["token_endpoint"] = f"{HERE}/as/{how}/token/"
    return JsonResponse(config)


def other_keys(request: HttpRequest) -> HttpResponse:
    """Another key under the name of the one that signs."""
    other = jwk.JWK.from_pem(new_key().encode())
    return JsonResponse(
        {"keys": [{**json.loads(other.export_public()), "alg": "RS256", "use": "sig", "kid": thumbprint()}]}
    )


def thumbprint() -> str:
    return jwk.JWK.from_pem(KEY.encode()).thumbprint()


@csrf_exempt
def token(request: HttpRequest, how: str) -> HttpResponse:
    """The honest answer with another ID token."""
    answer = json.loads(TokenView.as_view()(request).content)
    claims = jwt.decode(answer.pop("id_token"), options={"verify_signature": False})
    head = {"kid": thumbprint()}
    if how == "unsigned":
        answer["id_token"] = jwt.encode(claims, None, "none", head)
    elif how == "shared-secret":
        answer["id_token"] = jwt.encode(claims, GIVEN["secret"], "HS256", head)
    elif how == "other-audience":
        answer["id_token"] = jwt.encode({**claims, "aud": "somebody-else"}, KEY, "RS256", head)
    elif how == "other-nonce":
        answer["id_token"] = jwt.encode({**claims, "nonce": "of another login"}, KEY, "RS256", head)
    return JsonResponse(answer)


urlpatterns = [
    path("login/", log_in),
    path("as/other-key/jwks.json", other_keys),
    path("as/<str:how>/o/.well-known/openid-configuration", discovery),
    path("as/<str:how>/token/", token),
    path("o/", include("oauth2_provider.urls")),
]


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


if __name__ == "__main__":
    # django-oauth-toolkit names this module by its import path.
    sys.modules["__main__"] = sys.modules[__name__]
    call_command("migrate", verbosity=0)
    for name, claims in GIVEN["identities"].items():
        User.objects.create_user(name, claims.get("email", ""))
    Application.objects.create(
        client_id=GIVEN["client_id"],
        client_secret=GIVEN["secret"],
        client_type="confidential",
        authorization_grant_type="authorization-code",
        redirect_uris=GIVEN["redirect_uri"],
        skip_authorization=True,
        algorithm="RS256",
    )
    with make_server("127.0.0.1", GIVEN["port"], get_wsgi_application(), handler_class=Quiet) as server:
        print("ready", flush=True)
        server.serve_forever()
