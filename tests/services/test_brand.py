"""The look of a workspace."""

from __future__ import annotations

import io
from importlib import resources

import pytest
from PIL import Image
from sqlalchemy import Engine

from scheduler.domain.brand import Look
from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.render.cards import CardRenderer, CardText
from scheduler.render.environment import default_templates
from scheduler.services import brand
from scheduler.sources.url import Page
from scheduler.store import brands
from scheduler.store.engine import reading, writing
from tests import world
from tests.conftest import Clock

SERIF = (
    resources.files("fontpkg_source_serif_4").joinpath("files", "SourceSerif4[opsz,wght].ttf").read_bytes()
)


def picture(colour: str = "#336699", size: tuple[int, int] = (60, 40)) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, colour).save(data, "PNG")
    return data.getvalue()


def test_a_card_is_given_what_its_brand_has(engine: Engine, clock: Clock) -> None:
    with writing(engine) as session:
        workspace, article = world.workspace(session, clock()), world.article(session, clock())
        put = {"now": clock()}
        brand.set_values(session, workspace, {"ink": "#101010", "accent": "#b00020"})
        brand.add_picture(session, workspace, Look.LOGO, picture("#000000"), "logo.png", **put)
        brand.add_picture(
            session,
            workspace,
            Look.PORTRAIT,
            picture(),
            "dana.png",
            name="Dana  Okafor",
            focus=(0.2, 0.3),
            **put,
        )
        brand.add_picture(
            session, workspace, Look.BACKGROUND, picture("#00ff00"), "sea.png", name="sea", **put
        )
        brand.add_font(session, workspace, "sans", SERIF, "serif.ttf", **put)
    with reading(engine) as session:
        workspace = world.workspace(session, clock())
        dress = brand.dress(session, workspace, article, "dana okafor")
        assert dress.colours == {"ink": "#101010", "accent": "#b00020"}
        assert dress.pictures.keys() == {"logo", "portrait", "photo"}
        assert dress.pictures["portrait"].focus == (0.2, 0.3)
        assert brand.dress(session, workspace, article, "Tomas Reyes").pictures.keys() == {"logo", "photo"}
        card = CardRenderer([default_templates() / "cards"])
        text = CardText("The river does not read our plans.", "Dana Okafor")
        asked = ("split", "square", text, dress.colours, dress.pictures)
        ours, theirs = card.render(*asked), card.render(*asked, dress.fonts)
        assert ours.data != theirs.data
        assert card.key(*asked) != card.key(*asked, dress.fonts)


def test_an_article_always_has_the_same_background(engine: Engine, clock: Clock) -> None:
    with writing(engine) as session:
        workspace = world.workspace(session, clock())
        articles = [world.article(session, clock()) for _ in range(4)]
        for name, colour in (("sea", "#0000ff"), ("sky", "#00ffff")):
            brand.add_picture(
                session, workspace, Look.BACKGROUND, picture(colour), f"{name}.png", name=name, now=clock()
            )
        first = [brand.dress(session, workspace, article, "").pictures["photo"] for article in articles]
        again = [brand.dress(session, workspace, article, "").pictures["photo"] for article in articles]
    assert first == again
    assert first[0] == first[2] != first[1] == first[3]


def test_the_newer_logo_takes_the_place_of_the_older(engine: Engine, clock: Clock) -> None:
    with writing(engine) as session:
        workspace = world.workspace(session, clock())
        for colour in ("#000000", "#ffffff"):
            brand.add_picture(session, workspace, Look.LOGO, picture(colour), "logo.png", now=clock())
        assert len(brands.of_workspace(session, workspace.id)) == 1
        brand.remove(session, workspace, Look.LOGO)
        assert brands.of_workspace(session, workspace.id) == []
        with pytest.raises(NotFound, match="There is no logo: see"):
            brand.remove(session, workspace, Look.LOGO)


def test_colours_that_cannot_be_read_are_refused(engine: Engine, clock: Clock) -> None:
    with writing(engine) as session:
        world.workspace(session, clock())
    with (
        pytest.raises(PullquoteError, match="cannot be read on its paper"),
        writing(engine) as session,
    ):
        brand.set_values(session, world.workspace(session, clock()), {"ink": "#cccccc"})
    with reading(engine) as session:
        assert brand.colours(world.workspace(session, clock())) == {}


def test_a_font_without_a_licence_needs_one_said(engine: Engine, clock: Clock) -> None:
    silent = SERIF.replace(b"\x00\x03\x00\x01\x04\x09\x00\x0d", b"\x00\x03\x00\x01\x04\x09\x00\x63").replace(
        b"\x00\x03\x00\x01\x04\x09\x00\x0e", b"\x00\x03\x00\x01\x04\x09\x00\x64"
    )
    with writing(engine) as session:
        workspace = world.workspace(session, clock())
        with pytest.raises(PullquoteError, match="say it with --licence"):
            brand.add_font(session, workspace, "serif", silent, "mine.ttf", now=clock())
        row = brand.add_font(session, workspace, "serif", silent, "mine.ttf", licence="bought", now=clock())
        assert row.note == "bought"
        with pytest.raises(
            PullquoteError, match="'comic' is no role of fonts: take one of serif, sans, display"
        ):
            brand.add_font(session, workspace, "comic", SERIF, "comic.ttf", now=clock())


def test_the_photo_that_an_article_s_page_names_comes_before_backgrounds(
    engine: Engine, clock: Clock
) -> None:
    pages = {
        "https://ledger.example/river": b'<meta property="og:image" content="/lead.png">',
        "https://ledger.example/lead.png": picture("#ff0000"),
    }
    asked: list[str] = []

    def fetch(url: str) -> Page:
        asked.append(url)
        return Page(url, 200 if url in pages else 404, "", pages.get(url, b""))

    with writing(engine) as session:
        workspace, article = world.workspace(session, clock()), world.article(session, clock())
        data, address = brand.photo_of_page(article, fetch)
        assert asked == list(pages)
        for look, shown, name in ((Look.BACKGROUND, picture(), "sea"), (Look.PHOTO, data, str(article.id))):
            brand.add_picture(session, workspace, look, shown, address, name=name, now=clock())
        found = brand.dress(session, workspace, article, "").pictures["photo"]
        pixel = Image.open(io.BytesIO(found.data)).convert("RGB").getpixel((5, 5))
        assert isinstance(pixel, tuple)
        assert pixel[0] > 200 > 50 > pixel[1]
        pages.pop("https://ledger.example/lead.png")
        with pytest.raises(PullquoteError, match="could not be read"):
            brand.photo_of_page(article, fetch)
        pages.clear()
        with pytest.raises(PullquoteError, match="names no photo: name a file"):
            brand.photo_of_page(article, fetch)
