"""Articles: stored once, cleaned; every offset in the product points into `body`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from scheduler.domain.article import Article
from scheduler.domain.errors import NotFound
from scheduler.store.tables import ArticleRow


def add(session: Session, workspace_id: int, article: Article, *, origin: str, now: datetime) -> ArticleRow:
    """Store `article`; `origin` is the file name or the address it was read from."""
    row = ArticleRow(
        workspace_id=workspace_id,
        origin=origin,
        title=article.title,
        author=article.author,
        published=article.published,
        language=article.language,
        url=article.url,
        site=article.site,
        body=article.body,
        lifted=list(article.lifted),
        fingerprint=article.fingerprint,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def rewrite(session: Session, row: ArticleRow, new: Article) -> bool:
    """Store what the article says now. What the new reading does not know stays. False: it was all there."""
    was = (row.title, row.author, row.published, row.body)
    row.title, row.body, row.fingerprint = new.title, new.body, new.fingerprint
    row.author = new.author or row.author
    row.published = new.published or row.published
    row.lifted = list(new.lifted)
    session.flush()
    return was != (row.title, row.author, row.published, row.body)


def get(session: Session, article_id: int) -> ArticleRow:
    row = session.get(ArticleRow, article_id)
    if row is None:
        raise NotFound(f"There is no article {article_id}: add one with `pullquote add`.")
    return row


def find_by_fingerprint(session: Session, workspace_id: int, fingerprint: str) -> ArticleRow | None:
    """The article of the workspace that says the same words, if it has one."""
    query = select(ArticleRow).where(
        col(ArticleRow.workspace_id) == workspace_id, col(ArticleRow.fingerprint) == fingerprint
    )
    return session.exec(query).one_or_none()


def of_workspace(session: Session, workspace_id: int) -> list[ArticleRow]:
    """The newest first."""
    query = select(ArticleRow).where(col(ArticleRow.workspace_id) == workspace_id)
    return list(session.exec(query.order_by(col(ArticleRow.id).desc())))


def listed(session: Session, workspace_id: int, limit: int, offset: int = 0) -> list[ArticleRow]:
    """The newest first, without their bodies."""
    query = (
        select(ArticleRow)
        .options(defer(ArticleRow.body), defer(ArticleRow.lifted))  # type: ignore[arg-type]
        .where(col(ArticleRow.workspace_id) == workspace_id)
        .order_by(col(ArticleRow.id).desc())
        .limit(limit)
        .offset(offset)
    )
    return list(session.exec(query))


def any_in(session: Session, workspace_id: int) -> bool:
    query = select(ArticleRow.id).where(col(ArticleRow.workspace_id) == workspace_id).limit(1)
    return session.exec(query).first() is not None


def remove(session: Session, article_id: int) -> None:
    """Remove an article with its quotes, its pieces and their deliveries."""
    session.delete(get(session, article_id))
    session.flush()
