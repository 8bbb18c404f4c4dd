"""The reference of what each template knows, made from the contexts. A test fails when the page differs.

python -m scheduler.render.reference > docs/reference/templates.md
"""

from __future__ import annotations

import inspect
import sys
from dataclasses import Field, fields, is_dataclass

from scheduler.render import context

OPENING = """# What templates know

Made from `scheduler/render/context.py` by `python -m scheduler.render.reference`: edit that, not this page.

Put a template of the same name into your own folder to replace one of ours. It can start from ours with
`{% extends "default:posts/quote.txt.j2" %}`. A name that is not in these tables is a mistake that is shown with
the template's line. Values are escaped everywhere but in `.txt` templates.
"""


def page() -> str:
    return "\n".join([OPENING, *map(_section, contexts())])


def contexts() -> list[type]:
    """The dataclasses of the module, in the order in which they stand there."""
    return [
        each
        for each in vars(context).values()
        if isinstance(each, type) and is_dataclass(each) and each.__module__ == context.__name__
    ]


def _section(each: type) -> str:
    head = ["| variable | type | what it is |", "|---|---|---|"]
    table = "\n".join([*head, *map(_row, fields(each))])
    return f"## {each.__name__}\n\n{inspect.getdoc(each)}\n\n{table}\n"


def _row(variable: Field[object]) -> str:
    kind = str(variable.type).replace("|", "\\|")
    return f"| `{variable.name}` | {kind} | {variable.metadata['help']} |"


if __name__ == "__main__":
    sys.stdout.write(page())
