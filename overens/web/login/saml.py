# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""SAML 2.0, as allauth does it with python3-saml: only what we asked for, signed, for us, and once."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.saml import utils, views
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from lxml.etree import XMLSyntaxError
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML


class SamlProvider(SAMLProvider):
    def redirect(
        self, request: HttpRequest, process: Any, next_url: Any = None, data: Any = None, **kwargs: Any
    ) -> HttpResponseRedirect:
        config = utils.build_saml_config(request, self.app.settings, self.app.client_id)
        if asked := self.app.settings["ask_for"]:
            config["security"]["requestedAuthnContext"] = asked
        auth = OneLogin_Saml2_Auth(utils.prepare_django_request(request), config)
        there = auth.login(return_to="")
        self.stash_redirect_state(request, process, next_url, data, state_id=auth.get_last_request_id(), **kwargs)
        return HttpResponseRedirect(there)

    def unstash_redirect_state(self, request: HttpRequest, state_id: str) -> Any:
        """What was asked with this request. An answer to none of ours, or to one that is answered, is refused."""
        try:
            return super().unstash_redirect_state(request, state_id)
        except PermissionDenied:
            raise ImmediateHttpResponse(render_authentication_error(request, self)) from None

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> Any:
        login = super().sociallogin_from_response(request, response)
        login.nonce = None
        return login

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        """Kept with the person's account there: how surely they were identified last, and nothing else of them."""
        contexts = data.get_last_authn_contexts()
        return {"acr": contexts[0] if len(contexts) == 1 else None}

    def extract_email_addresses(self, data: Any) -> list[Any]:
        """A SAML provider has no way of its own to say that an address is verified: being in the assertion says it."""
        email = self._extract(data).get("email")  # type: ignore[no-untyped-call]
        return [EmailAddress(email=email, verified=True, primary=True)] if email else []


@require_POST
def login(request: HttpRequest, organization_slug: str) -> HttpResponseBase:
    """Send the person to the provider."""
    return views.login(request, organization_slug=organization_slug)


@csrf_exempt
@require_POST
def answer(request: HttpRequest, organization_slug: str) -> HttpResponseBase:
    """The provider's answer comes from its page, without our cookies: kept, and read in a request of ours."""
    app = utils.get_app_or_404(request, organization_slug)
    try:
        OneLogin_Saml2_XML.to_etree(base64.b64decode(request.POST.get("SAMLResponse", ""), validate=True))
    except (ValueError, XMLSyntaxError):  # ValueError: no Base64, or XML with declarations of its own
        refused: HttpResponse = render_authentication_error(request, app.get_provider(request))
        return refused
    response = views.acs(request, organization_slug=organization_slug)
    for cookie in response.cookies.values():
        cookie["httponly"] = True
    return response


@require_GET
def finish(request: HttpRequest, organization_slug: str) -> HttpResponseBase:
    return views.finish_acs(request, organization_slug=organization_slug)


@require_GET
def metadata(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """What the provider must know of us. Single logout is not offered."""
    app = utils.get_app_or_404(request, organization_slug)
    config = utils.build_saml_config(request, app.settings, organization_slug)
    del config["sp"]["singleLogoutService"]
    settings = OneLogin_Saml2_Settings(settings=config, sp_validation_only=True)
    return HttpResponse(settings.get_sp_metadata(), content_type="application/samlmetadata+xml")


def no_logout(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """allauth needs the address; a logout at the provider does not reach us: sessions here are short."""
    raise Http404
