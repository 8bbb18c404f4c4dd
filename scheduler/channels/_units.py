"""The units that networks count text in."""

from __future__ import annotations

import re

import regex

from scheduler.channels._links import links

_CLUSTER = regex.compile(r"\X")
_URL_LENGTH = 23  # every link counts as this many: characters_reserved_per_url of the instance
_REMOTE_MENTION = re.compile(r"(?<![=/\w])@([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)@[\w.-]*\w", re.IGNORECASE)


def graphemes(text: str) -> int:
    """What a reader takes for characters: a family of emoji is one."""
    return sum(1 for _ in _CLUSTER.finditer(text))


def utf16(text: str) -> int:
    """UTF-16 code units, as JavaScript counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf8(text: str) -> int:
    """UTF-8 bytes."""
    return len(text.encode("utf-8", "surrogatepass"))


def mastodon(text: str) -> int:
    """Graphemes, where a link counts 23 and a mention of somebody elsewhere counts without the server.

    https://github.com/mastodon/mastodon/blob/main/app/validators/status_length_validator.rb
    """
    return graphemes(without_servers(_with_short_links(text)))


def without_servers(text: str) -> str:
    """The text as Mastodon shows it: @user@host is @user."""
    return _REMOTE_MENTION.sub(r"@\1", text)


def _with_short_links(text: str) -> str:
    parts: list[str] = []
    end = 0
    for start, stop in links(text):
        parts += [text[end:start], "x" * _URL_LENGTH]
        end = stop
    return "".join([*parts, text[end:]])
