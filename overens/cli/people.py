# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens administrator``: the operator's one way to let somebody in, and no more than that."""

from __future__ import annotations

from typing import Annotated

import typer

from overens.cli.database import with_database

app = typer.Typer(help="Give an organisation its first administrator.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def administrator() -> None:
    """Administrators invite their own people; the operator gives no other mandate."""


@app.command("add")
@with_database
def add(
    organisation: Annotated[str, typer.Argument(help="The organisation's code: 03, KAM …")],
    email: Annotated[str, typer.Argument(help="The person's own address, with which they log in.")],
    name: Annotated[str, typer.Option(help="The person's name.")],
    citation: Annotated[str, typer.Option(help="The decision that it rests on, with its registration number.")],
    title: Annotated[str, typer.Option(help="The person's title.")] = "",
    telephone: Annotated[str, typer.Option(help="The person's telephone.")] = "",
) -> None:
    """Give an organisation that has no administrator its first one, from today on; print where they come in."""
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from overens.people.actions.mandates import Terms
    from overens.people.actions.persons import Newcomer, add_first_administrator
    from overens.people.models import Organisation
    from overens.records import clock
    from overens.rules.findings import refuse
    from overens.rules.process import Role

    found = Organisation.objects.filter(code=organisation).first()
    if found is None:
        refuse("organisation-unknown", organisation=organisation, codes=list(_codes()))
    try:
        validate_email(email)
    except ValidationError:
        refuse("email-unreadable", raw=email)
    terms = Terms(Role.ADMINISTRATOR, clock.today(), citation)
    mandate = add_first_administrator(found, Newcomer(email, name, title, telephone), terms)
    typer.echo(f"{mandate.person.name} is administrator of {found.name} from {mandate.valid_from} on.")
    if not mandate.person.has_usable_password():
        from overens.web.login import invitation_link

        typer.echo(f"To be sent to {mandate.person.email} and nobody else: {invitation_link(mandate.person)}")


def _codes() -> list[str]:
    from overens.people.models import Organisation

    return list(Organisation.objects.order_by("code").values_list("code", flat=True))
