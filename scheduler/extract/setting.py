"""A quoted stretch and the words around it: what the rules of the sieve look at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from scheduler.domain.text import words
from scheduler.extract.page import Page
from scheduler.extract.pairing import Stretch

_REACH = 60  # tokens on each side that are read
_COUNTED = 200  # code points in which the words are counted: no rule asks for more than ten
_INNER = "’'”\""  # closes a quote in the quote
_ATTACHES = frozenset(",?!—–-…，！？:")


class Setting:
    """`at` is the token index of the quote; `since` the first token on its left that still belongs to it, `until`
    one past the last on its right; `right` the first word after it, over commas and dashes.
    """

    __slots__ = (
        "at", "page", "right", "sentence", "sentence_index", "since", "stretch", "text", "tokens", "until",
        "words",
    )  # fmt: skip

    def __init__(self, page: Page, stretch: Stretch) -> None:
        self.page, self.stretch = page, stretch
        self.text = page.body[stretch.start : stretch.end]
        self.words = words(self.text[:_COUNTED])
        self.sentence_index = page.sentence_at(stretch.opens)
        self.sentence = page.sentence(self.sentence_index)
        self.tokens = self.sentence.tokens
        self.at = bisect_right(self.sentence.starts, stretch.opens) - 1
        self.since, self.until = self._between_quotes()
        self.right = self._right()

    def _between_quotes(self) -> tuple[int, int]:
        """From the quote before to the quote after it, and no farther than `_REACH`."""
        others, at = self.sentence.quotes, self.at
        i = bisect_left(others, at)
        before = others[i - 1] + 1 if i else 0
        after = others[i + 1] if i + 1 < len(others) else len(self.tokens)
        return max(before, at - _REACH), min(after, at + 1 + _REACH)

    def _right(self) -> int:
        i = self.at + 1
        while i < self.until and (self.tokens[i].text == "," or self.tokens[i].kind == "dash"):
            i += 1
        return i

    @property
    def before(self) -> str:
        """The token right before the quote, "" at the start of its sentence."""
        return self.tokens[self.at - 1].text if self.at else ""

    @property
    def attaches(self) -> bool:
        """The sentence around the quote goes on after it: “…,” or “…?” or “…”, and so on."""
        last = self.text.rstrip(_INNER)[-1:] or self.text[-1]
        return last in _ATTACHES or last.isalnum() or self.right > self.at + 1

    @property
    def is_told(self) -> bool:
        """“…,” reads a sign in the window: the sentence goes on and says who or what speaks."""
        starts = self.at == 0 and self.text[-1] in ",，"
        return starts and self.right < self.until and self.tokens[self.right].kind == "word"

    @property
    def turns_away(self) -> bool:
        """“…” when Hall asked: what follows is about something else."""
        return self.right < self.until and self.tokens[self.right].low in self.page.language.subordinating

    @property
    def last_block(self) -> int:
        """The index of the block in which it closes."""
        block, closes = self.stretch.block, self.stretch.closes
        return block if closes <= self.page.blocks[block].end else self.page.block_at(closes - 1)

    @property
    def opens_block(self) -> bool:
        return self.stretch.opens - self.page.blocks[self.stretch.block].start <= 1

    @property
    def starts_block(self) -> bool:
        """The sentence around the quote is the first of its block."""
        return self.tokens[0].start <= self.page.blocks[self.stretch.block].start + 1
