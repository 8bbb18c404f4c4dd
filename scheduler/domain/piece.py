"""Pieces: the things made from an article. What a person sees, edits and approves before it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from scheduler.domain.errors import NotSupported


class PieceKind(StrEnum):
    CARD = "card"  # an image carrying a quote, with a short text beside it
    POST = "post"  # a text
    THREAD = "thread"  # several texts, each answering the one before
    ISSUE = "issue"  # an edition of the newsletter


class PieceStatus(StrEnum):
    READY = "ready"
    #: Its words no longer stand in the article, or a person stopped it: not sent until released.
    HELD = "held"


@dataclass(frozen=True)
class Passage:
    """The words of a card: a quote, or whole sentences of it."""

    text: str  # as shown; […] marks what was left out
    speaker: str
    segments: tuple[tuple[int, int], ...]  # offsets into the article's body; checked again at compose time


@dataclass(frozen=True)
class Content:
    """What a piece says.

    `texts` holds, for each kind of channel, the items to publish: one for a post, several for a thread.
    The key "" is the text for kinds that have none of their own. A channel that a person detached has its items
    in `detached`, by its id.
    """

    texts: dict[str, list[str]] = field(default_factory=dict)
    passage: Passage | None = None
    alt: str = ""  # alternative text of the card: the quote and its speaker
    template: str = ""  # of the card or the issue
    why: str = ""  # it is this template
    size: str = "square"  # of the card
    frames: int = 1  # of the card: more where it is a carousel
    subject: str = ""  # of the issue
    preheader: str = ""
    passages: tuple[
        Passage, ...
    ] = ()  # of the issue; else what its texts show of the article, but for a card
    link: str = ""  # the article's address; each text has it with the UTM parameters of its kind
    refused: dict[str, str] = field(default_factory=dict)  # kind of channel -> why it cannot carry this piece
    detached: dict[int, list[str]] = field(default_factory=dict)
    alts: tuple[str, ...] = ()  # of each image, in a person's words; "": what `alt` says, or the frame itself
    picture: str = (
        ""  # SHA-256 of the photo on the card, where a person chose one; "": the article's, or the brand's
    )
    focus: tuple[float, float] = (
        0.5,
        0.5,
    )  # what of that picture must stay in sight, from the left and the top

    def for_channel(self, channel: int, kind: str) -> list[str]:
        """The items to publish on one channel. Raises NotSupported where it cannot carry them."""
        return self.detached.get(channel) or self.for_kind(kind)

    def follows(self, channel: int) -> bool:
        """Whether the channel says what all others say."""
        return not self.detached.get(channel)

    def for_kind(self, kind: str) -> list[str]:
        """The items to publish on a channel of that kind. Raises NotSupported where it cannot carry them."""
        if kind in self.refused:
            raise NotSupported(self.refused[kind])
        return self.texts.get(kind) or self.texts.get("", [])


#: The templates of a recipe that suit some cards only.
_SUITED = ("fact", "portrait", "photo", "story", "link", "carousel")


@dataclass(frozen=True)
class Recipe:
    """What to make of an article, when, and for which channels. Every number is a setting."""

    name: str = "default"
    cards: int = 5
    posts: int = 4
    threads: int = 1
    issues: int = 1
    card_template: str = "plain"
    fact_template: str = "fact"  # of a quote with a number in it; "" here and below: the one of all
    portrait_template: str = "split"  # of words whose speaker's face the brand has
    photo_template: str = "photo"  # where there is a photo for the article
    story_template: str = "story"  # of cards of the size story
    link_template: str = "link"  # of cards of the size link, and of the previews of links
    carousel_template: str = "carousel"  # of a quote that is too long for one card
    photos: int = 2  # cards with the photo: under all of them, it looks like one card posted five times
    carousels: int = 1
    card_size: str = "square"
    issue_template: str = "issue"
    min_words: int = 5  # of a quote worth a card
    max_words: int = 40  # longer ones are shortened at a sentence border, or left out
    carousel_words: int = 150  # of a quote for a template that spreads it over frames
    post_words: int = 60  # of a quote in a post, which has more room
    per_utterance: int = 2  # cards from one utterance at most
    min_confidence: float = 0.5  # of the speaker: a wrong name under a quote is worse than no card
    thread_quotes: int = 4
    issue_quotes: int = 4
    utm: dict[str, str] = field(default_factory=lambda: {"utm_medium": "social", "utm_source": "{kind}"})
    utm_mail: dict[str, str] = field(
        default_factory=lambda: {"utm_medium": "email", "utm_source": "newsletter"}
    )
    hashtags: tuple[str, ...] = ()

    def all_cards_in(self, template: str) -> Recipe:
        """Whatever they say."""
        none: dict[str, Any] = {f"{name}_template": "" for name in _SUITED}
        return replace(self, card_template=template, **none)

    @property
    def has_one_template(self) -> bool:
        return not any(getattr(self, f"{name}_template") for name in _SUITED)
