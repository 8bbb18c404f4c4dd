"""Small pictures of how a card could look: drawn when somebody looks, and kept for whoever looks next."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from scheduler.render import thumbnail
from scheduler.render.cards import CardRenderer, Output
from scheduler.services import cards
from scheduler.services.cards import Order

MOST = 400  # pictures, of some 15 KB each
_FULL = Output(frozenset({"image/jpeg"}), prefer="image/jpeg")


@dataclass
class Thumbnails:
    """Drawn once while this process lives, from whichever thread asks first."""

    _kept: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def card(self, order: Order, renderer: CardRenderer) -> bytes:
        """The card, or the first frame of it. Raises CardRefused."""
        asked = order.template, order.size, order.text, order.brand, order.pictures, order.fonts
        key = renderer.key(*asked, _FULL)
        return self._made(key, lambda: self._drawn(order, renderer))

    def photo(self, digest: str, data: Callable[[], bytes]) -> bytes:
        return self._made(digest, lambda: thumbnail.shrink(data()))

    def _drawn(self, order: Order, renderer: CardRenderer) -> bytes:
        first = cards.texts(order, renderer)[0]
        look = order.brand, order.pictures, order.fonts
        return thumbnail.shrink(renderer.render(order.template, order.size, first, *look, _FULL).data)

    def _made(self, key: str, make: Callable[[], bytes]) -> bytes:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return made
