"""The pieces of an article as this installation makes them: every kind of channel, and cards that can be drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from scheduler.channels import kinds
from scheduler.domain.piece import Passage, Recipe
from scheduler.render.cards import CardRefused, CardRenderer
from scheduler.services import cards
from scheduler.services.compose import Studio
from scheduler.services.split import CheckCard, Split, split
from scheduler.store import workspaces
from scheduler.store.tables import ArticleRow, WorkspaceRow

Ordered = Callable[[Passage, str], cards.Order]  # of a passage, in a template


def produce(
    session: Session,
    article: ArticleRow,
    recipe: Recipe,
    studio: Studio,
    *,
    now: datetime,
    again: bool = False,
) -> Split:
    """Split an article. A card that cannot be right is refused here, before the queue."""
    workspace = workspaces.get(session, article.workspace_id)
    order = _orders(session, recipe, article, workspace)
    if recipe.cards and studio.cards.splits(recipe.card_template):
        recipe = replace(recipe, max_words=max(recipe.max_words, recipe.carousel_words))
    return split(
        session,
        article,
        recipe,
        kinds={kind: cls.can for kind, cls in kinds().items()},
        environment=studio.environment,
        check_card=_checker(order, studio.cards),
        count_frames=lambda passage, template: len(cards.texts(order(passage, template), studio.cards)),
        now=now,
        again=again,
    )


def _orders(session: Session, recipe: Recipe, article: ArticleRow, workspace: WorkspaceRow) -> Ordered:
    return lambda passage, template: cards.order(
        session, template, recipe.card_size, passage, article, workspace
    )


def _checker(order: Ordered, renderer: CardRenderer) -> CheckCard:
    def check(passage: Passage, template: str) -> str | None:
        try:
            cards.check(order(passage, template), renderer)
        except CardRefused as refused:
            return str(refused)
        return None

    return check
