"""Options that several commands have in common."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from scheduler.domain.errors import PullquoteError

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


def confirm(question: str, yes: bool) -> None:
    """Go on only where a person says so. A script says so with --yes."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise PullquoteError(f"{question} Nobody is here to ask: say so with --yes.")
    typer.confirm(question, abort=True)


def pairs(given: Iterable[str] | None, option: str) -> dict[str, str]:
    """name=value, as often as it was given."""
    found = {}
    for pair in given or ():
        name, equals, value = pair.partition("=")
        if not equals:
            raise typer.BadParameter(f"{pair!r} has no value: write it as name=value", param_hint=option)
        found[name.strip()] = value
    return found
