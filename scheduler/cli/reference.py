"""The reference of the commands and the settings, written from the code. A test holds the pages against it.

`python -m scheduler.cli.reference docs/reference` writes the pages.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic_core import PydanticUndefined
from typer.core import TyperArgument, TyperGroup
from typer.main import get_command

from scheduler.cli._app import app
from scheduler.settings import FILE, Settings

GENERATED = "Generated from the code: `python -m scheduler.cli.reference docs/reference`."
INTRODUCTION = """\
`pullquote --help` says the same, and so does `--help` behind each command. `pullquote --install-completion` teaches
your shell the names of channels and the numbers of articles, pieces and deliveries.

Exit codes: 0 is fine; 1 means that something was refused or is wrong, with one sentence on standard error; 2 means
that the command was not understood. `--json` prints instants twice, in UTC (`due_at`) and in the channel's zone
(`due_local`), as ISO 8601."""

SETTINGS = f"""\
Read once at the start: from the environment, else from `{FILE}` in the current folder, else the default. Whatever
changes at run time is in the database. `pullquote doctor` shows each value and where it comes from."""


def pages() -> dict[str, str]:
    return {"cli.md": commands(), "settings.md": settings()}


def commands() -> str:
    root = get_command(app)
    parts = ["# Commands", GENERATED, INTRODUCTION, _options(root), *_sections(root, "pullquote")]
    return "\n\n".join(part for part in parts if part) + "\n"


def _sections(group: Any, path: str) -> Iterator[str]:
    for name, command in group.commands.items():
        here = f"{path} {name}"
        yield f"## {here}"
        yield command.help.strip()
        if isinstance(command, TyperGroup):
            yield "On its own it is `list`." if "list" in command.commands else ""
            yield from _sections(command, here)
        else:
            yield f"    {here}{_usage(command)}"
            yield _options(command)


def _usage(command: Any) -> str:
    names = [_name(param) if param.required else f"[{_name(param)}]" for param in _arguments(command)]
    return "".join(f" {name}" for name in names)


def _arguments(command: Any) -> list[Any]:
    return [param for param in command.params if isinstance(param, TyperArgument)]


def _name(param: Any) -> str:
    return f"{param.name.upper()}{'…' if param.nargs == -1 else ''}"


def _options(command: Any) -> str:
    rows = [
        f"| {_spelt(param)} | {_told(param)} |" for param in command.params if param.help and not param.hidden
    ]
    return "\n".join(["| | |", "|---|---|", *rows]) if rows else ""


def _spelt(param: Any) -> str:
    if isinstance(param, TyperArgument):
        return f"`{_name(param)}`"
    return ", ".join(f"`{each}`" for each in (*param.opts, *param.secondary_opts))


def _told(param: Any) -> str:
    if param.required or isinstance(param, TyperArgument):
        return str(param.help)
    shown = param.show_default if isinstance(param.show_default, str) else _default(param.default)
    return f"{param.help} Default: {shown}." if shown else str(param.help)


def _default(value: Any) -> str:
    return "" if value is None or isinstance(value, bool) or value == "" else f"`{value}`"


def settings() -> str:
    head = f"| in {FILE} | in the environment | default | what |\n|---|---|---|---|"
    rows = [_setting(name, field) for name, field in Settings.model_fields.items()]
    return "\n\n".join(["# Settings", GENERATED, SETTINGS, "\n".join([head, *rows])]) + "\n"


def _setting(name: str, field: Any) -> str:
    default = "" if field.default in {None, PydanticUndefined, ()} else f"`{field.default}`"
    return f"| `{name}` | `PULLQUOTE_{name.upper()}` | {default} | {field.description} |"


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
