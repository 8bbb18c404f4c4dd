"""Split: make the pieces of an article, by a recipe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from jinja2 import Environment
from sqlmodel import Session

from scheduler.domain.capabilities import Capabilities
from scheduler.domain.errors import NotSupported
from scheduler.domain.links import slug, tracked
from scheduler.domain.passages import shortening
from scheduler.domain.piece import Content, Passage, PieceKind, Recipe
from scheduler.domain.selection import Candidate, is_unsure, pick
from scheduler.domain.text import words
from scheduler.render import posts
from scheduler.services import brand, drafts
from scheduler.services.drafts import Draft, Source
from scheduler.store import pieces, quotes, workspaces
from scheduler.store.tables import ArticleRow, PieceRow, QuoteRow

#: Why a card with this passage in that template cannot be right, or None.
CheckCard = Callable[[Passage, str], str | None]
#: How many images it is: one, or the frames of a carousel.
CountFrames = Callable[[Passage, str], int]

#: The text for kinds that have none of their own: nothing limits it.
ANY_KIND = {"": Capabilities(threads=True)}


@dataclass(frozen=True)
class Split:
    """The pieces that a recipe made of an article, and what a person should know about them."""

    pieces: list[PieceRow]
    made: bool  # False: they were there before
    notes: list[str]


def split(
    session: Session,
    article: ArticleRow,
    recipe: Recipe,
    *,
    kinds: Mapping[str, Capabilities],
    environment: Environment,
    check_card: CheckCard | None = None,
    count_frames: CountFrames | None = None,
    now: datetime,
    again: bool = False,
) -> Split:
    """Make the pieces, with texts for each kind of channel. Nothing is made twice unless `again` asks for it."""
    there = pieces.of_article(session, article.id, recipe=recipe.name)
    if there and not again:
        return Split(
            there, False, [f"The recipe “{recipe.name}” has split this article before: nothing is new."]
        )
    found = quotes.of_article(session, article.id)
    source = _source(session, article, recipe, found)
    notes: list[str] = []
    made = [
        pieces.add(
            session,
            article_id=article.id,
            kind=draft.kind,
            content=_content(draft, source, kinds, environment, count_frames),
            recipe=recipe.name,
            quote_id=None if draft.quote is None else found[draft.quote].id,
            now=now,
        )
        for draft in _plan(source, check_card, notes)
    ]
    return Split(made, True, notes)


def _source(session: Session, article: ArticleRow, recipe: Recipe, found: list[QuoteRow]) -> Source:
    workspace = workspaces.get(session, article.workspace_id)
    return Source(
        article,
        [quotes.quote(row) for row in found],
        recipe,
        language=article.language or workspace.language,
        outlet=workspace.brand.get("name") or article.site,
        faces=brand.faces(session, workspace),
    )


def _plan(source: Source, check_card: CheckCard | None, notes: list[str]) -> list[Draft]:
    """The drafts of all pieces, as many as the recipe asks for and the article gives."""
    recipe = source.recipe
    carded = _carded(source, check_card, notes)
    asked: dict[PieceKind, tuple[int, Iterator[Draft]]] = {
        PieceKind.CARD: (recipe.cards, (drafts.card(source, candidate) for candidate in carded)),
        PieceKind.POST: (recipe.posts, drafts.posts(source, carded)),
        PieceKind.THREAD: (recipe.threads, drafts.threads(source, carded)),
        PieceKind.ISSUE: (recipe.issues, iter([drafts.issue(source, carded)])),
    }
    planned = [draft for count, found in asked.values() for draft in islice(found, count)]
    if unsure := sum(is_unsure(quote, recipe) for quote in source.quotes):
        notes.append(f"{unsure} quotes were left out: it is not certain who said them.")
    given = Counter(draft.kind for draft in planned)
    notes += [
        f"{given[kind]} of {count} {kind}s: the article gives no more."
        for kind, (count, _) in asked.items()
        if given[kind] < count
    ]
    return planned


def _carded(source: Source, check_card: CheckCard | None, notes: list[str]) -> list[Candidate]:
    """The quotes for the cards. Where a card cannot be right, a shorter passage or the next quote takes its place."""

    def accept(candidate: Candidate) -> Candidate | None:
        for passage in shortening(source.article.body, candidate.passage):
            if words(passage.text) < source.recipe.min_words:
                break
            reason = check_card(passage, source.template(passage)) if check_card else None
            if not reason:
                return replace(candidate, passage=passage)
            notes.append(f"No card with “{passage.text}”: {reason}")
        return None

    count = source.recipe.cards
    return pick(source.candidates, count, len(source.article.body) // (2 * max(count, 1)), accept)


def _content(
    draft: Draft,
    source: Source,
    kinds: Mapping[str, Capabilities],
    environment: Environment,
    count_frames: CountFrames | None,
) -> Content:
    recipe = source.recipe
    match draft.kind:
        case PieceKind.ISSUE:
            return Content(
                template=recipe.issue_template,
                subject=source.article.title,
                preheader=source.words(source.opening),
                passages=draft.shown,
                link=_link(source, recipe.utm_mail, kind="newsletter", piece=draft.kind),
            )
        case PieceKind.CARD:
            alt = posts.render(environment, "alt", draft.versions[0])
            template = source.template(draft.passage) if draft.passage else recipe.card_template
            frames = count_frames(draft.passage, template) if draft.passage and count_frames else 1
            size = recipe.card_size
            card = Content(passage=draft.passage, alt=alt, template=template, size=size, frames=frames)
        case _:
            card = Content()
    texts, refused = _texts(draft, source, kinds, environment, card.frames)
    return replace(card, texts=texts, refused=refused, passages=draft.shown, link=source.article.url)


def _texts(
    draft: Draft,
    source: Source,
    kinds: Mapping[str, Capabilities],
    environment: Environment,
    frames: int,
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The text for each kind of channel that takes posts, or the reason why it cannot take this one."""
    texts, refused = {}, {}
    for kind, can in {**ANY_KIND, **kinds}.items():
        if can.mail is None:
            try:
                if draft.kind is PieceKind.CARD:
                    _check_images(kind, can, frames)
                texts[kind] = _text(draft, kind, can, source, environment)
            except NotSupported as reason:
                refused[kind] = str(reason)
    return texts, refused


def _text(draft: Draft, kind: str, can: Capabilities, source: Source, environment: Environment) -> list[str]:
    link = _link(source, source.recipe.utm, kind=kind, piece=draft.kind)
    versions = [replace(version, kind=kind, link=link) for version in draft.versions]
    if draft.kind is PieceKind.THREAD:
        return posts.thread_post(environment, draft.template, versions, can)
    whole = draft.kind is PieceKind.POST  # beside a card stands a short text, not a thread
    return posts.post(environment, draft.template, versions, can, whole=whole)


def _check_images(kind: str, can: Capabilities, frames: int) -> None:
    if kind and can.images is None:
        raise NotSupported(f"{kind.capitalize()} takes no images")
    if can.images and (reason := can.images.refuses(frames, kind.capitalize())):
        raise NotSupported(reason)


def _link(source: Source, parameters: Mapping[str, str], *, kind: str, piece: str) -> str:
    article = source.article
    names = {"kind": kind, "piece": piece, "recipe": source.recipe.name, "article": slug(article.title)}
    return tracked(article.url, parameters, names)
