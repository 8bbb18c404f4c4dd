"""A quote that is too long for its card, by the policy of the slot: refused, cut visibly, or over several frames."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from scheduler.domain.fit import shorten
from scheduler.domain.frames import frames
from scheduler.render.card_manifest import Slot
from scheduler.render.card_setting import CardRefused, CardText, TooMuch

#: Raises what drawing the text would raise.
Check = Callable[[CardText], object]


def spread(text: CardText, slot: Slot, check: Check, most: int) -> list[CardText]:
    """The texts of the cards that show the quote: one, or up to `most` frames. Raises CardRefused."""
    try:
        check(text)
    except TooMuch as refused:
        if refused.slot != "quote" or slot.overflow == "error":
            raise
        way = _shortened if slot.overflow == "ellipsis" else partial(_frames, most=most)
        return way(text, check, refused=refused)
    return [text]


def _shortened(text: CardText, check: Check, refused: CardRefused) -> list[CardText]:
    short = shorten(text.quote, lambda quote: _goes(replace(text, quote=quote), check))
    if short is None:
        raise refused
    return [replace(text, quote=short)]


def _frames(text: CardText, check: Check, most: int, refused: CardRefused) -> list[CardText]:
    parts = frames(text.quote, lambda part: _goes_on_a_frame(replace(text, quote=part), check, most), most)
    if parts is None:
        raise replace(refused, reason=_too_many(text, most))
    return [
        replace(text, quote=part.strip(), frame=number, frames=len(parts))
        for number, part in enumerate(parts, start=1)
    ]


def _too_many(text: CardText, most: int) -> str:
    over = f"{most} frames" if most > 1 else "the one image that goes with a post here"
    return f"its {len(text.quote):,} characters are too many for {over}; shorten it"


def _goes_on_a_frame(text: CardText, check: Check, most: int) -> bool:
    """On the first, which opens the quotation marks, and on the last, which closes them."""
    count = max(most, 2)
    return all(_goes(replace(text, frame=frame, frames=count), check) for frame in (1, count))


def _goes(text: CardText, check: Check) -> bool:
    try:
        check(text)
    except TooMuch:
        return False
    return True
