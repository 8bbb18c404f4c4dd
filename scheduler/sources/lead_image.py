"""The photo that a page names for itself: what networks show of a link to it."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

_NAMES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
_LONGEST = 2000  # characters of an address


def lead_image(page: bytes, url: str) -> str:
    """Its address, made whole by that of the page; "" where it names none. Nothing is fetched."""
    reading = _Reading()
    reading.feed(page.decode("utf-8", errors="replace"))
    named = (reading.found[name] for name in _NAMES if name in reading.found)
    return next((whole for each in named if (whole := _whole(each, url))), "")


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = (given.get("property") or given.get("name") or "").strip().lower()
        if tag == "meta" and name in _NAMES and given.get("content"):
            self.found.setdefault(name, (given["content"] or "").strip())


def _whole(address: str, url: str) -> str:
    try:
        whole = urljoin(url, address)
        parts = urlsplit(whole)
    except ValueError:
        return ""
    is_web = parts.scheme in {"http", "https"} and bool(parts.netloc)
    return whole if is_web and len(whole) <= _LONGEST else ""
