"""A quoted stretch and the words around it: what the rules of the sieve look at."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from scheduler.domain.text import words
from scheduler.extract.page import Page
from scheduler.extract.pairing import Stretch
from scheduler.extract.tokens import Token

_REACH = 60  # tokens on each side that are read
_ATTACHES = frozenset(",?!—–-…，！？:")


class Setting:
    def __init__(self, page: Page, stretch: Stretch) -> None:
        self.page, self.stretch = page, stretch
        self.text = page.body[stretch.start : stretch.end]
        self.sentence_index = page.sentence_at(stretch.opens)
        self.sentence = page.sentence(self.sentence_index)
        self.tokens = self.sentence.tokens
        self.at = bisect_right(self.tokens, stretch.opens, key=_start) - 1  # token index of the quote

    @cached_property
    def words(self) -> int:
        return words(self.text)

    @cached_property
    def until(self) -> int:
        """One past the last token on the right that still belongs to this quote."""
        last = min(len(self.tokens), self.at + 1 + _REACH)
        return next((i for i in range(self.at + 1, last) if self.tokens[i].kind == "quote"), last)

    @cached_property
    def since(self) -> int:
        """The first token on the left that still belongs to this quote."""
        first = max(0, self.at - _REACH)
        return next(
            (i + 1 for i in range(self.at - 1, first - 1, -1) if self.tokens[i].kind == "quote"), first
        )

    @cached_property
    def right(self) -> int:
        """The first word after the quote, over commas and dashes."""
        i = self.at + 1
        while i < self.until and (self.tokens[i].text == "," or self.tokens[i].kind == "dash"):
            i += 1
        return i

    @property
    def before(self) -> str:
        """The token right before the quote, "" at the start of its sentence."""
        return self.tokens[self.at - 1].text if self.at else ""

    @cached_property
    def attaches(self) -> bool:
        """The sentence around the quote goes on after it: “…,” or “…?” or “…”, and so on."""
        last = self.text[-1]
        return last in _ATTACHES or last.isalnum() or self.right > self.at + 1

    @property
    def opens_block(self) -> bool:
        return self.stretch.opens - self.page.blocks[self.stretch.block].start <= 1

    @property
    def starts_block(self) -> bool:
        """The sentence around the quote is the first of its block."""
        return self.tokens[0].start <= self.page.blocks[self.stretch.block].start + 1


def _start(token: Token) -> int:
    return token.start
