"""What each template knows. docs/reference/templates.md is made from these classes and their help texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Self

from scheduler.domain.links import text_fragment
from scheduler.domain.piece import Passage
from scheduler.domain.typography import quoted
from scheduler.render.palette import Palette


def known(help_text: str, **default: Any) -> Any:
    """A variable of a template, with what the reference says about it."""
    return field(metadata={"help": help_text}, **default)


@dataclass(frozen=True)
class QuoteContext:
    """A quote inside the other contexts."""

    text: str = known("Its words as they are shown, without quotation marks; […] marks what was left out.")
    marked: str = known("The same in the quotation marks of the article's language.")
    speaker: str = known("Who said it, as the article names them.")
    source: str = known(
        "The article's address with a text fragment, so that browsers open the page at these words; may be empty.",
        default="",
    )

    @classmethod
    def of(cls, passage: Passage, *, body: str, url: str, language: str) -> Self:
        """A passage of the article with that body, at that address. The link leads to its first stretch."""
        first = body[slice(*passage.segments[0])] if passage.segments else ""
        shown = quoted(passage.text, language)
        return cls(passage.text, shown, passage.speaker, text_fragment(url, first))


@dataclass(frozen=True)
class PostContext:
    """`posts/*.txt.j2`: the text of a post, of the post beside a card, of a whole thread, and a card's alt text.

    `posts/quote.mastodon.txt.j2` is used for Mastodon in place of `posts/quote.txt.j2`, and so on for each
    template and each kind of channel. In `posts/thread.txt.j2`, a line of `---` starts the next item. Empty
    lines at the ends, and more than one between paragraphs, are removed.
    """

    title: str = known("The article's headline.")
    author: str = known("Who wrote the article; may be empty.")
    outlet: str = known("The workspace's name for itself, or the site of the article; may be empty.")
    language: str = known('BCP 47 tag of the article\'s language: "en", "de-AT".')
    standfirst: str = known("The first sentence of the article's own that can stand alone; may be empty.")
    hashtags: str = known('The hashtags of the recipe: "#bees #cities"; may be empty.')
    lead: str = known(
        "A sentence of the article's own for this piece: it leads to the quote, introduces the speaker or opens "
        "the article; may be empty.",
        default="",
    )
    quote: QuoteContext | None = known("The quote of this piece, where it has one.", default=None)
    quotes: tuple[QuoteContext, ...] = known("The quotes of a thread, in reading order.", default=())
    kind: str = known('The kind of channel: "mastodon"; empty in the text for all others.', default="")
    link: str = known(
        "The article's address with the UTM parameters of the recipe; may be empty.", default=""
    )


@dataclass(frozen=True)
class ItemContext:
    """`posts/item.txt.j2`: one item of a thread, after the text was packed into items."""

    text: str = known("What the item says.")
    number: int = known("Which item it is: 1, 2, 3 …")
    total: int = known("How many items the thread has.")


@dataclass(frozen=True)
class IssueContext:
    """`email/*.mjml.j2` and `email/*.txt.j2`: an issue of the newsletter.

    What differs for each reader is a merge token: %%PQ:unsubscribe_url%% (each template must have it),
    %%PQ:address%%, %%PQ:name%% and %%PQ:list_name%%.
    """

    subject: str = known("The line that the inbox shows.")
    title: str = known("The article's headline.")
    outlet: str = known("The workspace's name for itself, or the site of the article; may be empty.")
    postal_address: tuple[str, ...] = known("The sender's postal address, line by line; may be empty.")
    day: Palette = known("Colours: paper, ink, muted, rule, accent, accent_text, on_accent.")
    night: Palette = known("The same colours for dark mode.")
    preheader: str = known("What the inbox shows after the subject; may be empty.", default="")
    author: str = known("Who wrote the article; may be empty.", default="")
    published: str = known("The article's date, for people; may be empty.", default="")
    intro: tuple[str, ...] = known("The first paragraphs of the article.", default=())
    rest: tuple[str, ...] = known("Its other paragraphs, where it has no page to read them on.", default=())
    quotes: tuple[QuoteContext, ...] = known("The best quotes, in reading order.", default=())
    link: str = known(
        "The article's address with the UTM parameters of the recipe; may be empty.", default=""
    )
    language: str = known('BCP 47 tag of the article\'s language: "en", "de-AT".', default="en")
    direction: str = known("ltr, or rtl for a language that is written from right to left.", default="ltr")
