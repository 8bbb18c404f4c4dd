"""Where the links of a text are. Only those with http:// or https://: bare domains need a list of all TLDs."""

from __future__ import annotations

from collections.abc import Iterator

import regex

_LABEL = r"[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?"
_TLD = r"(?:xn--[a-z0-9-]+|\p{L}{2,})(?![\p{L}\p{N}])"
_LINK = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}@/])https?://(?:{_LABEL}\.)+{_TLD}(?::\d{{1,5}})?(?:[/?#][^\s<>\"]*)?",
    regex.IGNORECASE,
)
_NEVER_LAST = ".,;:!?'’”»…*_~|]"  # ends the sentence around the link, not the link


def links(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each link, without the punctuation of the sentence that it stands in."""
    for m in _LINK.finditer(text):
        yield m.start(), m.start() + _length(m[0])


def _length(link: str) -> int:
    end, open_ends = len(link), link.count(")") - link.count("(")
    while link[end - 1] in _NEVER_LAST or (link[end - 1] == ")" and open_ends > 0):
        open_ends -= link[end - 1] == ")"
        end -= 1
    return end
