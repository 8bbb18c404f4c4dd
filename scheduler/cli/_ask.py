"""What a kind of channel asks a person for: from options, from the environment, or in a conversation."""

from __future__ import annotations

import os
import sys

import typer

from scheduler.domain.calendar import Slot, parse_slots
from scheduler.domain.errors import PullquoteError
from scheduler.services import form
from scheduler.services.form import Field

SLOTS = "mon-fri 09:00 17:00"


def from_environment(kind: str) -> dict[str, str]:
    found = {field.name: os.environ.get(variable(kind, field)) for field in form.fields(kind)}
    return {name: value for name, value in found.items() if value is not None}


def variable(kind: str, field: Field) -> str:
    return f"PULLQUOTE_{kind}_{field.name}".upper()


def ask_fields(kind: str, typed: dict[str, str]) -> dict[str, str]:
    """`typed` and what is still missing. Only what must be given is asked for; the rest has defaults."""
    for field in form.missing(kind, typed):
        if not somebody_is_there():
            raise PullquoteError(
                f"{field.name} is missing: give it with --set {field.name}=…, or set {variable(kind, field)} "
                "and say --from-env."
            )
        typed = typed | {field.name: _ask(field)}
    return typed


def _ask(field: Field) -> str:
    example = f" (such as {field.example})" if field.example and not field.secret else ""
    said: str = typer.prompt(f"{field.about}{example}", hide_input=field.secret, err=True)
    return said


def ask_slots() -> list[Slot]:
    """When to post: asked where somebody is there to answer; a channel may have no slots."""
    return parse_slots(typer.prompt("When to post", SLOTS, err=True)) if somebody_is_there() else []


def somebody_is_there() -> bool:
    """Whether there is a terminal to ask at."""
    return sys.stdin.isatty()
