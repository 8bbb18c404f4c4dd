"""How commands behave: what goes wrong becomes one sentence, and a group on its own lists what it has."""

from __future__ import annotations

import typer
from rich.text import Text
from typer.core import TyperGroup

from scheduler.cli._show import hint
from scheduler.domain.errors import PullquoteError


class Commands(TyperGroup):
    """The outermost group: a mistake that a person can mend is one sentence on standard error and exit code 1."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        try:
            return super().invoke(ctx)
        except PullquoteError as error:
            refuse(str(error))
            raise typer.Exit(1) from error
        except OverflowError as error:
            if "SQLite INTEGER" not in str(error):
                raise
            refuse("A number in this command is larger than any number here: check it.")
            raise typer.Exit(1) from error


class Listing(TyperGroup):
    """`pullquote queue` is `pullquote queue list`, and `pullquote pieces 3` is `pullquote pieces list 3`."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        asks_for_help = args[:1] == ["--help"]
        if not asks_for_help and (not args or args[0].startswith("-") or args[0].isdigit()):
            args = ["list", *args]
        return super().parse_args(ctx, args)


def refuse(sentence: str) -> None:
    hint(Text.assemble(("✗ ", "bold red"), sentence))
