# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an administrator types, and what one says of oneself."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from overens.desks import words
from overens.desks.asking import AskingForm, Day
from overens.people.actions.mandates import Terms
from overens.people.actions.persons import Newcomer
from overens.people.models import Organisation
from overens.planner.models import Unit
from overens.rules.mandates import AT_A_UNIT, GIVES

TELEPHONE = re.compile(r"[0-9 +()/–-]*")


class Telephone(forms.CharField):
    """A number as people write it; empty where there is none."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Telefon"),
            required=False,
            max_length=50,
            widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        )

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).strip()
        if not TELEPHONE.fullmatch(text):
            raise ValidationError(
                _("”%(raw)s” är inget telefonnummer. Skriv det med siffror, till exempel 08-123 45 67."),
                params={"raw": text},
            )
        return text


class Holders(forms.Form):
    """Narrows the list; unknown choices are taken for none, so that an old address still shows something."""

    visa = forms.ChoiceField(
        label=_("Visa"),
        required=False,
        choices=[
            ("", _("Gäller den dagen")),
            ("kommande", _("Kommande")),
            ("avslutade", _("Avslutade")),
            ("alla", _("Alla")),
        ],
    )
    roll = forms.ChoiceField(label=_("Uppdrag"), required=False)
    overenskommelse = forms.ChoiceField(label=_("Överenskommelse"), required=False)
    dag = Day(label=_("Dag"), required=False)
    sok = forms.CharField(label=_("Namn eller e-post"), required=False, max_length=100)

    def __init__(self, data: object, organisation: Organisation, agreements: list[str], today: dt.date) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.today = today
        roles = [(role.value, words.ROLES[role]) for role in GIVES[organisation.kind]]
        self.fields["roll"].choices = [("", _("Alla")), *roles]  # type: ignore[attr-defined]
        self.fields["overenskommelse"].choices = [("", _("Alla")), *((code, code) for code in agreements)]  # type: ignore[attr-defined]

    @property
    def shown(self) -> list[dict[str, object]]:
        """The fields as components/filter_bar.html shows them."""
        kinds = {"dag": "date", "sok": "search"}
        return [
            {"name": field.name, "label": field.label, "type": kinds.get(field.name, "select"),
             "value": self.day.isoformat() if field.name == "dag" else self.chosen(field.name),
             "options": getattr(field.field, "choices", ())}
            for field in self
        ]  # fmt: skip

    def chosen(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")

    @property
    def day(self) -> dt.date:
        self.is_valid()
        return self.cleaned_data.get("dag") or self.today


class MandateForm(AskingForm):
    """A mandate to be given at an organisation."""

    role = forms.ChoiceField(label=_("Uppdrag"))
    unit = forms.ChoiceField(
        label=_("Enhet"),
        required=False,
        help_text=_("Bara för verksamhetschefer. Enheterna läggs till under Planering, Enheternas behov."),
    )
    agreement = forms.ChoiceField(label=_("Överenskommelse"), required=False)
    first_day = Day(label=_("Första dag"))
    last_day = Day(
        label=_("Sista dag"), required=False, help_text=_("Gäller till och med den dagen. Lämna tomt för tills vidare.")
    )
    citation = forms.CharField(
        label=_("Beslut som uppdraget vilar på"),
        required=False,
        max_length=300,
        help_text=_("Till exempel: Delegationsordning, dnr RS 2019-0123, 4 §."),
    )

    def __init__(self, data: object, organisation: Organisation, agreements: dict[str, str], today: dt.date) -> None:
        super().__init__(data, initial={"first_day": today})  # type: ignore[arg-type]
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            ("", _("Välj")),
            *((role.value, words.ROLES[role]) for role in GIVES[organisation.kind]),
        ]
        self.fields["agreement"].choices = [("", _("Alla överenskommelser")), *agreements.items()]  # type: ignore[attr-defined]
        if AT_A_UNIT & set(GIVES[organisation.kind]):
            units = Unit.objects.of(organisation).filter(removed=False)
            self.fields["unit"].choices = [("", _("Ingen enhet")), *((each.code, each.title) for each in units)]  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]

    def terms(self) -> Terms:
        typed = self.cleaned_data
        return Terms(
            typed["role"],
            typed["first_day"],
            typed["citation"],
            typed["agreement"],
            typed["last_day"],
            typed.get("unit", ""),
        )


class InvitationForm(MandateForm):
    """Somebody new, with a first mandate."""

    email = forms.EmailField(
        label=_("E-post"),
        help_text=_(
            "Dit går inbjudan, och med den loggar personen in. Använd personens egen adress, inte en funktionsbrevlåda."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Namn"), required=False, max_length=200, help_text=_("Så som det ska stå på handlingarna.")
    )
    title = forms.CharField(label=_("Titel"), required=False, max_length=200)
    telephone = Telephone()
    field_order = (
        "name",
        "email",
        "title",
        "telephone",
        "role",
        "unit",
        "agreement",
        "first_day",
        "last_day",
        "citation",
    )

    def newcomer(self) -> Newcomer:
        typed = self.cleaned_data
        return Newcomer(typed["email"], typed["name"], typed["title"], typed["telephone"])


class NameForm(AskingForm):
    name = forms.CharField(
        label=_("Namn"),
        required=False,
        max_length=200,
        help_text=_("Det som personen redan har skrivit under behåller namnet som det var."),
    )


class EndForm(AskingForm):
    last_day = Day(
        label=_("Sista dag"),
        help_text=_("Uppdraget gäller till och med den dagen. Välj gårdagen om det inte längre ska gälla i dag."),
    )
    reason = forms.CharField(label=_("Skäl"), required=False, max_length=300)


class SeparationsForm(AskingForm):
    separations = forms.MultipleChoiceField(label=_("Skilda personer"), required=False)
    citation = forms.CharField(
        label=_("Beslut som det vilar på"),
        required=False,
        max_length=300,
        help_text=_("Till exempel: Riktlinjer för intern kontroll, dnr RS 2019-0456."),
    )

    def __init__(self, data: object, choices: list[tuple[str, Any]], initial: list[str]) -> None:
        super().__init__(data, initial={"separations": initial})  # type: ignore[arg-type]
        self.fields["separations"].choices = choices  # type: ignore[attr-defined]

    @property
    def ticked(self) -> list[str]:
        """What is ticked now: as typed, or as it stands."""
        return list(self["separations"].value() or ())


class ContactForm(AskingForm):
    title = forms.CharField(label=_("Titel"), required=False, max_length=200)
    telephone = Telephone()
    language = forms.ChoiceField(
        label=_("Språk"), choices=settings.LANGUAGES, help_text=_("På sidorna och i de brev som Överens skickar.")
    )
