# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""allauth's forms with our wording. What they check and do is allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from overens.desks.asking import AskingForm
from overens.people.models import Person


class Worded(AskingForm):
    """Labels and hints by field; placeholders go, since they vanish when one types."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


EMAIL = _("E-postadress")
PASSWORD = _("Lösenord")
NEW = {"password1": _("Nytt lösenord"), "password2": _("Nytt lösenord igen")}
RULES = _("Minst 12 tecken. Flera ord efter varandra går bra, också med mellanslag.")


class NewPassword(AskingForm):
    """Two equal passwords. That the first may be used is said by its field."""

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = forms.Form.clean(self) or {}
        if "password1" in typed and typed.get("password2") not in (None, typed["password1"]):
            self.add_error("password2", _("De två lösenorden är inte lika."))
        return typed


class Login(Worded, account.LoginForm):
    labels = {"login": EMAIL, "password": PASSWORD}


class ForgottenPassword(Worded, account.ResetPasswordForm):
    labels = {"email": EMAIL}


class NewPasswordByLink(NewPassword, Worded, account.ResetPasswordKeyForm):
    labels = NEW
    hints = {"password1": RULES}


class ChangedPassword(NewPassword, Worded, account.ChangePasswordForm):
    labels = {"oldpassword": _("Nuvarande lösenord"), **NEW}
    hints = {"password1": RULES}


class Again(Worded, account.ReauthenticateForm):
    labels = {"password": PASSWORD}


class Code(Worded, mfa.AuthenticateForm):
    labels = {"code": _("Kod")}
    hints = {"code": _("Sex siffror från appen, eller en av dina reservkoder.")}


class CodeAgain(Worded, mfa.ReauthenticateForm):
    labels = {"code": _("Kod")}
    hints = {"code": _("Sex siffror från appen, eller en av dina reservkoder.")}


class AddApp(Worded, ActivateTOTPForm):
    labels = {"code": _("Kod från appen")}
    hints = {"code": _("Sex siffror. De visar att appen är rätt inställd.")}


class RemoveApp(Worded, DeactivateTOTPForm):
    pass


class AddPasskey(Worded, AddWebAuthnForm):
    labels = {"name": _("Namn"), "passwordless": _("Logga in med bara den här passnyckeln, utan lösenord")}
    hints = {
        "name": _("Så att du känner igen den, till exempel ”Tjänstetelefonen”."),
        "passwordless": _("Enheten frågar då efter fingeravtryck, ansikte eller PIN-kod."),
    }


class RenamePasskey(Worded, EditWebAuthnForm):
    labels = {"name": _("Namn")}


class Welcome(NewPassword):
    """The first password of somebody who is invited."""

    password1 = forms.CharField(
        label=_("Välj ett lösenord"),
        help_text=RULES,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Lösenordet igen"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any, person: Person) -> None:
        super().__init__(data)
        self.person = person

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.person)
        return password
