"""Bluesky's rich text: what in a text is a link, a hashtag or a mention, in UTF-8 byte offsets.

https://docs.bsky.app/docs/advanced-guides/post-richtext
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import regex

from scheduler.channels._links import links
from scheduler.channels._units import graphemes, utf8

_SIGN = r"\p{L}\p{Emoji_Presentation}\p{Emoji_Modifier_Base}\p{Extended_Pictographic}"
_TAG = regex.compile(rf"(?<!\S)#([{_SIGN}][{_SIGN}\p{{Emoji_Modifier}}\d_\-]*)")
_HOST = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_MENTION = regex.compile(rf"(?<![^\s(])@({_HOST}(?:\.{_HOST})+)", regex.IGNORECASE)
_LONGEST_TAG = 64  # graphemes; app.bsky.richtext.facet#tag
_LONGEST_TAG_BYTES = 640


def handles(text: str) -> list[str]:
    """The handles that `text` mentions, each once."""
    return list(dict.fromkeys(m[1].lower() for m in _MENTION.finditer(text)))


def facets(text: str, dids: Mapping[str, str]) -> list[dict[str, Any]]:
    """The facets of `text`. `dids` has the handles that are somebody; the others stay plain text."""
    found = sorted([*_links(text), *_tags(text), *_mentions(text, dids)], key=lambda facet: facet[0])
    return [_facet(text, start, end, feature) for start, end, feature in found]


_Feature = tuple[int, int, dict[str, str]]  # start, end in code points


def _links(text: str) -> Iterator[_Feature]:
    for start, end in links(text):
        yield start, end, {"$type": "app.bsky.richtext.facet#link", "uri": text[start:end]}


def _tags(text: str) -> Iterator[_Feature]:
    for m in _TAG.finditer(text):
        tag = m[1].rstrip("_-")
        if graphemes(tag) <= _LONGEST_TAG and utf8(tag) <= _LONGEST_TAG_BYTES:
            yield m.start(), m.start() + 1 + len(tag), {"$type": "app.bsky.richtext.facet#tag", "tag": tag}


def _mentions(text: str, dids: Mapping[str, str]) -> Iterator[_Feature]:
    for m in _MENTION.finditer(text):
        did = dids.get(m[1].lower())
        if did:
            yield m.start(), m.end(), {"$type": "app.bsky.richtext.facet#mention", "did": did}


def _facet(text: str, start: int, end: int, feature: dict[str, str]) -> dict[str, Any]:
    first = utf8(text[:start])
    index = {"byteStart": first, "byteEnd": first + utf8(text[start:end])}
    return {"index": index, "features": [feature]}
