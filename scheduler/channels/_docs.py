"""The reference of channels, generated from what each kind declares.

`python -m scheduler.channels._docs > docs/reference/channels.md` writes it; a test holds the page against it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from scheduler.channels import Adapter, kinds
from scheduler.domain.capabilities import Capabilities, Dedupe, Limit

REPEATS = {
    Dedupe.KEY: "The service honours a key that we send, so a call that went unanswered is repeated.",
    Dedupe.CLIENT_ID: "We choose the post's own id, so a call that went unanswered is repeated and meets itself.",
    Dedupe.TWO_PHASE: "A draft is made first, and its state tells whether it was published.",
    Dedupe.LOOKUP: "A call that went unanswered is looked up, and repeated only where nothing is found.",
    Dedupe.NONE: "Nothing tells a repeat from a new post, so a call that went unanswered is left to a person.",
}
WORDS = {str: "text", bool: "yes or no", int: "number", SecretStr: "secret"}


def reference() -> str:
    parts = [
        "# Channels",
        "Generated from the code: `python -m scheduler.channels._docs > docs/reference/channels.md`.",
        "\n".join(_matrix()),
        *(part for cls in kinds().values() for part in _section(cls)),
    ]
    return "\n\n".join(parts) + "\n"


def _matrix() -> Iterator[str]:
    yield "| kind | text | images | threads | mail | a repeat |"
    yield "|---|---|---|---|---|---|"
    for kind, cls in kinds().items():
        can = cls.can
        cells = (_text(can), _images(can), "yes" if can.threads else "", _mail(can), can.dedupe.value)
        yield f"| [{kind}](#{kind}) | {' | '.join(cells)} |"


def _section(cls: type[Adapter]) -> Iterator[str]:
    yield f"## {cls.kind}"
    yield f"{cls.label}: [where to find what it asks for]({cls.docs}). {_repeat(cls.can)}"
    yield "\n".join(_fields(cls.Config))
    if cls.details:
        yield cls.details


def _repeat(can: Capabilities) -> str:
    window = f" After {can.key_window.seconds // 60} minutes it is looked up first." if can.key_window else ""
    return REPEATS[can.dedupe] + window


def _fields(config: type[BaseModel]) -> Iterator[str]:
    yield "| field | what | |"
    yield "|---|---|---|"
    for name, field in config.model_fields.items():
        yield f"| `{name}` | {_type(field.annotation)} | {'. '.join(_about(field))}. |"


def _about(field: FieldInfo) -> Iterator[str]:
    yield field.description or ""
    default = field.get_default(call_default_factory=True)
    if field.is_required():
        yield "Required"
    elif default and len(str(default)) < 60:
        yield f"Default: `{_value(default)}`"
    if field.examples and field.examples[0] != default:
        yield f"Example: `{_value(field.examples[0])}`"


def _value(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _type(annotation: Any) -> str:
    if get_origin(annotation) is Literal:
        return "one of " + ", ".join(f"`{choice}`" for choice in get_args(annotation))
    if get_origin(annotation) in {Union, UnionType}:
        return next(_type(part) for part in get_args(annotation) if part is not type(None))
    if get_origin(annotation) is dict:
        return f"names, each with a {_type(get_args(annotation)[1])}"
    return WORDS.get(annotation, "text")


def _text(can: Capabilities) -> str:
    if can.mail:
        return ""
    return " and ".join(_limit(can.text)) if can.text else "any length"


def _limit(limit: Limit) -> Iterator[str]:
    yield f"{limit.most} {limit.name}"
    if limit.also:
        yield from _limit(limit.also)


def _images(can: Capabilities) -> str:
    return f"{can.images.count} of {_size(can.images.max_bytes)}" if can.images else ""


def _mail(can: Capabilities) -> str:
    return f"{can.mail.batch} a call, {_size(can.mail.max_bytes)}" if can.mail else ""


def _size(number: int) -> str:
    return f"{number / 2**20:.0f} MiB" if number >= 2**20 else f"{number // 1000} kB"


if __name__ == "__main__":
    sys.stdout.write(reference())
