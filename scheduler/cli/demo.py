"""pullquote demo."""

from __future__ import annotations


def demo() -> None:
    """Watch the whole of it: an article in, pieces out, sent by the real daemon to a receiver on this machine."""
