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
MOST_ITEMS = (2, 9, 99)  # tried in turn: fewer items spend less on their numbers, two of them nothing


def render(templates: Environment, name: str, context: PostContext) -> str:
    """The text of `posts/<name>.<kind>.txt.j2`, or of `posts/<name>.txt.j2` where the kind has none."""
    names = [f"posts/{name}.{context.kind}.txt.j2", f"posts/{name}.txt.j2"]
    return _tidy(fill(templates, names, _values(context)))


def post(
    templates: Environment, name: str, versions: Sequence[PostContext], can: Capabilities, *, whole: bool
) -> list[str]:
    """The items of one post on one kind of channel: one text, or several where it becomes a thread.

    `versions` are what it may say, the best first. Where that does not fit, it is said in a thread, if the
    kind has threads and `whole` asks for it, or else in the first version that fits. No paragraph is parted
    where that can be helped.
    """
    texts = [render(templates, name, version) for version in versions]
    short = next((text for text in texts if _fits(text, can)), None)
    if short == texts[0]:
        return [short]
    if whole and can.threads and (items := _items(templates, texts[:1], can, parting=False)):
        return items
    if short is not None:
        return [short]
    if can.threads and (items := _items(templates, texts[:1], can, parting=True)):
        return items
    raise _too_long(texts[-1], versions[-1].kind, can)


def thread_post(
    templates: Environment, name: str, versions: Sequence[PostContext], can: Capabilities
) -> list[str]:
    """The items of a thread; on a kind without threads, all of them in one text."""
    told = [_parts(render(templates, name, version)) for version in versions]
    together = [PARAGRAPH.join(parts) for parts in told]
    if can.threads:
        tries = (_items(templates, parts, can, parting=part) for part in (False, True) for parts in told)
        made = next(filter(None, tries), None)
    else:
        made = next(([text] for text in together if _fits(text, can)), None)
    if made is None:
        raise _too_long(together[-1], versions[-1].kind, can)
    return made


def _parts(text: str) -> list[str]:
    return [part for part in map(_tidy, NEXT_ITEM.split(text)) if part]


def _items(
    templates: Environment, parts: Sequence[str], can: Capabilities, *, parting: bool
) -> list[str] | None:
    """Each part as one item, or as several where it is too long; numbered. None: they do not fit.

    Only with `parting` may a paragraph be parted between two of its sentences.
    """

    def fits(most: int, text: str) -> bool:
        return _fits(_numbered(templates, text, most, most), can)

    paragraphs = [part.split(PARAGRAPH) for part in parts]
    for most in MOST_ITEMS:
        packed = _packed(paragraphs, partial(fits, most), parting)
        if packed is not None and len(packed) <= most:
            return [_numbered(templates, text, at, len(packed)) for at, text in enumerate(packed, 1)]
    return None


def _packed(parts: Sequence[Sequence[str]], fits: Fits, parting: bool) -> list[str] | None:
    if not parting and not all(fits(paragraph) for part in parts for paragraph in part):
        return None
    packed = [thread(part, fits) for part in parts]
    return [text for items in packed for text in items or ()] if None not in packed else None


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
