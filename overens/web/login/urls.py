# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Those of allauth's addresses that we use. It finds them by these names."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as identities
from django.urls import path, re_path
from django.views.decorators.http import require_POST

from overens.web.login import oidc, saml

urlpatterns = [
    path("logga-ut/", require_POST(account.logout), name="account_logout"),
    path("logga-in/avstangt/", account.account_inactive, name="account_inactive"),
    path("logga-in/glomt-losenord/", account.password_reset, name="account_reset_password"),
    path("logga-in/glomt-losenord/skickat/", account.password_reset_done, name="account_reset_password_done"),
    path("logga-in/nytt-losenord/klart/", account.password_reset_from_key_done,
         name="account_reset_password_from_key_done"),
    re_path(r"^logga-in/nytt-losenord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", account.password_reset_from_key,
            name="account_reset_password_from_key"),
    path("logga-in/kod/", mfa.authenticate, name="mfa_authenticate"),
    path("logga-in/passnyckel/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("logga-in/igen/", account.reauthenticate, name="account_reauthenticate"),
    path("logga-in/igen/kod/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("logga-in/igen/passnyckel/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("logga-in/avbruten/", identities.login_cancelled, name="socialaccount_login_cancelled"),
    path("logga-in/oidc/<slug:provider_id>/", oidc.login, name="openid_connect_login"),
    path("logga-in/oidc/<slug:provider_id>/svar/", oidc.callback, name="openid_connect_callback"),
    path("logga-in/saml/<slug:organization_slug>/", saml.login, name="saml_login"),
    path("logga-in/saml/<slug:organization_slug>/svar/", saml.answer, name="saml_acs"),
    path("logga-in/saml/<slug:organization_slug>/svar/las/", saml.finish, name="saml_finish_acs"),
    path("logga-in/saml/<slug:organization_slug>/metadata/", saml.metadata, name="saml_metadata"),
    path("logga-in/saml/<slug:organization_slug>/utloggning/", saml.no_logout, name="saml_sls"),
    path("konto/inloggning/app/", app.activate_totp, name="mfa_activate_totp"),
    path("konto/inloggning/app/ta-bort/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("konto/inloggning/passnycklar/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("konto/inloggning/passnycklar/ny/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("konto/inloggning/passnycklar/<int:pk>/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("konto/inloggning/passnycklar/<int:pk>/ta-bort/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path("konto/inloggning/reservkoder/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("konto/inloggning/reservkoder/nya/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("konto/inloggning/reservkoder/fil/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]  # fmt: skip
