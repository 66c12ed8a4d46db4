# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The way in for somebody who is invited: a link by e-mail, by which they choose how to log in."""

from __future__ import annotations

import smtplib

import structlog
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from overens.desks.access import ActingRequest
from overens.people.models import Organisation, Person

log = structlog.get_logger()


def has_entered(person: Person) -> bool:
    """True when the person has logged in, or can without an invitation."""
    return person.last_login is not None or (person.password != "" and person.has_usable_password())


def link_for(request: ActingRequest, person: Person) -> str:
    """The address at which the person chooses how to log in. Whoever has it can do so: it goes to nobody else."""
    from overens.web.login import invitation_link

    return request.build_absolute_uri(invitation_link(person))


def send(request: ActingRequest, organisation: Organisation, person: Person) -> None:
    """The invitation by e-mail, and word of how that went. The demo sends nothing: the person's page shows the link."""
    if settings.DEMO:
        messages.success(request, gettext("%(name)s är inbjuden.") % {"name": person.name})
        return
    with translation.override(person.language):
        subject = gettext("Inbjudan till Överens")
        body = render_to_string(
            "people/invitation.txt",
            {
                "person": person,
                "organisation": organisation,
                "inviter": request.user,
                "link": link_for(request, person),
            },
        )
    try:
        send_mail(subject, body, None, [person.email])
    except (smtplib.SMTPException, OSError) as problem:
        log.error("invitation not sent", person=person.pk, problem=type(problem).__name__)
        messages.error(
            request,
            gettext("Uppdraget är givet, men inbjudan kunde inte skickas till %(email)s. Skicka den igen om en stund.")
            % {"email": person.email},
        )
        return
    messages.success(request, gettext("Inbjudan är skickad till %(email)s.") % {"email": person.email})
