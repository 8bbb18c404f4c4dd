"""How deep HTML nests: one linear pass before any parser sees it, for deep nesting stalls or crashes them."""

from __future__ import annotations

import re

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


def nests_deeper(source: str, limit: int) -> bool:
    """Whether more than `limit` elements of `source` are open at once."""
    stack: list[str] = []  # never longer than `limit`, so every look into it is bounded
    for tag in _TAG.finditer(source):
        name = (tag["name"] or "").lower()
        if not name or name in _VOID or tag["closed"]:
            continue
        if tag["end"]:
            _close(stack, name)
            continue
        if name in _IMPLIED:
            _close_implied(stack, name)
        stack.append(name)
        if len(stack) > limit:
            return True
    return False


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
