"""Where articles come from: bytes in, a clean `Article` out. Nothing here touches a network or a disk.

text ─────────┐
markdown ─────┼─▶ rough Article ─▶ _tidy ─▶ Article
html ◀─ url ──┘
"""

from scheduler.sources._bytes import SourceRefused

__all__ = ["SourceRefused"]
