"""The texts of posts: from templates, and fitted to what a kind of channel can carry."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import partial
from typing import Any

from jinja2 import Environment

from scheduler.domain.capabilities import Capabilities
from scheduler.domain.errors import NotSupported
from scheduler.domain.fit import PARAGRAPH, Fits, thread
from scheduler.render.context import ItemContext, PostContext
from scheduler.render.environment import fill

NEXT_ITEM = re.compile(r"^[ \t]*---[ \t]*$", re.MULTILINE)
_GAP = re.compile(r"[ \t]*\n(?:[ \t]*\n)+")
_MANY = 99  # items that a thread is at most taken to have while its numbers are not known yet


def render(templates: Environment, name: str, context: PostContext) -> str:
    """The text of `posts/<name>.<kind>.txt.j2`, or of `posts/<name>.txt.j2` where the kind has none."""
    names = [f"posts/{name}.{context.kind}.txt.j2", f"posts/{name}.txt.j2"]
    return _tidy(fill(templates, names, _values(context)))


def post(
    templates: Environment, name: str, versions: Sequence[PostContext], can: Capabilities, *, whole: bool
) -> list[str]:
    """The items of one post on one kind of channel: one text, or several where it becomes a thread.

    `versions` are what it may say, the best first. Where that does not fit, it is said in a thread, if the
    kind has threads and `whole` asks for it, or else in the first version that fits.
    """
    texts = [render(templates, name, version) for version in versions]
    short = next((text for text in texts if _fits(text, can)), None)
    if short is not None and (short is texts[0] or not whole):
        return [short]
    if can.threads and (items := _items(templates, texts[:1], can)):
        return items
    if short is not None:
        return [short]
    raise _too_long(texts[-1], versions[-1].kind, can)


def thread_post(
    templates: Environment, name: str, versions: Sequence[PostContext], can: Capabilities
) -> list[str]:
    """The items of a thread; on a kind without threads, all of them in one text."""
    for version in versions:
        text = render(templates, name, version)
        parts = [part for part in map(_tidy, NEXT_ITEM.split(text)) if part]
        if can.threads and (items := _items(templates, parts, can)):
            return items
        if not can.threads and _fits(PARAGRAPH.join(parts), can):
            return [PARAGRAPH.join(parts)]
    raise _too_long(text, versions[-1].kind, can)


def _items(templates: Environment, parts: Sequence[str], can: Capabilities) -> list[str] | None:
    """Each part as one item, or as several where it is too long; numbered. None: a sentence is too long."""

    def fits(most: int, text: str) -> bool:
        return _fits(_numbered(templates, text, most, most), can)

    for most in (2, _MANY):  # a pair of items is tried first: by our template, it spends nothing on numbers
        packed = _packed(parts, partial(fits, most))
        if packed is not None and len(packed) <= most:
            return [_numbered(templates, text, number, len(packed)) for number, text in enumerate(packed, 1)]
    return None


def _packed(parts: Sequence[str], fits: Fits) -> list[str] | None:
    packed: list[str] = []
    for part in parts:
        if (items := thread(part.split(PARAGRAPH), fits)) is None:
            return None
        packed += items
    return packed


def _numbered(templates: Environment, text: str, number: int, total: int) -> str:
    return _tidy(fill(templates, "posts/item.txt.j2", _values(ItemContext(text, number, total))))


def _fits(text: str, can: Capabilities) -> bool:
    return can.text is None or can.text.fits(text)


def _too_long(text: str, kind: str, can: Capabilities) -> NotSupported:
    limit = can.text.describe(text) if can.text else ""
    return NotSupported(f"Even its shortest text is too long for {kind.capitalize()}", limit)


def _tidy(text: str) -> str:
    return _GAP.sub(PARAGRAPH, text).strip()


def _values(context: PostContext | ItemContext) -> Mapping[str, Any]:
    return {each.name: getattr(context, each.name) for each in fields(context)}
