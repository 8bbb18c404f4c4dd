from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from scheduler.domain.brand import Look
from scheduler.domain.errors import PullquoteError
from scheduler.domain.piece import Content, Passage, PieceKind
from scheduler.render.cards import CardRefused, CardRenderer
from scheduler.render.environment import default_templates, environment
from scheduler.services import brand, compose, editing, looks
from scheduler.services.card_choice import choose, order_of
from scheduler.services.editing import Hand
from scheduler.services.thumbnails import Thumbnails
from scheduler.store import pieces
from scheduler.store.engine import open_engine, writing
from tests import world

QUOTE = "It reads the rain."


@pytest.fixture
def session():
    with writing(open_engine("sqlite://")) as session:
        yield session


@pytest.fixture(scope="module")
def cards():
    renderer = CardRenderer([default_templates() / "cards"])
    yield renderer
    renderer.close()


@pytest.fixture
def studio(cards):
    return compose.Studio(cards, environment([]), "https://app.ledger.example")


@pytest.fixture
def piece(session, clock):
    article = world.article(session, clock())
    start = article.body.index(QUOTE)
    content = Content(
        texts={"": ["Read it."]},
        passage=Passage(QUOTE, "Dana Okafor", ((start, start + len(QUOTE)),)),
        alt="“It reads the rain.” — Dana Okafor",
        template="plain",
    )
    return pieces.add(
        session, article_id=article.id, kind=PieceKind.CARD, content=content, recipe="default", now=clock()
    )


@pytest.fixture
def hand(clock):
    return Hand("Ada Quist", clock())


def photo(colour=(20, 90, 120)):
    file = io.BytesIO()
    Image.new("RGB", (600, 400), colour).save(file, "JPEG")
    return file.getvalue()


def test_every_template_and_size_is_shown_and_why_one_cannot_be(session, piece, cards, studio):
    found = looks.looks(session, piece, studio)
    reasons = {each.template: each.reason for each in found.templates}
    assert reasons["plain"] == reasons["quiet"] == ""
    assert set(reasons) == set(cards.templates())
    assert {each.size for each in found.sizes} >= {"square", "story"}
    assert not found.has_photo


def test_a_card_gets_another_look_and_it_can_be_undone(session, piece, studio, hand):
    choose(session, piece, studio, "quiet", "story", hand=hand)
    content = pieces.content(piece)
    assert (content.template, content.size, content.frames) == ("quiet", "story", 1)
    editing.undo(session, piece, hand)
    assert pieces.content(piece).template == "plain"


def test_a_look_that_could_not_be_right_is_refused_and_frames_are_counted(session, piece, studio, hand):
    article = world.article_of(session, piece)
    said = (f"In {1960 + n} the river rose by {n + 2} feet, and nobody came to ask us." for n in range(24))
    article.body = " ".join(said)
    long = Passage(article.body, "Dana Okafor", ((0, len(article.body)),))
    pieces.revise(session, piece, replace(pieces.content(piece), passage=long))
    choose(session, piece, studio, "carousel", "square", hand=hand)
    assert pieces.content(piece).frames > 1
    (plain,) = (each for each in looks.looks(session, piece, studio).templates if each.template == "plain")
    assert "does not go on the square card" in plain.reason
    with pytest.raises(CardRefused, match="does not go on the square card"):
        choose(session, piece, studio, "plain", "square", hand=hand)


def test_a_photo_of_ones_own_is_on_this_card_alone(session, piece, cards, studio, hand, clock):
    with pytest.raises(PullquoteError, match="Plain shows no photo"):
        looks.upload(session, piece, photo(), "harbour.jpg", studio, hand)
    choose(session, piece, studio, "photo", "square", hand=hand)
    before = order_of(session, piece, pieces.content(piece))
    assert "photo" not in before.pictures
    looks.upload(session, piece, photo(), "harbour.jpg", studio, hand)
    content = pieces.content(piece)
    shown = order_of(session, piece, content).pictures["photo"]
    assert (shown.width, shown.height) == (600, 400)
    looks.picture(session, piece, content.picture, (0.2, 0.8), studio, hand)
    assert order_of(session, piece, pieces.content(piece)).pictures["photo"].focus == (0.2, 0.8)
    looks.picture(session, piece, "", (0.2, 0.8), studio, hand)
    assert "photo" not in order_of(session, piece, pieces.content(piece)).pictures


def test_only_photos_at_hand_can_be_chosen(session, piece, cards, studio, hand, clock):
    workspace = world.workspace(session, clock())
    brand.add_picture(session, workspace, Look.BACKGROUND, photo(), "sea.jpg", name="sea", now=clock())
    brand.add_picture(session, workspace, Look.PHOTO, photo((9, 9, 9)), "x.jpg", name="77", now=clock())
    (shot,) = looks.shots(session, piece)  # not that of another article
    assert shot.title == "sea"
    choose(session, piece, studio, "photo", "square", hand=hand)
    looks.picture(session, piece, shot.digest, (0.5, 0.5), studio, hand)
    assert pieces.content(piece).picture == shot.digest
    with pytest.raises(PullquoteError, match="not there any more"):
        looks.picture(session, piece, "0" * 64, (0.5, 0.5), studio, hand)


def test_alternative_text_is_a_persons_or_made(session, piece, cards, studio, hand, clock):
    looks.describe(session, piece, ["A wet  harbour."], hand)
    assert pieces.content(piece).alts == ("A wet harbour.",)
    channel = world.channel(session, clock(), "mastodon", server="https://social.example", token="t")
    draft = compose.compose(session, piece.id, world.adapter_of(channel), studio, clock(), channel)
    assert [image.alt for image in draft.cards.images] == ["A wet harbour."]
    looks.describe(session, piece, [""], hand)
    draft = compose.compose(session, piece.id, world.adapter_of(channel), studio, clock(), channel)
    assert [image.alt for image in draft.cards.images] == ["“It reads the rain.” — Dana Okafor"]
    looks.describe(session, piece, ["“It reads the rain.” — Dana Okafor"], hand)  # the same as ours is ours
    assert pieces.content(piece).alts == ()
    with pytest.raises(PullquoteError, match="up to 5,000 characters"):
        looks.describe(session, piece, ["x" * 5001], hand)


def test_a_thumbnail_is_drawn_once(session, piece, cards, studio, monkeypatch):
    shelf = Thumbnails()
    order = order_of(session, piece, pieces.content(piece))
    small = shelf.card(order, cards)
    with Image.open(io.BytesIO(small)) as image:
        assert (image.format, image.width) == ("WEBP", 320)
    monkeypatch.setattr(cards, "render", None)
    assert shelf.card(order, cards) is small
    assert shelf.photo("a", photo) is shelf.photo("a", photo)


def test_the_oldest_thumbnails_go_when_there_are_many(monkeypatch):
    monkeypatch.setattr("scheduler.services.thumbnails.MOST", 2)
    shelf = Thumbnails()
    first = shelf.photo("1", photo)
    for digest in ("2", "1", "3"):
        shelf.photo(digest, photo)
    assert shelf.photo("1", photo) is first
    assert list(shelf._kept) == ["3", "1"]
