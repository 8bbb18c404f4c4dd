from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from scheduler.domain.article import Article
from scheduler.domain.errors import PullquoteError
from scheduler.domain.passages import passages
from scheduler.domain.piece import Recipe
from scheduler.domain.quote import spoken
from scheduler.domain.selection import candidates
from scheduler.services import ingest
from scheduler.services.correct import Correction, correct, names, present
from scheduler.services.reread import reread
from scheduler.store import articles, quotes
from scheduler.store.engine import writing
from scheduler.store.tables import ArticleRow, QuoteRow
from tests import world

SOURCE = Article(
    title="A town and its river",
    language="en",
    body="""The quay was wet. “The river does not read our plans at all. It reads the rain that fell upstream. \
We only read the river,” says Dana Okafor.

“Nobody upstream has ever asked us what we would like to see here,” says Omar Reyes, who runs the lock.""",
)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with writing(engine) as session:
        yield session


@pytest.fixture
def article(session: Session, clock) -> ArticleRow:
    home = world.workspace(session, clock.now)
    row = articles.add(session, home.id, SOURCE, origin="river.md", now=clock.now)
    ingest.find_quotes(session, row)
    return row


@pytest.fixture
def first(session: Session, article: ArticleRow) -> QuoteRow:
    return quotes.numbered(session, article.id, 1)


def shown(session: Session, article: ArticleRow) -> list[tuple[str, str]]:
    """What pieces may be made of."""
    session.flush()
    found = [quotes.quote(row) for row in quotes.of_article(session, article.id)]
    made = candidates(article.body, found, Recipe(min_words=2), "en")
    return sorted((each.longer.text, each.longer.speaker) for each in made)


def test_a_speaker_is_corrected_and_given_back(session, article, first):
    assert correct(session, article, first, Correction("  Dana   Okafor-Lind ")) == Correction(last=3)
    assert ("Dana Okafor-Lind") in {name for _, name in shown(session, article)}
    assert names(quotes.of_article(session, article.id)) == ["Dana Okafor", "Dana Okafor-Lind", "Omar Reyes"]
    correct(session, article, first, Correction(""))
    assert quotes.quote(first).speaker == "Dana Okafor"
    correct(session, article, first, Correction("Dana Okafor"))
    assert first.named == "", "as the article says is no correction"


def test_a_quote_that_is_left_out_makes_nothing(session, article, first):
    correct(session, article, first, Correction(used=False))
    assert [name for _, name in shown(session, article)] == ["Omar Reyes"]


def test_a_cut_is_at_sentences_and_shown(session, article, first):
    was = correct(session, article, first, Correction(first=2, last=2))
    texts = [text for text, name in shown(session, article) if name == "Dana Okafor"]
    assert texts == ["[…] It reads the rain that fell upstream. […]"]
    assert spoken(article.body, quotes.quote(first).kept) == "It reads the rain that fell upstream."
    assert present(article, first) == Correction(first=2, last=2)
    correct(session, article, first, was)
    assert first.kept == []


@pytest.mark.parametrize("first_last", [(0, 1), (2, 1), (1, 4), (4, 4)])
def test_sentences_that_are_not_there_are_refused(session, article, first, first_last):
    with pytest.raises(PullquoteError, match="has 3 sentences"):
        correct(session, article, first, Correction(first=first_last[0], last=first_last[1]))


def test_a_name_that_cannot_be_printed_is_refused(session, article, first):
    for name in ("a" * 121, "Dana\u202eOkafor"):
        with pytest.raises(PullquoteError, match="printable"):
            correct(session, article, first, Correction(name))


def test_what_is_cut_off_is_still_no_word_of_the_author(session, article, first):
    correct(session, article, first, Correction(first=1, last=1))
    assert quotes.quote(first).segments[-1].end > quotes.quote(first).kept[-1].end


def test_corrections_survive_a_reread_where_the_words_stand(session, article, first, clock):
    correct(session, article, first, Correction("Dana Okafor-Lind", used=False, first=2, last=3))
    kept = spoken(article.body, quotes.quote(first).kept)
    body = f"It had rained for a week.\n\n{SOURCE.body}"
    assert reread(session, article, replace(SOURCE, body=body), now=clock.now).changed
    row = quotes.numbered(session, article.id, 1)
    assert present(article, row) == Correction("Dana Okafor-Lind", used=False, first=2, last=3)
    assert spoken(article.body, quotes.quote(row).kept) == kept


def test_corrections_go_with_the_words(session, article, first, clock):
    correct(session, article, first, Correction("Dana Okafor-Lind"))
    body = SOURCE.body.replace("It reads the rain", "It knows the rain")
    reread(session, article, replace(SOURCE, body=body), now=clock.now)
    assert quotes.numbered(session, article.id, 1).named == ""


def test_passages_of_a_cut_quote_say_so_at_each_end():
    body = "One two three. Four five six."
    found = passages(body, [quotes.Segment(0, 14)], "A", fewest=1, most=9, language="en", cut=(False, True))
    assert [passage.text for passage in found] == ["One two three. […]"]
