"""`igtoolkit people`: accounts."""

import sys
from typing import TYPE_CHECKING

import click

from igtoolkit.config.commands.terminal import BadInput, nearest, with_records

if TYPE_CHECKING:
    from igtoolkit.records.models import Organisation


@click.group()
def people() -> None:
    """People who sign in."""


@people.command()
@click.argument("login")
@click.option("--organisation", "code", metavar="CODE", help="The organisation the person belongs to.")
@click.option("--role", default="", help="viewer, contributor, reviewer or administrator.")
@click.option("--ndg", is_flag=True, help="Reads for the National Data Guardian.")
@click.option("--service", is_flag=True, help="Belongs to the service team.")
@click.option("--name", default="", help="As it is shown on pages and papers.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input, up to the end of the line."
)
@with_records
def add(login: str, code: str | None, role: str, ndg: bool, service: bool, name: str, password_stdin: bool) -> None:
    """Add the person with the e-mail address LOGIN.

    Say one place: --organisation with --role, or --ndg, or --service. Without a password, a link for
    setting one is printed; it works once, for three days. Nothing is mailed.
    """
    from igtoolkit.actions.people import add_person
    from igtoolkit.actions.said import Invalid
    from igtoolkit.web.invitations import password_link

    organisation = _organisation(code) if code is not None else None
    _check_role(role, organisation)
    try:
        person = add_person(
            login,
            organisation=organisation,
            role=role.lower(),
            reads_for_ndg=ndg,
            serves=service,
            name=name,
            password=sys.stdin.readline().rstrip("\r\n") if password_stdin else None,
        )
    except Invalid as invalid:
        raise BadInput(". ".join(invalid.errors.values()) + ".") from invalid
    click.echo(f"Added {person.email}: {person.place}.")
    if not password_stdin:
        click.echo(f"To set a password, open: {password_link(person)}")


def _organisation(code: str) -> "Organisation":
    from igtoolkit.records.models import Organisation

    found = Organisation.objects.filter(code=code.strip().upper()).first()
    if found is None:
        codes = list(Organisation.objects.values_list("code", flat=True))
        raise BadInput(
            f"There is no organisation {code!a}.{nearest(code.upper(), codes)}{'' if codes else NONE_LOADED}"
        )
    return found


NONE_LOADED = " None is loaded yet: run `igtoolkit organisations load FILE --year YEAR`."


def _check_role(role: str, organisation: "Organisation | None") -> None:
    from igtoolkit.records.models import Role

    if organisation and not role:
        raise BadInput(f"Say the person's role: --role {', '.join(Role.values)}.")
    if role and role.lower() not in Role.values:
        raise BadInput(f"There is no role {role!a}.{nearest(role.lower(), Role.values)}")
