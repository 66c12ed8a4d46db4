# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""OpenID Connect, as allauth does it, and stricter: the ID token is always there, signed, ours, and fresh (nonce)."""

from __future__ import annotations

from typing import Any

import jwt
import structlog
from allauth.account.models import EmailAddress
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

# By a private key of the provider: not by the secret that it shares with us, nor by nothing.
SIGNED_WITH = {f"{kind}{bits}" for kind in ("RS", "PS", "ES") for bits in (256, 384, 512)} | {"EdDSA"}
log = structlog.get_logger()


class OpenIdAdapter(OpenIDConnectOAuth2Adapter):
    def complete_login(self, request: HttpRequest, app: Any, token: Any, **answer: Any) -> Any:
        """The person as the ID token names them. Raises OAuth2Error where there is none or it does not hold."""
        text = answer["response"].get("id_token")
        if not text:
            raise OAuth2Error("no ID token")
        provider = self.get_provider()  # type: ignore[no-untyped-call]
        return provider.sociallogin_from_response(request, {"id_token": self._decode_id_token(app, text)})

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """Its claims. The signature is checked although the token comes straight from the provider: it is evidence of
        who signed, and should not rest on one connection.
        """
        try:
            if jwt.get_unverified_header(id_token).get("alg") not in SIGNED_WITH:
                raise OAuth2Error("not signed by the provider's private key")
            config = self.openid_config
            claims: dict[str, Any] = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=config["jwks_uri"],
                issuer=config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (KeyError, jwt.PyJWTError) as problem:
            raise OAuth2Error(f"unreadable: {problem}") from problem
        return claims


class OpenIdProvider(OpenIDConnectProvider):
    oauth2_adapter_class = OpenIdAdapter

    def redirect(
        self, request: HttpRequest, process: Any, next_url: Any = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        nonce = get_random_string(32)
        kwargs["auth_params"] = {**self.get_auth_params(), "nonce": nonce}
        kwargs["scope"] = self.get_scope()  # type: ignore[no-untyped-call]
        response: HttpResponse = super().redirect(request, process, next_url, data, nonce=nonce, **kwargs)
        return response

    def get_auth_params(self) -> dict[str, str]:
        asked = self.app.settings["ask_for"]
        return {"acr_values": " ".join(asked)} if asked else {}

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> Any:
        login = super().sociallogin_from_response(request, response)
        login.nonce = response["id_token"].get("nonce")
        return login

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        """Kept with the person's account there: how surely they were identified last, and nothing else of them."""
        return {"acr": data["id_token"].get("acr")}

    def extract_email_addresses(self, data: Any) -> list[Any]:
        claims = data["id_token"]
        email = claims.get("email")
        if not isinstance(email, str):
            return []
        return [EmailAddress(email=email, verified=claims.get("email_verified") is True, primary=True)]


@require_POST
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the person to the provider; 503 while it cannot be reached."""
    try:
        return _view(OAuth2LoginView, request, provider_id)
    except (RequestException, KeyError) as problem:
        log.error("identity provider unreachable", provider=provider_id, problem=str(problem)[:200])
        return render(request, "socialaccount/unavailable.html", status=503)


@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends them back."""
    return _view(OAuth2CallbackView, request, provider_id)


def _view(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        response: HttpResponse = view.adapter_view(OpenIdAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return response
