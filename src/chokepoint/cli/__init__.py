"""The command line: results to standard output, progress to standard error, exit codes that mean something.

0 done; 1 failure; 2 wrong use or invalid input; 4 a market that was not solved. Each module beside this one holds one
family of commands; a new command is a function there and a line below.
"""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from chokepoint.cli import (
    backtests,
    ensembles,
    exchange,
    indicators,
    lookups,
    minerals,
    read,
    runs,
    sensitivity,
    sources,
    worlds,
)
from chokepoint.errors import ChokepointError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chokepoint")
def commands() -> None:
    """Say who can squeeze whom over critical minerals, what it costs each side, and when stores run dry."""


for _command in (
    runs.run,
    runs.exposure,
    runs.talks,
    runs.compare,
    exchange.bargain,
    backtests.backtest,
    backtests.preregistered,
    ensembles.ensemble,
    sensitivity.sensitivity,
    lookups.example,
    lookups.scenarios,
    lookups.why,
    indicators.indicators,
    indicators.suppliers,
    indicators.cite,
    sources.sources,
    minerals.minerals,
    minerals.mineral,
    worlds.world,
    read.read,
):
    commands.add_command(_command)


def main() -> NoReturn:
    """Run the command line and turn failures on purpose into their exit codes."""
    try:
        commands(standalone_mode=False)
    except ChokepointError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; nothing was written", err=True)
        sys.exit(1)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    sys.exit(0)
