"""The cards of a piece on a channel: drawn once, within the channel's limits, over frames where there are several."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from shutil import copytree

import pytest
from PIL import Image as Picture

from scheduler.channels.mastodon import Mastodon
from scheduler.domain.capabilities import Images, Limit
from scheduler.domain.errors import NotSupported, PullquoteError
from scheduler.domain.piece import Content, Passage, PieceKind
from scheduler.render.cards import CardRefused, CardRenderer
from scheduler.render.environment import default_templates, environment
from scheduler.services import compose
from scheduler.services.compose import Studio
from scheduler.store import assets, pieces
from scheduler.store.engine import open_engine, writing
from tests import world

PLAIN = default_templates() / "cards" / "plain"
QUOTE = "The river does not read our plans. It reads the rain."
LONG = " ".join(
    f"In the year {1960 + n} the river rose by {n + 2} feet, and nobody asked us." for n in range(24)
)


class Counting(CardRenderer):
    """Counts what it draws."""

    drawn = 0

    def render(self, *order, **options):
        self.drawn += 1
        return super().render(*order, **options)


@pytest.fixture
def engine():
    return open_engine("sqlite://")  # drawing takes its time, and knows no database


@pytest.fixture
def cards(tmp_path):
    copytree(PLAIN, tmp_path / "cards" / "plain")
    return Counting([tmp_path / "cards"])


def studio(cards, **options):
    return Studio(cards, environment([]), "https://app.ledger.example", **options)


class Adapter(Mastodon):
    def __init__(self, **images):
        self.config, self.session = None, {}
        limits = {"count": 4, "max_bytes": 10**7, **images}
        self.can = replace(Mastodon.can, images=Images(**limits))


def card(session, clock, quote=QUOTE, alt="“The river …” — Dana Okafor"):
    article = world.article(session, clock())
    article.body = quote
    content = Content(
        texts={"": ["Read it."]},
        passage=Passage(quote, "Dana Okafor", ((0, len(quote)),)),
        alt=alt,
        template="plain",
    )
    return pieces.add(
        session, article_id=article.id, kind=PieceKind.CARD, content=content, recipe="default", now=clock()
    )


def images(engine, clock, cards, adapter=None, quote=QUOTE, **options):
    with writing(engine) as session:
        piece = card(session, clock, quote)
        draft = compose.compose(session, piece.id, adapter or Adapter(), studio(cards, **options), clock())
        row = world.due(session, piece, world.channel(session, clock(), name=f"c{piece.id}"), clock())[0]
        row.message = compose.freeze(session, row, draft, studio(cards), world.VAULT, clock())
        session.flush()
        assert compose.thaw(session, row).images == draft.cards.sent
        return draft.cards.sent


def splitting(cards):
    toml = cards._folders[0] / "plain" / "template.toml"
    toml.write_text(toml.read_text().replace("quoted = true", 'quoted = true\noverflow = "split"'))


def test_a_second_delivery_of_the_same_card_draws_nothing(engine, clock, cards):
    first = images(engine, clock, cards)
    assert images(engine, clock, cards) == first
    assert cards.drawn == 1
    images(engine, clock, cards, quote=QUOTE + " And again.")
    assert cards.drawn == 2


def test_another_channel_reuses_what_keeps_to_its_limit(engine, clock, cards):
    (first,) = images(engine, clock, cards)
    assert images(engine, clock, cards, Adapter(max_bytes=len(first.data))) == (first,)
    assert cards.drawn == 1
    (small,) = images(engine, clock, cards, Adapter(max_bytes=len(first.data) - 1))
    assert len(small.data) < len(first.data)
    assert cards.drawn == 2
    assert images(engine, clock, cards) == (first,)  # and the smaller one did not take the place of the best
    assert cards.drawn == 2


def test_a_template_that_changed_draws_anew(engine, clock, cards):
    images(engine, clock, cards)
    drawing = cards._folders[0] / "plain" / "card.svg"
    drawing.write_text(drawing.read_text().replace("{{ brand.paper }}", "#FFFFFF"))
    images(engine, clock, cards)
    assert cards.drawn == 2


def test_a_type_that_the_channel_prefers(engine, clock, cards):
    adapter = Adapter(types=frozenset({"image/webp", "image/png"}), prefer="image/webp")
    (image,) = images(engine, clock, cards, adapter)
    assert image.type == "image/webp"
    assert Picture.open(io.BytesIO(image.data)).format == "WEBP"


def test_alternative_text_is_shortened_to_what_the_network_takes(engine, clock, cards):
    (image,) = images(engine, clock, cards, Adapter(alt=Limit(12)))
    assert image.alt == "“The river…"


def test_a_long_quote_is_refused_where_the_template_says_so(engine, clock, cards):
    with pytest.raises(CardRefused, match="the quote does not go on the square card"):
        images(engine, clock, cards, quote=LONG)


def test_a_long_quote_goes_over_frames_where_the_template_has_a_carousel(engine, clock, cards):
    splitting(cards)
    frames = images(engine, clock, cards, quote=LONG)
    assert 2 <= len(frames) <= 4
    total = len(frames)
    assert [image.alt[:3] for image in frames] == [f"{n}/{total}" for n in range(1, total + 1)]
    said = " ".join(image.alt.partition("“")[2].partition("” —")[0] for image in frames)
    assert said == LONG
    assert len({image.data for image in frames}) == total
    assert images(engine, clock, cards, quote=LONG) == frames
    assert cards.drawn == total


def test_more_frames_than_the_channel_takes_images_are_refused(engine, clock, cards):
    splitting(cards)
    with pytest.raises(CardRefused, match="characters are too many for the one image that goes with a post"):
        images(engine, clock, cards, Adapter(count=1), quote=LONG)
    images(engine, clock, cards, quote=LONG)
    with pytest.raises(CardRefused, match="too many for the one image"):  # though there are frames of it
        images(engine, clock, cards, Adapter(count=1), quote=LONG)


def test_a_network_that_fetches_gets_a_signed_address(engine, clock, cards):
    adapter = Adapter(fetched=timedelta(days=1))
    (image,) = images(engine, clock, cards, adapter, address=lambda *of: " ".join(map(str, of)))
    digest = sha256(image.data).hexdigest()
    assert image.url == f"{digest} image/png {clock() + timedelta(days=1)}"


def test_an_address_that_nobody_can_reach_is_refused_before_the_queue(engine, clock, cards):
    with pytest.raises(PullquoteError, match="Mastodon fetches the card from here, and http://localhost"):
        local = replace(studio(cards), base_url="http://localhost:8080")
        with writing(engine) as session:
            piece = card(session, clock)
            adapter = Adapter(fetched=timedelta(days=1))
            compose.compose(session, piece.id, adapter, local, clock())


def test_a_delivery_frozen_before_there_were_carousels_still_has_its_image(engine, clock):
    with writing(engine) as session:
        row = world.due(session, world.post(session, clock()), world.channel(session, clock()), clock())[0]
        digest = assets.put(session, b"png", "image/png", clock(), width=10, height=20)
        row.message = {
            "texts": ["Read it."],
            "language": "en",
            "link": "",
            "about": {},
            "created_at": clock().isoformat(),
            "image": {"asset": digest, "alt": "An image"},
        }
        (image,) = compose.thaw(session, row).images
    assert (image.data, image.alt, image.width, image.url) == (b"png", "An image", 10, "")


def test_a_carousel_goes_as_a_pdf_where_the_network_takes_one(engine, clock, cards):
    splitting(cards)
    (pdf,) = images(engine, clock, cards, Adapter(count=1, pdf=10**7), quote=LONG)
    assert (pdf.type, pdf.data[:5]) == ("application/pdf", b"%PDF-")
    drawn = cards.drawn
    assert (
        len(images(engine, clock, cards, quote=LONG)) == drawn
    )  # the frames themselves, for another channel
    assert cards.drawn == drawn
    (single,) = images(engine, clock, cards, Adapter(count=1, pdf=10**7))
    assert single.type == "image/png"


def test_a_pdf_over_the_limit_is_refused(engine, clock, cards):
    splitting(cards)
    with pytest.raises(NotSupported, match="An image is too large for Mastodon"):
        images(engine, clock, cards, Adapter(count=1, pdf=1000), quote=LONG)
