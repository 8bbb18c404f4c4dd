"""An article's quotes on every card template at every size, as they would be drawn: nothing is stored or queued."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlmodel import Session

from scheduler.domain.errors import PullquoteError
from scheduler.domain.figures import figure
from scheduler.domain.piece import Passage, Recipe
from scheduler.domain.selection import candidates
from scheduler.render.cards import CardRefused, CardRenderer, Output
from scheduler.render.contact_sheet import Cell
from scheduler.services import cards as drawing
from scheduler.services.cards import Order
from scheduler.services.compose import Studio
from scheduler.store import articles, quotes, workspaces
from scheduler.store.tables import ArticleRow, WorkspaceRow

TRIED = 8  # quotes: a template may want a short one, a long one, or one with a number in it


def previews(
    session: Session,
    article_id: int,
    studio: Studio,
    templates: Sequence[str],
    sizes: Sequence[str],
    output: Output,
) -> Iterator[Cell]:
    """Each template at each of the sizes that it has; all of them where none are named."""
    article = articles.get(session, article_id)
    workspace = workspaces.get(session, article.workspace_id)
    for template in templates or studio.cards.templates():
        passages = _passages(session, article, workspace, studio.cards.splits(template))
        if studio.cards.shows(template, "figure"):
            passages.sort(key=lambda each: not figure(each.text, article.language or workspace.language))
        for size, (width, height) in studio.cards.dimensions(template).items():
            if not sizes or size in sizes:
                orders = [
                    drawing.order(session, template, size, each, article, workspace)
                    for each in passages[:TRIED]
                ]
                yield replace(_cell(studio.cards, orders, output), width=width, height=height)


def _passages(session: Session, article: ArticleRow, workspace: WorkspaceRow, long: bool) -> list[Passage]:
    found = [quotes.quote(row) for row in quotes.of_article(session, article.id)]
    recipe, language = Recipe(), article.language or workspace.language
    if long:
        recipe = replace(recipe, max_words=recipe.carousel_words)
    shown = [each.passage for each in candidates(article.body, found, recipe, language)]
    if not shown:
        raise PullquoteError(
            f"Article {article.id} has no quote to show: see `pullquote quotes {article.id}`."
        )
    return sorted(shown, key=lambda passage: -len(passage.text) if long else 0)


def _cell(cards: CardRenderer, orders: Sequence[Order], output: Output) -> Cell:
    """The first quote that makes a good card; where none does, why the first one does not."""
    reason = ""
    for order in orders:
        try:
            look = order.brand, order.pictures, order.fonts
            texts = cards.spread(order.template, order.size, order.text, *look)
            made = [cards.render(order.template, order.size, text, *look, output) for text in texts]
            return Cell(order.template, order.size, tuple(made))
        except CardRefused as refused:
            reason = reason or str(refused)
        except PullquoteError as wrong:  # the template's own fault: no other quote helps
            return Cell(order.template, order.size, reason=str(wrong))
    return Cell(orders[0].template, orders[0].size, reason=reason)
