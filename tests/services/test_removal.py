import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.services.removal import remove_article, remove_channel
from scheduler.store import articles, channels, queue
from scheduler.store.engine import reading, writing
from tests import world


@pytest.fixture
def waiting(engine, clock):
    """An article, a channel, and one delivery between them."""
    with writing(engine) as session:
        article = world.article(session, clock())
        channel = world.channel(session, clock())
        (row,) = world.due(session, world.post(session, clock(), of=article), channel, clock())
    return article, channel, row


def test_an_article_goes_with_everything_made_from_it(engine, waiting):
    with writing(engine) as session:
        remove_article(session, articles.get(session, waiting[0].id))
    with reading(engine) as session:
        assert queue.listed(session) == []


def test_a_channel_goes_with_its_queue(engine, waiting):
    with writing(engine) as session:
        remove_channel(session, channels.get(session, waiting[1].id))
    with reading(engine) as session:
        assert queue.listed(session) == []


@pytest.mark.parametrize("status", ["sending", "in-doubt"])
def test_nothing_is_removed_while_it_may_be_going_out(engine, waiting, status):
    article, channel, row = waiting
    with writing(engine) as session:
        queue.get(session, row.id).status = status
    with writing(engine) as session, pytest.raises(PullquoteError, match=status):
        remove_article(session, articles.get(session, article.id))
    with writing(engine) as session, pytest.raises(PullquoteError, match=status):
        remove_channel(session, channels.get(session, channel.id))
