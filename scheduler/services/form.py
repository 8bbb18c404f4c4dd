"""What to ask a person who connects a channel: the fields of its kind's Config, in order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from scheduler.channels import adapter
from scheduler.domain.errors import PullquoteError


@dataclass(frozen=True)
class Field:
    name: str
    about: str
    secret: bool  # typed without being shown
    required: bool
    default: str = ""  # as a person would type it
    choices: tuple[str, ...] = ()
    example: str = ""
    structured: bool = False  # typed as JSON: names, each with a value


def fields(kind: str) -> list[Field]:
    return [_field(name, info) for name, info in adapter(kind).Config.model_fields.items()]


def _field(name: str, info: FieldInfo) -> Field:
    of = _type(info.annotation)
    default = None if info.is_required() else info.get_default(call_default_factory=True)
    return Field(
        name=name,
        about=info.description or name,
        secret=_holds_secret(of),
        required=info.is_required(),
        default="" if default is None else _typed(default),
        choices=tuple(map(str, get_args(of))) if get_origin(of) is Literal else (),
        example=_typed(info.examples[0]) if info.examples else "",
        structured=get_origin(of) is dict,
    )


def _type(annotation: Any) -> Any:
    """The type without "or nothing"."""
    if get_origin(annotation) in {Union, UnionType}:
        return next(part for part in get_args(annotation) if part is not type(None))
    return annotation


def _holds_secret(of: Any) -> bool:
    return of is SecretStr or any(part is SecretStr for part in get_args(of))


def _typed(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def values(kind: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, as `connect.add_channel` takes it. What was left empty keeps its default."""
    known = _known(kind, typed)
    return {name: _value(known[name], text) for name, text in typed.items() if text != ""}


def _value(field: Field, text: str) -> Any:
    if not field.structured:
        return text
    try:
        return json.loads(text)
    except ValueError:
        raise PullquoteError(f"{field.name} is not JSON: write it like {field.example}.") from None


def missing(kind: str, typed: Mapping[str, str]) -> list[Field]:
    """The required fields that were not given yet."""
    return [field for field in _known(kind, typed).values() if field.required and not typed.get(field.name)]


def _known(kind: str, typed: Mapping[str, str]) -> dict[str, Field]:
    known = {field.name: field for field in fields(kind)}
    if unknown := sorted(set(typed) - set(known)):
        raise PullquoteError(f"{adapter(kind).label} has no field {unknown[0]!r}: use {', '.join(known)}.")
    return known
