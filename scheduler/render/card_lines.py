"""Which line of its file each element of a drawing stands in: loops and conditions move them."""

from __future__ import annotations

import re

LINE = "pullquote-line"  # an attribute that each element is given

#: Jinja's own brackets, in which "<" may be a comparison; or the start of an element.
_START = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})|<([A-Za-z][\w.:-]*)", re.DOTALL)


def marked(source: str) -> str:
    """With its line on every element."""
    lines = 1
    at = 0

    def mark(found: re.Match[str]) -> str:
        nonlocal lines, at
        lines += source.count("\n", at, found.start())
        at = found.start()
        return found[0] if found[1] else f'<{found[2]} {LINE}="{lines}"'

    return _START.sub(mark, source)
