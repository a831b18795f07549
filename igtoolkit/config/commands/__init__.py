"""The command `igtoolkit`: what whoever runs the service can do at a terminal.

Exit codes: 0 all is well; 1 something wrong was found; 2 what was typed or given cannot be used.
Nothing of Django is imported until a command needs the records, so that --help answers at once.
"""

import click

from igtoolkit import __version__
from igtoolkit.config.commands import (
    access_table,
    framework,
    organisations,
    people,
    report,
    scores,
    serving,
    setting_up,
    trail,
    verify,
    work,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="igtoolkit")
def igtoolkit() -> None:
    """The Information Governance Toolkit: one record, every report.

    Where the records are comes from IGTOOLKIT_HOME (a folder, by default var) or IGTOOLKIT_DATABASE.
    Exit codes: 0 all is well, 1 something wrong was found, 2 what was given cannot be used.
    """


for each in (
    setting_up.set_up,
    serving.demo,
    serving.serve,
    work.work,
    organisations.organisations,
    people.people,
    report.report,
    scores.scores,
    framework.framework,
    verify.verify,
    trail.trail,
    trail.witness,
    access_table.access_table,
):
    igtoolkit.add_command(each)


def main() -> None:
    """The installed command."""
    igtoolkit(prog_name="igtoolkit")
