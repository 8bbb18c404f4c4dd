"""Cards of the plain template. Numbers in names are those of the cases that the card research set."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.render.card_contrast import proven
from scheduler.render.card_setting import Setting, set_texts
from scheduler.render.cards import Card, CardRefused, CardRenderer, CardText
from scheduler.render.contrast import needed, tones, worst
from scheduler.render.environment import default_templates
from scheduler.render.output import JPEG, PNG, Output
from scheduler.render.photo import Picture, receive

FOLDER = default_templates() / "cards"
SIZES = {
    "square": (1080, 1080),
    "portrait": (1080, 1350),
    "wide": (1200, 675),
    "landscape": (1600, 900),
    "story": (1080, 1920),
    "link": (1200, 630),
}

SHORT = CardText("We never asked the people who live here.", "Dana Okafor", "Commissioner", "The Ledger")
BRIDGE = CardText(
    "The council voted for a bridge nobody could afford, and then acted surprised when the only people who "
    "crossed it were the lawyers’ couriers.",
    "Miriam Ashworth",
    "Former city treasurer",
    "The Harbour Ledger",
)
RIVER = replace(
    BRIDGE,
    quote="When the river rose that night we carried what we could: the children first, then the photographs, "
    "then the sewing machine my mother had paid for over eleven years. Nobody from the office came. In the "
    "morning a man in a clean jacket told us the flood map was “accurate to within acceptable limits”, and he "
    "asked us to sign.",
)


@pytest.fixture(scope="module")
def cards() -> CardRenderer:
    return CardRenderer([FOLDER])


def settings(cards: CardRenderer, size: str, text: CardText) -> dict[str, Setting]:
    return {**set_texts(cards._ground("plain", size, {}, text), text)}


def pixels(card: Card) -> npt.NDArray[np.int32]:
    return np.asarray(Image.open(io.BytesIO(card.data)).convert("RGB")).astype(np.int32)


def inked(cards: CardRenderer, size: str, text: CardText) -> npt.NDArray[np.bool_]:
    """Where text changed the art, but for the trace that a smooth edge leaves on the pixel beside it."""
    art = np.asarray(cards._ground("plain", size, {}, text).scene.flat).astype(np.int32)
    return np.abs(pixels(cards.render("plain", size, text, {})) - art).sum(axis=2) > 24


def refusal(cards: CardRenderer, text: CardText, size: str = "square", **brand: str) -> str:
    for refuse in (cards.check, cards.render):  # both say the same
        with pytest.raises(CardRefused) as refused:
            refuse("plain", size, text, brand)
    return str(refused.value)


def test_what_there_is(cards: CardRenderer) -> None:
    assert cards.templates() == ["carousel", "fact", "link", "photo", "plain", "quiet", "split", "story"]
    for template in cards.templates():
        assert set(cards.sizes(template)) == set(SIZES)


def test_01_forty_characters_fill_the_square(cards: CardRenderer) -> None:
    quote = settings(cards, "square", SHORT)["quote"].block
    assert quote.size >= 120
    assert quote.lines == ("“We never asked", "the people who", "live here.”")


@pytest.mark.parametrize("size", SIZES)
def test_02_every_size_is_exact_and_every_text_stays_in_its_slot(cards: CardRenderer, size: str) -> None:
    card = cards.render("plain", size, BRIDGE, {})
    assert (card.width, card.height) == SIZES[size] == Image.open(io.BytesIO(card.data)).size
    assert card.type == "image/png"
    ink, places = inked(cards, size, BRIDGE), cards._ground("plain", size, {}, BRIDGE).places
    for name, place in places.items():
        hang = place.manner.largest if name == "quote" else 0
        box, left = place.box, max(0, int(place.box.x) - hang)
        assert ink[int(box.y) : int(box.bottom), left : int(box.right)].any()
        ink[int(box.y) : int(box.bottom), left : int(box.right)] = False
    assert not ink.any()
    assert settings(cards, size, BRIDGE)["quote"].block.size >= 28


@pytest.mark.parametrize("size", SIZES)
def test_03_three_hundred_characters_can_be_read(cards: CardRenderer, size: str) -> None:
    quote = settings(cards, size, RIVER)["quote"].block
    assert quote.size >= 40
    words = RIVER.quote.replace("“", "‘").replace("limits”", "limits’")  # a quote in a quote
    assert " ".join(quote.lines) == f"“{words}”"
    assert len(quote.lines[-1].split()) > 1


def test_04_two_thousand_characters_are_refused(cards: CardRenderer) -> None:
    sentence = refusal(cards, replace(BRIDGE, quote="word " * 399 + "word"))
    assert sentence.startswith(
        "the quote does not go on the square card: its 2,001 characters"
    )  # 1999 and marks
    assert "32 px" in sentence


def test_04_a_whole_book_is_refused_at_once(cards: CardRenderer) -> None:
    assert "500,000 characters" in refusal(cards, replace(BRIDGE, quote="x" * 500_000))


def test_06_a_script_without_a_font_is_refused(cards: CardRenderer) -> None:
    sentence = refusal(cards, replace(SHORT, quote="Plain words, then ཀཁག"))
    assert sentence == (
        "the quote does not go on the square card: "
        "no font here shows “ཀ” (U+0F40), “ཁ” (U+0F41), “ག” (U+0F42); leave that out"
    )


@pytest.mark.parametrize(("language", "mark"), [("en", "“"), ("de", "„"), ("fr", "«"), ("sv", "”")])
def test_09_the_opening_mark_hangs_in_the_margin(cards: CardRenderer, language: str, mark: str) -> None:
    text = replace(SHORT, quote="He held half her house; he held her hope here.", language=language)
    ink, box = inked(cards, "square", text), cards._ground("plain", "square", {}, text).places["quote"].box
    quote = settings(cards, "square", text)["quote"].block
    assert quote.lines[0].startswith(mark)
    rows, edge = slice(int(box.y), int(box.bottom)), int(box.x)
    assert ink[rows, : edge - 10].any()
    for baseline in sorted({round(glyph.y) for glyph in quote.glyphs})[1:]:  # the lines below the mark
        line = ink[baseline - quote.size // 2 : baseline]
        assert abs(int(np.flatnonzero(line.any(axis=0))[0]) - edge) <= 1


def test_10_threads_draw_the_same_bytes(cards: CardRenderer) -> None:
    texts = [replace(BRIDGE, quote=f"{BRIDGE.quote} {number}") for number in range(16)]
    types = [PNG, PNG, PNG, JPEG]

    def draw(text: CardText) -> bytes:
        kind = types[len(text.quote) % 4]
        output = Output(frozenset({kind}), prefer=kind)
        return hashlib.sha256(cards.render("plain", "wide", text, {}, output=output).data).digest()

    alone = [draw(text) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(draw, texts * 10))
    assert together == alone * 10
    assert len(set(alone)) == len(texts)


def test_10_another_process_draws_the_same_bytes(cards: CardRenderer) -> None:
    here = [hashlib.sha256(cards.render("plain", size, BRIDGE, {}).data).hexdigest() for size in SIZES]
    program = (
        "import hashlib, sys; from pathlib import Path; from scheduler.render.cards import *\n"
        "cards, text = CardRenderer([Path(sys.argv[1])]), CardText(*sys.argv[2:6])\n"
        "for size in sys.argv[6:]: print(hashlib.sha256(cards.render('plain', size, text, {}).data).hexdigest())"
    )
    words = (BRIDGE.quote, BRIDGE.speaker, BRIDGE.role, BRIDGE.outlet)
    command = [sys.executable, "-c", program, str(FOLDER), *words, *SIZES]
    there = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert there.stdout.split() == here


def test_11_faint_colours_are_refused(cards: CardRenderer) -> None:
    sentence = refusal(cards, SHORT, ink="#C9CCC5")
    assert sentence.startswith(
        "the quote does not go on the square card: the colour 'ink' stands out only 1.4:1"
    )
    assert "needs 3.0:1" in sentence  # large type
    assert "'soft'" in refusal(cards, SHORT, soft="#A0A0A0")
    cards.check("plain", "square", SHORT, {"ink": "#5F635E"})  # 4.5:1 itself, and mixed no less


def test_11_a_dark_brand_of_three_colours_can_be_read(cards: CardRenderer) -> None:
    card = cards.render("plain", "square", SHORT, {"paper": "#10243F", "ink": "#fff", "accent": "#FFC857"})
    assert tuple(pixels(card)[0, 0]) == (0x10, 0x24, 0x3F)


def test_11_what_a_brand_has_besides_does_not_matter(cards: CardRenderer) -> None:
    plain = cards.render("plain", "square", SHORT, {})
    assert cards.render("plain", "square", SHORT, {"name": "The Ledger", "address": "1 Quay Street"}) == plain


def test_11_a_colour_that_is_none_is_refused(cards: CardRenderer) -> None:
    with pytest.raises(PullquoteError, match="#rrggbb"):
        cards.check("plain", "square", SHORT, {"paper": 'red"/><image href="x'})


def test_13_markup_is_only_characters(cards: CardRenderer) -> None:
    text = replace(SHORT, quote="<b>&{{7*7}} </text> %s", speaker="{% raw %}&amp;<script>")
    found = settings(cards, "square", text)
    assert " ".join(found["quote"].block.lines) == "“<b>&{{7*7}} </text> %s”"
    assert found["speaker"].block.lines == ("{% raw %}&amp;<script>",)
    assert cards.render("plain", "square", text, {}).data.startswith(b"\x89PNG")


@pytest.mark.parametrize("quote", ["", "  \n", "\u200b\u00ad"])
def test_an_empty_quote_is_refused(cards: CardRenderer, quote: str) -> None:
    assert "it is empty" in refusal(cards, replace(SHORT, quote=quote))


def test_the_speaker_takes_the_room_of_a_role_that_is_not_there(cards: CardRenderer) -> None:
    texts = [replace(SHORT, role=role) for role in ("", "Commissioner")]
    alone, both = (set_texts(cards._ground("carousel", "square", {}, text), text) for text in texts)
    assert "role" not in alone
    assert alone["speaker"].block.glyphs[0].y > both["speaker"].block.glyphs[0].y


def test_quotation_marks_have_the_accent_colour(cards: CardRenderer) -> None:
    opening, words, closing = settings(cards, "square", SHORT)["quote"].inks
    assert opening.colour == closing.colour != words.colour
    assert (len(opening.glyphs), len(closing.glyphs)) == (1, 1)


def test_names_that_are_not_there(cards: CardRenderer) -> None:
    with pytest.raises(NotFound, match="'fancy'; there is carousel, fact, link, photo, plain"):
        cards.check("fancy", "square", SHORT, {})
    with pytest.raises(NotFound, match="'round'; it has square, portrait, wide, landscape, story, link"):
        cards.check("plain", "round", SHORT, {})
    with pytest.raises(NotFound):
        cards.check("../cards/plain", "square", SHORT, {})


def test_the_user_s_template_wins_and_is_read_again_when_it_changes(tmp_path: Path) -> None:
    mine = tmp_path / "plain"
    mine.mkdir()
    for file in ("template.toml", "card.svg"):
        (mine / file).write_text((FOLDER / "plain" / file).read_text("utf-8"), "utf-8")
    cards = CardRenderer([tmp_path, FOLDER])
    before = pixels(cards.render("plain", "square", SHORT, {}))
    drawing = (mine / "card.svg").read_text("utf-8")
    (mine / "card.svg").write_text(drawing.replace("{{ brand.paper }}", "#FFFFFF"), "utf-8")
    after = pixels(cards.render("plain", "square", SHORT, {}))
    assert tuple(before[0, 0]) == (0xEE, 0xF0, 0xEA)
    assert tuple(after[0, 0]) == (255, 255, 255)
    assert "plain" in cards.templates()


def test_old_grounds_are_let_go(cards: CardRenderer) -> None:
    for level in range(14):
        cards.check("plain", "wide", SHORT, {"paper": f"#F0F0{0xE0 + level:02X}"})
    assert len(cards._grounds) == 12


LONG = replace(
    RIVER,
    quote=f"{RIVER.quote} We did not. It was the only honest thing that anyone did that week, and I said so then.",
)


def test_a_quote_on_one_frame_stands_in_the_middle_and_frames_start_at_the_top(cards: CardRenderer) -> None:
    def gaps(text: CardText) -> tuple[float, float]:
        setting = set_texts(cards._ground("carousel", "square", {}, text), text)["quote"]
        block, box = setting.block, setting.place.box
        capital = 0.67 * block.size
        rows = [glyph.y for glyph in block.glyphs]
        return min(rows) - capital - box.y, box.bottom - max(rows)

    above, below = gaps(SHORT)
    assert above == pytest.approx(below, abs=12)
    first, second = (gaps(replace(SHORT, frame=frame, frames=2))[0] for frame in (1, 2))
    assert first == second < 60


@pytest.mark.parametrize("size", ["square", "link"])
def test_04_the_frames_of_a_carousel_are_the_quote_and_set_alike(cards: CardRenderer, size: str) -> None:
    frames = cards.spread("carousel", size, replace(LONG, quote=f"{LONG.quote} {LONG.quote}"), {})
    assert len(frames) > 1
    assert " ".join(frame.quote for frame in frames) == f"{LONG.quote} {LONG.quote}"
    settings = [set_texts(cards._ground("carousel", size, {}, frame), frame) for frame in frames]
    blocks = [setting["quote"].block for setting in settings]
    assert len({block.size for block in blocks}) == 1
    baselines = [sorted({round(glyph.y, 3) for glyph in block.glyphs}) for block in blocks]
    assert len({(first, round(second - first, 3)) for first, second, *_ in baselines}) == 1
    assert ["".join(setting["counter"].block.lines) for setting in settings] == [
        f"{number}/{len(frames)}" for number in range(1, len(frames) + 1)
    ]
    assert settings[0]["quote"].block.lines[0].startswith("“")
    assert not settings[1]["quote"].block.lines[0].startswith("“")


def _photo(level: int | None, seed: int = 1) -> Picture:
    pixels = np.random.default_rng(seed).integers(0, 256, (300, 400, 3), np.uint8)
    if level is not None:
        pixels[:] = level
    data = io.BytesIO()
    Image.fromarray(pixels).save(data, "PNG")
    return receive(data.getvalue(), "photo.png")


@pytest.mark.parametrize("size", ["square", "wide", "story"])
@pytest.mark.parametrize("level", [255, None])
def test_11_every_text_on_a_photo_can_be_read_at_every_pixel(
    cards: CardRenderer, size: str, level: int | None
) -> None:
    pictures = {"photo": _photo(level)}
    ground = cards._ground("photo", size, {}, BRIDGE, pictures)
    settings = set_texts(ground, BRIDGE)
    art = proven(ground, settings.values(), pictures)
    for setting in settings.values():
        place, block = setting.place, setting.block
        rows = slice(
            int(min(g.y for g in block.glyphs) - block.size * 0.7), int(max(g.y for g in block.glyphs))
        )
        behind = art[rows, int(place.box.x) : int(block.right)]
        for ink in setting.inks:
            found = worst(ink.colour, tones(behind))
            assert found >= needed(block.size, place.slot.weight, place.card_width)


def test_11_a_black_photo_is_not_darkened_more_than_the_template_asks(cards: CardRenderer) -> None:
    dark, grey = ({"photo": _photo(level)} for level in (0, 90))
    ground = cards._ground("photo", "square", {}, BRIDGE, dark)
    settings = set_texts(ground, BRIDGE).values()
    assert proven(ground, settings, dark)[:800, :, 0].max() < 15
    lit = proven(ground, settings, grey)[500, 540].astype(int)
    assert lit.max() > 20


def test_11_a_photo_that_no_scrim_helps_is_refused(tmp_path: Path) -> None:
    shutil.copytree(FOLDER / "photo", tmp_path / "photo")
    toml = tmp_path / "photo" / "template.toml"
    toml.write_text(toml.read_text("utf-8").replace("least = 1", "least = 0\nmost = 0.2"), "utf-8")
    with pytest.raises(CardRefused, match="change the brand's colours, or the photo"):
        CardRenderer([tmp_path]).check("photo", "square", BRIDGE, {}, {"photo": _photo(255)})


def test_11_art_above_a_text_counts(tmp_path: Path) -> None:
    shutil.copytree(FOLDER / "plain", tmp_path / "plain")
    svg = tmp_path / "plain" / "card.svg"
    veil = (
        '<rect width="{{ width }}" height="{{ height }}" fill="{{ brand.paper }}" opacity="OPACITY"/></svg>'
    )
    drawing = svg.read_text("utf-8")
    svg.write_text(drawing.replace("</svg>", veil.replace("OPACITY", "0.1")), "utf-8")
    CardRenderer([tmp_path]).check("plain", "square", BRIDGE, {})
    svg.write_text(drawing.replace("</svg>", veil.replace("OPACITY", "0.8")), "utf-8")
    with pytest.raises(CardRefused, match="stands out only"):
        CardRenderer([tmp_path]).check("plain", "square", BRIDGE, {})


def test_13_markup_in_every_text_of_every_template_is_only_characters(cards: CardRenderer) -> None:
    rough = "<b>&{{7*7}}</b> ]]>"
    text = CardText(f"{rough} %s", rough, rough, rough, title=rough, figure=rough)
    for template in cards.templates():
        ground = cards._ground(template, "square", {}, text)
        settings = set_texts(ground, text)
        settings.pop("mark", None)  # it is the language's, not the text's
        for setting in settings.values():
            shown = " ".join(setting.block.lines)
            assert "{{7*7}}" in shown
            assert "49" not in shown
            assert "<b>&" in shown


@pytest.mark.parametrize("size", ["square", "story", "link"])
def test_02_every_template_holds_a_hundred_and_forty_characters(cards: CardRenderer, size: str) -> None:
    text = replace(BRIDGE, title="The bridge that nobody can afford", figure="42%")
    for template in cards.templates():
        ground = cards._ground(template, size, {}, text)
        assert (ground.scene.size.width, ground.scene.size.height) == SIZES[size]
        for setting in set_texts(ground, text).values():
            box, block = setting.place.box, setting.block
            assert all(box.x - block.size <= glyph.x <= box.right for glyph in block.glyphs)
            for glyph, _, y in block.glyphs:
                assert box.y - 1 <= y - glyph.ink.top * block.size
                assert y - glyph.ink.bottom * block.size <= box.bottom + 1
