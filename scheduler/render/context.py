"""What templates can use: one dataclass for each sort of template, its fields explained for the reference."""

from __future__ import annotations

from dataclasses import dataclass, field

from scheduler.render.palette import Palette


@dataclass(frozen=True)
class IssueQuote:
    """A quote as the mail shows it."""

    text: str  # in the quotation marks of its language
    speaker: str = ""


@dataclass(frozen=True)
class IssueContext:
    """What `templates/email/*.j2` can use. Each reader's own values are merge tokens: %%PQ:unsubscribe_url%%,
    %%PQ:address%%, %%PQ:name%% and %%PQ:list_name%%."""

    subject: str = field(metadata={"help": "the line that the inbox shows"})
    title: str = field(metadata={"help": "the article's headline"})
    outlet: str = field(metadata={"help": "who sends this: the brand's name"})
    postal_address: tuple[str, ...] = field(metadata={"help": "the sender's postal address, line by line"})
    day: Palette = field(metadata={"help": "colours: paper, ink, muted, rule, accent, accent_text, on_accent"})
    night: Palette = field(metadata={"help": "the same colours for dark mode"})
    preheader: str = field(default="", metadata={"help": "what the inbox shows after the subject"})
    author: str = field(default="", metadata={"help": "the article's author"})
    published: str = field(default="", metadata={"help": "the article's date, for people"})
    intro: tuple[str, ...] = field(default=(), metadata={"help": "the first paragraphs of the article"})
    rest: tuple[str, ...] = field(
        default=(), metadata={"help": "its other paragraphs, where there is no page to read them on"}
    )
    quotes: tuple[IssueQuote, ...] = field(default=(), metadata={"help": "text and speaker of each quote"})
    link: str = field(default="", metadata={"help": "the article's page, with its UTM parameters"})
    language: str = field(default="en", metadata={"help": "BCP 47"})
    direction: str = field(default="ltr", metadata={"help": "ltr or rtl"})
