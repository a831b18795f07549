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

    organisation = find_organisation(code) if code is not None else None
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


@people.command("forget-second-factors")
@click.argument("login")
@with_records
def forget_second_factors(login: str) -> None:
    """Take all second factors from the person with the login LOGIN, who has lost theirs.

    They are signed out, sign in with their password, and set up new ones. Make sure first that it is they who ask.
    """
    from igtoolkit.actions.people import holder
    from igtoolkit.actions.said import Invalid
    from igtoolkit.actions.second_factors import take_factors_away
    from igtoolkit.web.notices import notice
    from igtoolkit.web.posting import Posted, post_now

    person = holder(login.strip().lower())
    if person is None:
        raise BadInput(f"There is nobody with the login {login!a}.")
    try:
        take_factors_away(person, by=None)
    except Invalid as invalid:
        raise BadInput(". ".join(invalid.errors.values()) + ".") from invalid
    posted = post_now(notice(person, TAKEN_AWAY))
    click.echo(f"Taken away: {person.email} signs in with a password alone, then sets up a new second factor.")
    click.echo(MAIL_WAITS if posted.waits else TOLD if posted is Posted.SENT else NOT_TOLD)


TOLD = "They were told by mail."
NOT_TOLD = "They could not be told by mail: tell them yourself."
MAIL_WAITS = "The mail that tells them waits, and the running service sends it as soon as it can."
TAKEN_AWAY = (
    "Your second factors were taken away by the operator of the service, because they are lost, and with them any "
    "identity at another sign-in service and your tokens for the API."
)


def find_organisation(code: str) -> "Organisation":
    """The organisation with this code. Raises BadInput naming the nearest."""
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
