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
from scheduler.services.carding import Judge
from scheduler.services.compose import Studio
from scheduler.services.split import Split, split
from scheduler.store import channels, workspaces
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
        judge=_judge(order, studio.cards),
        frames=_frames(session, workspace),
        now=now,
        again=again,
    )


def _orders(session: Session, recipe: Recipe, article: ArticleRow, workspace: WorkspaceRow) -> Ordered:
    return lambda passage, template: cards.order(
        session, template, recipe.card_size, passage, article, workspace
    )


def _judge(order: Ordered, renderer: CardRenderer) -> Judge:
    def refuses(passage: Passage, template: str) -> str | None:
        try:
            cards.check(order(passage, template), renderer)
        except CardRefused as refused:
            return str(refused)
        return None

    return Judge(refuses, lambda passage, template: len(cards.texts(order(passage, template), renderer)))


def _frames(session: Session, workspace: WorkspaceRow) -> int:
    """What all of its channels that take carousels take; of every kind that there is, while it has none."""
    connected = {row.kind for row in channels.of_workspace(session, workspace.id)} & kinds().keys()
    found = [can.images.most_frames for kind in connected or kinds() if (can := kinds()[kind].can).images]
    return min((frames for frames in found if frames > 1), default=1)
