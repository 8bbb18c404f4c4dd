"""The Jinja environment: the user's templates over ours, strict, sandboxed, escaped by file name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from scheduler.domain.errors import PullquoteError

PACKAGE = Path(__file__).resolve().parents[1]

#: What a template's own expressions can raise: `{{ 1 / 0 }}`, `{{ "a" + 1 }}`, an endless include.
_MISTAKES = (
    TemplateError,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    RecursionError,
)


def default_templates() -> Path:
    """The templates that we ship: inside the package, or beside it in an editable install."""
    packaged = PACKAGE / "_templates"
    return packaged if packaged.is_dir() else PACKAGE.parent / "templates"


def environment(folders: Sequence[Path]) -> Environment:
    """Templates from `folders`, the first that has one wins, then ours.

    `{% extends "default:posts/quote.txt.j2" %}` reaches ours from an override of the same name.
    """
    ours = FileSystemLoader(default_templates())
    users = [FileSystemLoader(folder) for folder in folders]
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*users, ours, PrefixLoader({"default": ours}, delimiter=":")]),
        undefined=StrictUndefined,
        autoescape=is_markup,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def is_markup(name: str | None) -> bool:
    """Whether values are escaped: everywhere but in plain text."""
    return name is None or not name.removesuffix(".j2").endswith(".txt")


def fill(templates: Environment, name: str | Sequence[str], values: Mapping[str, Any]) -> str:
    """The template `name`, or the first of several that there is, with `values`.

    A mistake in it is one sentence with its file and line.
    """
    try:
        names = [name] if isinstance(name, str) else list(name)
        return templates.select_template(names).render(values)
    except _MISTAKES as mistake:
        last = name if isinstance(name, str) else name[-1]
        raise PullquoteError(f"The template {_place(mistake, last)}: {_complaint(mistake)}") from mistake


def check_templates(templates: Environment) -> int:
    """Compile every template, without filling it: how many there are."""
    names = templates.list_templates(filter_func=lambda name: name.endswith(".j2") and ":" not in name)
    for name in names:
        try:
            templates.get_template(name)
        except TemplateError as mistake:
            raise PullquoteError(f"The template {_place(mistake, name)}: {_complaint(mistake)}") from mistake
    return len(names)


def _place(mistake: Exception, name: str) -> str:
    if isinstance(mistake, TemplateSyntaxError):
        return f"{mistake.filename or mistake.name or name}, line {mistake.lineno}"
    frames = _template_frames(mistake.__traceback__)
    return "{}, line {}".format(*frames[-1]) if frames else name


def _template_frames(traceback: TracebackType | None) -> list[tuple[str, int]]:
    """File and line of each template that was being filled, the innermost last.

    Jinja puts the template's own lines into the traceback and marks their frames so.
    """
    found = []
    while traceback:
        frame = traceback.tb_frame
        if "__jinja_exception__" in frame.f_globals:
            found.append((frame.f_code.co_filename, traceback.tb_lineno))
        traceback = traceback.tb_next
    return found


def _complaint(mistake: Exception) -> str:
    if isinstance(mistake, TemplateNotFound):
        return f"there is no template {mistake.name}"
    if isinstance(mistake, RecursionError):
        return "it includes itself without end"
    return str(mistake)
