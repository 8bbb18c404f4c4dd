"""What the pieces of an article will say, before it is said for each kind of channel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from scheduler.domain.card_choice import AtHand, Choice, choices
from scheduler.domain.narration import Span, narration
from scheduler.domain.passages import shortening
from scheduler.domain.piece import Passage, PieceKind, Recipe
from scheduler.domain.quote import Quote
from scheduler.domain.selection import Candidate, candidates, distinct
from scheduler.extract.statements import FIGURE, WORTH_POSTING, statements
from scheduler.render.context import PostContext, QuoteContext
from scheduler.store.tables import ArticleRow


@dataclass(frozen=True)
class Draft:
    """One piece. `versions` are what its text may say, the best first."""

    kind: PieceKind
    template: str  # of its text
    versions: tuple[PostContext, ...]
    quote: int | None = None  # index of its quote among the article's
    passage: Passage | None = None  # on its card
    shown: tuple[Passage, ...] = ()  # what else of the article its text shows


@dataclass
class Source:
    """An article, and which of its sentences are used: no two pieces open with the same one."""

    article: ArticleRow
    quotes: Sequence[Quote]
    recipe: Recipe
    language: str
    outlet: str
    there: AtHand = field(default_factory=AtHand)  # for its cards
    chosen: dict[Passage, Choice] = field(default_factory=dict)  # what they show, and in which template
    used: set[Span] = field(default_factory=set)

    def __post_init__(self) -> None:
        body, title = self.article.body, self.article.title
        quoted = ((s.start, s.end) for quote in self.quotes for s in quote.segments)
        self.narration = narration(body, quoted, title=title, language=self.language)
        self.candidates = candidates(body, self.quotes, self.recipe, self.language)
        self.opening = self.unused([self.narration.standfirst()])

    def choice(self, passage: Passage) -> Choice:
        return self.chosen.get(passage) or choices(passage, self.recipe, self.there)[-1]

    def words(self, span: Span | None) -> str:
        return self.article.body[slice(*span)] if span else ""

    def lead(self, candidate: Candidate) -> Span | None:
        return self.narration.lead_in(candidate.quote.start)

    def unused(self, spans: Iterable[Span | None]) -> Span | None:
        """The first of them that no piece has yet; from now on, one has it."""
        span = next((span for span in spans if span and span not in self.used), None)
        if span:
            self.used.add(span)
        return span

    def context(self, lead: Span | None = None, quote: Passage | None = None) -> PostContext:
        return PostContext(
            title=self.article.title,
            author=self.article.author,
            outlet=self.outlet,
            language=self.language,
            standfirst=self.words(self.opening),
            hashtags=" ".join(map(hashtag, filter(str.strip, self.recipe.hashtags))),
            lead=self.words(lead),
            quote=self.quote(quote) if quote else None,
        )

    def quote(self, passage: Passage) -> QuoteContext:
        article = self.article
        return QuoteContext.of(passage, body=article.body, url=article.url, language=self.language)

    def told(self, *spans: Span | None) -> tuple[Passage, ...]:
        """The article's own sentences as passages: they, too, must still stand in it when they are sent."""
        return tuple(Passage(self.words(span), "", (span,)) for span in spans if span)


def hashtag(tag: str) -> str:
    """ "city bees" is #CityBees: a screen reader then says two words."""
    first, *more = tag.lstrip("#").split() or [""]
    if more:
        first = first[:1].upper() + first[1:]
    return f"#{first}{''.join(word[:1].upper() + word[1:] for word in more)}"


def card(source: Source, candidate: Candidate) -> Draft:
    """The card, and beside it the sentence that leads to its quote; the quote itself where there is none."""
    lead = source.unused([source.lead(candidate)])
    leads = [lead, None] if lead else [None]
    return Draft(
        PieceKind.CARD,
        "card",
        tuple(source.context(each, candidate.passage) for each in leads),
        quote=candidate.number,
        passage=candidate.passage,
        shown=source.told(lead),
    )


def posts(source: Source, carded: Sequence[Candidate]) -> Iterator[Draft]:
    """Posts of different sorts, then more quotes. Quotes that are on no card come first."""
    on_cards = {candidate.number for candidate in carded}
    rest = [each for each in best(source, carded)[len(carded) :] if each.number not in on_cards]
    quotes = [*rest, *carded]
    for sort in SORTS:
        if draft := sort(source, quotes):
            quotes = [candidate for candidate in quotes if candidate.number != draft.quote]
            yield draft
    for candidate in quotes:
        if candidate in rest:
            yield _quoting(source, "quote", candidate)


def best(source: Source, carded: Sequence[Candidate]) -> list[Candidate]:
    """Those on the cards, and then others: one choice for the whole campaign, as many as it can need."""
    recipe = source.recipe
    count = recipe.cards + recipe.posts + max(recipe.threads * recipe.thread_quotes, recipe.issue_quotes)
    return distinct([*carded, *source.candidates], count)


def _quote(source: Source, quotes: Sequence[Candidate]) -> Draft | None:
    return _quoting(source, "quote", quotes[0]) if quotes else None


def _standfirst(source: Source, _quotes: Sequence[Candidate]) -> Draft | None:
    return _telling(source, "standfirst", source.opening)


def _teaser(source: Source, _quotes: Sequence[Candidate]) -> Draft | None:
    """A sentence from the middle, a question if there is one: interviews have them before each answer."""
    leads = [source.lead(candidate) for candidate in source.candidates]
    leads.sort(key=lambda lead: not source.words(lead).endswith("?"))
    return _telling(source, "teaser", source.unused(leads))


def _who(source: Source, quotes: Sequence[Candidate]) -> Draft | None:
    """A riddle, where there is more than one answer and the headline does not tell it."""
    if len({quote.speaker for quote in source.quotes if quote.speaker}) < 2:
        return None
    riddles = (c for c in quotes if c.quote.speaker and not _named(c.quote.speaker, source.article.title))
    return next((_quoting(source, "who", candidate) for candidate in riddles), None)


def _speaker(source: Source, quotes: Sequence[Candidate]) -> Draft | None:
    """A quote after a sentence about its speaker: one from before it, or the quote would seem to speak of that."""
    for candidate in quotes:
        said = source.narration.introductions(candidate.quote.speaker)
        found = [span for span in said if span[1] <= candidate.quote.start]
        if lead := source.unused(found):
            return _quoting(source, "speaker", candidate, lead)
    return None


def _figure(source: Source, _quotes: Sequence[Candidate]) -> Draft | None:
    """A number or a record, in the author's words."""
    article, quoted = source.article, [(s.start, s.end) for quote in source.quotes for s in quote.segments]
    told = statements(article.body, quoted, title=article.title, language=source.language)
    figures = [(s.start, s.end) for s in told if s.kind == FIGURE and s.score >= WORTH_POSTING]
    return _telling(source, "teaser", source.unused(figures))


#: In the order in which a recipe with few posts takes them.
SORTS: tuple[Callable[[Source, Sequence[Candidate]], Draft | None], ...] = (
    _quote,
    _standfirst,
    _teaser,
    _who,
    _speaker,
    _figure,
)


def threads(source: Source, carded: Sequence[Candidate]) -> Iterator[Draft]:
    """The headline, the best quotes in reading order, the link. The next thread has the next best quotes."""
    found = best(source, carded)
    many = max(source.recipe.thread_quotes, 2)
    for some in (found[at : at + many] for at in range(0, len(found), many)):
        if len(some) > 1:  # one quote makes no thread
            yield _thread(source, some)


def issue(source: Source, carded: Sequence[Candidate]) -> Draft:
    chosen = [candidate.passage for candidate in best(source, carded)[: source.recipe.issue_quotes]]
    return Draft(PieceKind.ISSUE, "", (), shown=in_reading_order(chosen))


def in_reading_order(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    return tuple(sorted(passages, key=lambda passage: passage.segments))


def _thread(source: Source, chosen: Sequence[Candidate]) -> Draft:
    """The later versions have shorter quotes, and then fewer, for kinds that want it all in one post."""
    whole = in_reading_order(candidate.longer for candidate in chosen)
    fewer = (chosen[:count] for count in range(len(chosen), 0, -1))
    told = [whole, *(in_reading_order(candidate.passage for candidate in some) for some in fewer)]
    context = source.context()
    return Draft(
        PieceKind.THREAD,
        "thread",
        tuple(replace(context, quotes=tuple(map(source.quote, passages))) for passages in told),
        shown=(*source.told(source.opening), *whole),
    )


def _quoting(source: Source, template: str, candidate: Candidate, lead: Span | None = None) -> Draft:
    """A post with a quote: the later versions have fewer sentences of it."""
    return Draft(
        PieceKind.POST,
        template,
        tuple(source.context(lead, passage) for passage in shortening(source.article.body, candidate.longer)),
        quote=candidate.number,
        shown=(*source.told(lead), candidate.longer),
    )


def _telling(source: Source, template: str, lead: Span | None) -> Draft | None:
    """A post in the article's own words."""
    if lead is None:
        return None
    return Draft(PieceKind.POST, template, (source.context(lead),), shown=source.told(lead))


def _named(speaker: str, title: str) -> bool:
    return any(name in title for name in speaker.split())
