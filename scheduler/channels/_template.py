"""The webhook's body template: JSON whose texts may hold {{name}}. No logic, and no escaping to get wrong.

The template is read as JSON first and filled afterwards, so a value can never break out of its place. A text
that is exactly "{{name}}" becomes the value itself, whatever it is; anywhere else the value must be a text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

_SLOT = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_DEEPEST = 20
_TOO_DEEP = f"the body is nested too deep: {_DEEPEST} levels are the most"


def read(template: str, *, texts: Collection[str], others: Collection[str]) -> Any:
    """The template as JSON; `texts` and `others` are the names it may use, by the kind of their values.

    Raises ValueError, saying what is wrong and what to do.
    """
    try:
        shape = json.loads(template)
    except ValueError as error:
        raise ValueError(
            f'the body is not JSON ({error}): write placeholders as texts, "{{{{text}}}}"'
        ) from None
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    for text in _texts(shape):
        _check(text, texts, others)
    return shape


def fill(shape: Any, values: Mapping[str, Any]) -> Any:
    """`shape` with its placeholders replaced."""
    match shape:
        case str():
            alone = _SLOT.fullmatch(shape)
            return values[alone[1]] if alone else _SLOT.sub(lambda m: values[m[1]], shape)
        case list():
            return [fill(part, values) for part in shape]
        case dict():
            return {name: fill(part, values) for name, part in shape.items()}
        case _:
            return shape


def _texts(shape: Any, depth: int = 0) -> Iterator[str]:
    if depth > _DEEPEST:
        raise ValueError(_TOO_DEEP)
    match shape:
        case str():
            yield shape
        case list():
            for part in shape:
                yield from _texts(part, depth + 1)
        case dict():
            for name, part in shape.items():
                if "{{" in name:
                    raise ValueError(f"{name} is a name in the body: only values can be placeholders")
                yield from _texts(part, depth + 1)


def _check(text: str, texts: Collection[str], others: Collection[str]) -> None:
    if "{{" in _SLOT.sub("", text):
        raise ValueError(f"{text!r} has a placeholder that does not end: write {{{{text}}}}")
    for name in _SLOT.findall(text):
        if name not in texts and name not in others:
            known = ", ".join(sorted([*texts, *others]))
            raise ValueError(f"there is no placeholder {{{{{name}}}}}: choose from {known}")
        if name in others and not _SLOT.fullmatch(text):
            raise ValueError(f'{{{{{name}}}}} is not a text: it must stand alone, "{{{{{name}}}}}"')
