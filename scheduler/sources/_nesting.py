"""How much HTML there is and how deep it nests: one linear pass before any parser sees it.

Deep nesting stalls or crashes parsers, and looking for the main text takes more than linear time.
"""

from __future__ import annotations

import re

from scheduler.domain.article import MAX_DEPTH
from scheduler.sources._bytes import SourceRefused

MAX_ELEMENTS = 20_000  # ten times what news pages have

#: Comments and scripts are passed over whole, also where their end is missing. No other pattern looks further
#: than the next "<", so that the pass stays linear.
_TAG = re.compile(
    r"<!--(?:.*?-->|.*\Z)|<(?P<raw>script|style)\b(?:.*?</(?P=raw)\b|.*\Z)"
    r"|<(?P<end>/?)(?P<name>[a-z][^\s/<>]*)[^<>]*?(?P<closed>/?)>",
    re.IGNORECASE | re.DOTALL,
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
#: Elements whose end tag may be left out: the next of the kind ends them.
_IMPLIED = frozenset("colgroup dd dt li optgroup option p rp rt tbody td tfoot th thead tr".split())


def elements(source: str) -> int:
    """How many elements `source` has. Refuses more than MAX_ELEMENTS, and more than MAX_DEPTH inside each other."""
    stack: list[str] = []  # never longer than MAX_DEPTH, so every look into it is bounded
    count = 0
    for tag in _TAG.finditer(source):
        name = (tag["name"] or "").lower()
        count += not tag["end"]
        if tag["end"]:
            _close(stack, name)
        elif name and name not in _VOID and not tag["closed"]:
            _open(stack, name)
        if len(stack) > MAX_DEPTH:
            raise SourceRefused(
                f"This page nests more than {MAX_DEPTH} levels deep: paste the article's text."
            )
        if count > MAX_ELEMENTS:
            raise SourceRefused(f"This page has more than {MAX_ELEMENTS} elements: paste the article's text.")
    return count


def _open(stack: list[str], name: str) -> None:
    if name in _IMPLIED:
        _close_implied(stack, name)
    stack.append(name)


def _close(stack: list[str], name: str) -> None:
    if name in stack:
        while stack.pop() != name:
            pass


def _close_implied(stack: list[str], name: str) -> None:
    """Close an element of the same kind, if only elements without end tags were opened since."""
    for i in range(len(stack) - 1, -1, -1):
        if stack[i] not in _IMPLIED:
            return
        if stack[i] == name:
            del stack[i:]
            return
