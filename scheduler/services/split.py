"""Split: make the pieces of an article, by a recipe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from jinja2 import Environment
from sqlmodel import Session

from scheduler.domain.capabilities import Capabilities
from scheduler.domain.card_choice import AtHand
from scheduler.domain.errors import NotSupported
from scheduler.domain.links import slug, tracked
from scheduler.domain.piece import Content, Passage, PieceKind, Recipe
from scheduler.domain.selection import is_unsure
from scheduler.render import posts
from scheduler.services import brand, carding, drafts
from scheduler.services.carding import Judge, image_refusal
from scheduler.services.drafts import Draft, Source
from scheduler.store import pieces, quotes, workspaces
from scheduler.store.tables import ArticleRow, PieceRow, QuoteRow

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
    judge: Judge = Judge(),  # noqa: B008  it is frozen
    frames: int = 1,
    now: datetime,
    again: bool = False,
) -> Split:
    """Make the pieces, with texts for each kind of channel. Nothing is made twice unless `again` asks for it.

    `frames` is what every channel takes that takes carousels.
    """
    there = pieces.of_article(session, article.id, recipe=recipe.name)
    if there and not again:
        return Split(
            there, False, [f"The recipe “{recipe.name}” has split this article before: nothing is new."]
        )
    found = quotes.of_article(session, article.id)
    source = _source(session, article, recipe, found, frames)
    notes: list[str] = []
    made = [
        pieces.add(
            session,
            article_id=article.id,
            kind=draft.kind,
            content=_content(draft, source, kinds, environment, judge),
            recipe=recipe.name,
            quote_id=None if draft.quote is None else found[draft.quote].id,
            now=now,
        )
        for draft in _plan(source, judge, notes)
    ]
    return Split(made, True, notes)


def _source(
    session: Session, article: ArticleRow, recipe: Recipe, found: list[QuoteRow], frames: int
) -> Source:
    workspace = workspaces.get(session, article.workspace_id)
    language = article.language or workspace.language
    there = AtHand(
        language, brand.faces(session, workspace), brand.has_photo(session, workspace, article), frames
    )
    return Source(
        article,
        [quotes.quote(row) for row in found],
        recipe,
        language=language,
        outlet=workspace.brand.get("name") or article.site,
        there=there,
    )


def _plan(source: Source, judge: Judge, notes: list[str]) -> list[Draft]:
    """The drafts of all pieces, as many as the recipe asks for and the article gives."""
    recipe = source.recipe
    carded = carding.carded(source, judge, notes)
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


def _content(
    draft: Draft,
    source: Source,
    kinds: Mapping[str, Capabilities],
    environment: Environment,
    judge: Judge,
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
            card = (
                replace(_card(draft.passage, source, judge), alt=alt) if draft.passage else Content(alt=alt)
            )
        case _:
            card = Content()
    texts, refused = _texts(draft, source, kinds, environment, card.frames)
    return replace(card, texts=texts, refused=refused, passages=draft.shown, link=source.article.url)


def _card(passage: Passage, source: Source, judge: Judge) -> Content:
    template, why = source.choice(passage)
    frames = judge.count(passage, template)
    return Content(passage=passage, template=template, why=why, size=source.recipe.card_size, frames=frames)


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
                texts[kind] = _text(draft, kind, can, source, environment)
            except NotSupported as reason:
                refused[kind] = str(reason)
            if kind and draft.kind is PieceKind.CARD and (why := image_refusal(kind, can, frames)):
                refused[kind] = why
    return texts, refused


def _text(draft: Draft, kind: str, can: Capabilities, source: Source, environment: Environment) -> list[str]:
    link = _link(source, source.recipe.utm, kind=kind, piece=draft.kind)
    versions = [replace(version, kind=kind, link=link) for version in draft.versions]
    if draft.kind is PieceKind.THREAD:
        return posts.thread_post(environment, draft.template, versions, can)
    whole = draft.kind is PieceKind.POST  # beside a card stands a short text, not a thread
    return posts.post(environment, draft.template, versions, can, whole=whole)


def _link(source: Source, parameters: Mapping[str, str], *, kind: str, piece: str) -> str:
    article = source.article
    names = {"kind": kind, "piece": piece, "recipe": source.recipe.name, "article": slug(article.title)}
    return tracked(article.url, parameters, names)
