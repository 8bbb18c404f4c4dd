"""Cards for a rehearsal: refused where they would be, and never drawn."""

from __future__ import annotations

from typing import Any

from scheduler.render.cards import Card, CardRenderer, CardText
from scheduler.render.output import PNG


class RehearsedCards(CardRenderer):
    """A renderer whose cards have their size, and no picture."""

    def __init__(self, *args: Any, **kept: Any):
        super().__init__(*args, **kept)
        self._checked: set[str] = set()

    def render(self, template: str, size: str, text: CardText, *rest: Any, **more: Any) -> Card:
        key = self.key(template, size, text, *rest, **more)
        if key not in self._checked:
            self.check(template, size, text, *rest[:3], **{k: v for k, v in more.items() if k != "output"})
            self._checked.add(key)
        width, height = self.dimensions(template)[size]
        return Card(b"", PNG, width, height)
