"""The templates that a piece's card can have, and those that it is given."""

import io
from datetime import UTC, datetime

import pytest
from PIL import Image

from scheduler.domain.brand import Look
from scheduler.domain.errors import PullquoteError
from scheduler.domain.piece import PieceKind, Recipe
from scheduler.domain.quote import Quote, Segment
from scheduler.render.cards import CardRefused, CardRenderer
from scheduler.render.environment import default_templates, environment
from scheduler.services import brand
from scheduler.services.card_choice import BY_HAND, choose, options
from scheduler.services.compose import Studio
from scheduler.services.editing import Hand
from scheduler.services.produce import produce
from scheduler.store import pieces, quotes
from scheduler.store.engine import open_engine, writing
from tests import world

HAND = Hand("Ada Quist", datetime(2026, 3, 2, tzinfo=UTC))
STUDIO = Studio(
    CardRenderer([default_templates() / "cards"]), environment([]), base_url="https://news.ledger.example"
)
LONG = " ".join(
    f"On day {number} the river took a house, and nobody in the town hall wrote it down."
    for number in ("one", "two", "three", "four", "five", "six")
)
VERY_LONG = " ".join(f"{LONG[:-1]} in year {number}." for number in ("one", "two", "three", "four"))
WIDE = Recipe(cards=1, posts=0, threads=0, issues=0, carousel_words=500, card_size="link")
SHORT = "It reads the rain, and it reads nothing else at all."


@pytest.fixture
def engine():
    return open_engine("sqlite://")  # drawing takes its time, and knows no database


@pytest.fixture
def session(engine):
    with writing(engine) as session:
        yield session


def _photo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (90, 60), "#345").save(file, "JPEG")
    return file.getvalue()


def cards(session, clock, *said, recipe=Recipe(posts=0, threads=0, issues=0), photo=False):
    article = world.article(session, clock())
    article.body = "\n\n".join(f"“{words}” says Dana Okafor." for words in said)
    starts = [article.body.index(words) for words in said]
    found = [
        Quote((Segment(start, start + len(words)),), "Dana Okafor", score=-start, confidence=1)
        for start, words in zip(starts, said, strict=True)
    ]
    quotes.replace_for(session, article.id, found)
    if photo:
        workspace = world.workspace(session, clock())
        name = str(article.id)
        brand.add_picture(session, workspace, Look.PHOTO, _photo(), "p.jpg", name=name, now=clock())
    return [
        row
        for row in produce(session, article, recipe, STUDIO, now=clock()).pieces
        if row.kind == PieceKind.CARD
    ]


def test_a_long_quote_becomes_a_carousel_and_nothing_of_it_another_card(session, clock):
    found = [pieces.content(row) for row in cards(session, clock, LONG, SHORT)]
    assert [(each.template, each.frames > 1) for each in found] == [("carousel", True), ("plain", False)]
    assert found[0].passage.text == LONG
    assert found[0].why == f"it is too long for one card and takes {found[0].frames}"


def test_a_channel_with_one_image_has_no_carousel(session, clock, monkeypatch):
    monkeypatch.setattr("scheduler.services.produce._frames", lambda *_: 1)
    (content,) = [pieces.content(row) for row in cards(session, clock, LONG, recipe=Recipe(cards=1))]
    assert content.template == "plain"
    assert content.passage.text.endswith("[…]")


def test_the_frames_are_those_that_every_connected_channel_takes(session, clock):
    world.channel(session, clock(), "webhook")  # ten; while there was none, Bluesky's four counted
    (row,) = cards(session, clock, VERY_LONG, recipe=WIDE)
    content = pieces.content(row)
    assert content.frames > 4
    assert "Bluesky takes 4 images" in content.refused["bluesky"]
    assert content.texts["bluesky"]
    assert choose(session, row, STUDIO, size="story", hand=HAND).refused == {}  # larger cards: fewer of them


def test_a_photo_of_the_article_is_under_its_cards(session, clock):
    (row,) = cards(session, clock, SHORT, photo=True)
    assert (pieces.content(row).template, pieces.content(row).why) == (
        "photo",
        "there is a photo for the article",
    )


def test_the_picker_says_what_a_piece_can_have_on_a_channel(session, clock):
    world.channel(session, clock(), "webhook")
    (row,) = cards(session, clock, VERY_LONG, recipe=WIDE)
    found = {option.template: option for option in options(session, row.id, STUDIO, kind="bluesky")}
    assert set(found) == set(STUDIO.cards.templates())
    assert (found["carousel"].chosen, found["plain"].chosen) == (True, False)
    assert found["carousel"].why
    assert "Bluesky takes 4 images" in found["carousel"].refused
    assert "too many" in found["plain"].refused
    assert found["plain"].sizes["wide"] == (1200, 675)
    with pytest.raises(CardRefused, match="too many"):
        choose(session, row, STUDIO, "plain", hand=HAND)
    assert pieces.content(row).template == "carousel"


def test_a_person_chooses_another_template_and_size(session, clock):
    (row,) = cards(session, clock, SHORT)
    new = choose(session, row, STUDIO, "quiet", "story", hand=HAND)
    assert (new.template, new.size, new.why, row.revision) == ("quiet", "story", BY_HAND, 2)
    assert pieces.content(row) == new
    assert all("no size tall" in each.refused for each in options(session, row.id, STUDIO, size="tall"))


def test_only_a_card_has_a_template(session, clock):
    post = world.post(session, clock())
    with pytest.raises(PullquoteError, match="is no card"):
        options(session, post.id, STUDIO)
