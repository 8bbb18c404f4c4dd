"""Cards in many scripts. Numbers in names are those of the cases that the card research set; those that are not here
are in the tests of cards, of what they are drawn on, and of the benchmark.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import mode

import pytest
from PIL import Image

from scheduler.render import fonts
from scheduler.render.card_setting import Setting, set_texts
from scheduler.render.cards import CardRefused, CardRenderer, CardText
from scheduler.render.environment import default_templates
from scheduler.render.font_families import SCRIPTS
from scheduler.render.layout import hyphenation
from scheduler.render.layout.block import Block, Placed
from scheduler.render.layout.paragraph import paragraph

CARDS = CardRenderer([default_templates() / "cards"])
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
MIXED = "Hope is أمل in Arabic, 希望 in Japanese and תקווה in Hebrew 🌍: the café in Straße 12 was full on day one."
ARABIC = "الصبر مفتاح الفرج، ولم نسأل الناس الذين يعيشون هنا قط عما يريدونه من المدينة."

needs_cjk = pytest.mark.skipif(not all(map(fonts.installed, SCRIPTS)), reason="needs pullquote[cjk]")
needs_emoji = pytest.mark.skipif(not fonts.EMOJI.exists(), reason="the emoji have not been fetched")


def setting(text: CardText, size: str = "square") -> Setting:
    return set_texts(CARDS._ground("plain", size, {}, text), text)["quote"]


def quote(words: str, language: str, size: str = "square") -> Block:
    return setting(CardText(words, "Dana Okafor", language=language), size).block


def refusal(words: str, language: str = "en", speaker: str = "Dana Okafor") -> str:
    with pytest.raises(CardRefused) as refused:
        CARDS.check("plain", "square", CardText(words, speaker, language=language), {})
    return str(refused.value)


def lines(block: Block) -> Iterator[list[Placed]]:
    """Their glyphs from left to right. Spaces between lines have none."""
    start = 0
    for line in block.lines:
        end = start + len(line)
        yield sorted((p for p in block.glyphs if start <= p.glyph.start < end), key=lambda p: p.x)
        start = min((p.glyph.start for p in block.glyphs if p.glyph.start >= end), default=end)


def edges(line: list[Placed], size: int) -> tuple[float, float]:
    seen = [p for p in line if p.glyph.ink.right > p.glyph.ink.left]
    return min(p.x + p.glyph.ink.left * size for p in seen), max(p.x + p.glyph.ink.right * size for p in seen)


@needs_cjk
@needs_emoji
def test_05_scripts_mix_on_even_lines() -> None:
    block = quote(MIXED, "en")
    assert all(placed.glyph.id for placed in block.glyphs)  # 0 is .notdef
    baselines = [mode(p.y for p in line) for line in lines(block)]
    pitches = [below - above for above, below in pairwise(baselines)]
    assert max(pitches) - min(pitches) <= 0.5
    for line, said in zip(lines(block), block.lines, strict=True):
        order = [p.glyph.start for p in line]
        assert (order != sorted(order)) == any("\u0590" <= c <= "\u06ff" for c in said)


def test_05_the_order_is_that_of_uax_9() -> None:
    words = quote("In أمل 12 and תקווה ok", "en")
    shown = [p.glyph.start for line in lines(words) for p in line if p.glyph.ink.right > p.glyph.ink.left]
    assert words.lines == ("“In أمل 12 and", "תקווה ok”")
    assert shown == [0, 1, 2, 8, 9, 6, 5, 4, 4, 11, 12, 13, 19, 18, 17, 16, 15, 21, 22, 23]  # أ is two glyphs


def test_07_arabic_starts_at_the_right_and_is_joined() -> None:
    block = quote(ARABIC, "ar")
    edge = 1080 - 108
    for number, line in enumerate(lines(block)):
        assert [p.glyph.start for p in line] == sorted((p.glyph.start for p in line), reverse=True)
        letters = line[:-1] if number == 0 else line
        assert edges(letters, block.size)[1] == pytest.approx(edge, abs=1)
    first, joined = (
        next(iter(lines(block)))[-1],
        [p.glyph for p in block.glyphs if p.glyph.start in (3, 4, 5)],
    )
    nominal = joined[0].face.font.get_nominal_glyph
    assert first.x > edge
    assert first.glyph.id == first.glyph.face.font.get_nominal_glyph(ord("»"))  # « mirrored
    assert [glyph.id for glyph in joined] != [nominal(ord(c)) for c in "صبر"]


def test_07_hebrew_starts_at_the_right_under_a_latin_word_too() -> None:
    block = quote("NATO לא שאלה אותנו מה אנחנו רוצים מן העיר הזאת", "he")
    first = next(iter(lines(block)))
    assert [p.glyph.start for p in first][-5:] == [1, 2, 3, 4, 0]  # the name, left to right, then the mark
    assert block.lines[0].startswith("”NATO")


@pytest.mark.parametrize("mirrored", ["true", "false"])
def test_07_slots_side_by_side_change_places(tmp_path: Path, mirrored: str) -> None:
    copy = shutil.copytree(default_templates() / "cards" / "fact", tmp_path / "fact")
    manifest = (copy / "template.toml").read_text("utf-8")
    (copy / "template.toml").write_text(
        manifest.replace("mirrored = true", f"mirrored = {mirrored}"), "utf-8"
    )
    cards = CardRenderer([tmp_path])

    def spans(language: str) -> dict[str, tuple[float, float]]:
        text = CardText(ARABIC, "مريم الأشقر", "أمينة الصندوق", "الأهرام", language)
        found = set_texts(cards._ground("fact", "square", {}, text), text)
        return {
            name: (found[name].block.left, found[name].block.right) for name in ("speaker", "role", "outlet")
        }

    leftward, rightward = spans("ar"), spans("en")
    assert rightward["speaker"][1] < rightward["outlet"][0]
    assert leftward["outlet"][1] < leftward["role"][0]
    assert leftward["speaker"][1] == pytest.approx(leftward["role"][1], abs=3)
    cards.close()


def test_07_the_art_changes_sides_too() -> None:
    def sides(language: str) -> tuple[object, object]:
        card = CARDS.render("split", "wide", CardText(ARABIC, "مريم الأشقر", language=language), {})
        image = Image.open(io.BytesIO(card.data)).convert("RGB")
        return image.getpixel((20, 20)), image.getpixel((1180, 20))

    panel, paper = sides("en")
    assert panel != paper
    assert sides("ar") == (paper, panel)


@pytest.mark.parametrize(
    ("language", "mark"), [("en", "“"), ("fr", "«"), ("de", "„"), ("ar", "«"), ("he", "”")]
)
def test_a_large_mark_is_that_of_the_language_and_in_the_middle_of_its_panel(
    language: str, mark: str
) -> None:
    text = CardText("123", "456", language=language)
    block = set_texts(CARDS._ground("split", "wide", {}, text), text)["mark"].block
    middle = 1200 * 0.2 if language not in {"ar", "he"} else 1200 * 0.8
    assert block.lines == (mark,)
    assert (block.left + block.right) / 2 == pytest.approx(middle, abs=1)
    (placed,) = block.glyphs
    ink = placed.glyph.ink
    assert placed.y - (ink.top + ink.bottom) / 2 * block.size == pytest.approx(675 / 2, abs=1)
    assert (ink.top - ink.bottom) * block.size <= 0.8 * 236


EMOJI = {
    "woman astronaut": "👩‍🚀",
    "flag": "🇯🇵",
    "skin tone": "👋🏽",
    "family": "👨‍👩‍👧‍👦",
    "keycap": "7️⃣",
    "heart": "❤️",
}


@needs_emoji
@pytest.mark.parametrize("emoji", EMOJI.values(), ids=EMOJI.keys())
def test_08_an_emoji_of_several_code_points_is_one_glyph_in_colour(emoji: str) -> None:
    block = quote(f"We wave {emoji} now", "en")
    (found,) = [p.glyph for p in block.glyphs if 9 <= p.glyph.start < 9 + len(emoji)]
    assert found.face.colour
    assert found.start == 9
    card = CARDS.render("plain", "square", CardText(f"We wave {emoji} now", "Dana Okafor"), {})
    colours = Image.open(io.BytesIO(card.data)).convert("RGB").getcolors(1080 * 1080)
    assert colours is not None
    assert len(colours) > 400  # a card of two inks has some 150 shades


@needs_emoji
def test_08_no_line_ends_within_an_emoji() -> None:
    row = "".join(EMOJI.values()) * 4
    block = quote(row, "en")
    assert len(block.lines) > 2
    assert "".join(block.lines) == f"“{row}”"
    assert all(line.strip("“”").startswith(tuple(EMOJI.values())) for line in block.lines)


@pytest.mark.parametrize(("language", "mark"), [("ar", "«"), ("he", "”"), ("ja", "「"), ("zh-Hant", "「")])
def test_09_the_opening_mark_hangs_in_every_script(language: str, mark: str) -> None:
    words = {
        "ar": ARABIC,
        "he": "מעולם לא שאלנו את האנשים שגרים כאן מה הם רוצים.",
        "ja": "川が増水した夜、私たちは運べるものを運んだ。",
        "zh-Hant": "我們從來沒有問過住在這裡的人，他們到底需要什麼樣的橋。",
    }[language]
    if language in {"ja", "zh-Hant"} and not all(map(fonts.installed, SCRIPTS)):
        pytest.skip("needs pullquote[cjk]")
    block, leftward = quote(words, language), language in {"ar", "he"}
    first, *others = lines(block)
    opening = next(p for p in first if p.glyph.start == 0)
    width = (opening.glyph.ink.right - opening.glyph.ink.left) * block.size
    start, edge = edges([opening], block.size), 1080 - 108 if leftward else 108
    assert block.lines[0].startswith(mark)
    assert (start[1] - edge if leftward else edge - start[0]) >= 0.3 * width
    for line in others:
        assert edges(line, block.size)[leftward] == pytest.approx(edge, abs=1)


def test_12_a_long_word_is_divided_where_nothing_else_helps() -> None:
    pytest.importorskip("pyphen", reason="needs pullquote[hyphens]")
    block = quote(f"Die {LONG}!", "de")
    assert block.size >= 60
    assert "".join(block.lines).replace("‐", "").replace(" ", "") == f"„Die{LONG}!“"
    assert sum(line.endswith("‐") for line in block.lines) >= 2
    plain = quote("Keine Donaudampfschifffahrt heute, sagte der Kapitän zu uns.", "de")
    assert not any(line.endswith("‐") for line in plain.lines)


def test_12_a_soft_hyphen_is_used_where_nothing_else_helps() -> None:
    soft = f"{LONG[:28]}\u00ad{LONG[28:54]}\u00ad{LONG[54:]}"
    assert [line.strip("“‐!”") for line in quote(f"{soft}!", "xx").lines] == [
        f"{LONG[:28]}\u00ad",
        f"{LONG[28:54]}\u00ad",
        LONG[54:],
    ]
    assert "soft\u00adhyphen" in "\n".join(quote("A soft\u00adhyphen in a short word", "en").lines)


def test_12_a_word_that_cannot_be_divided_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hyphenation, "points", lambda text, language: [])
    paragraph.cache_clear()
    assert f"“{LONG[:40]}…” is too wide even at 32 px" in refusal(f"Die {LONG}!", "de")
    paragraph.cache_clear()


def test_12_a_long_name_shrinks_and_a_longer_one_is_refused() -> None:
    name = "Wilhelmina Alexandrina von und zu Hohenstaufen-Sigmaringen"
    text = CardText("We never asked the people who live here.", name)
    assert set_texts(CARDS._ground("plain", "square", {}, text), text)["speaker"].block.size < 34
    longer = f"{name}-Wallerstein III of the House of the Harbour"
    assert refusal(text.quote, speaker=longer).startswith("the speaker does not go on the square card")


def test_what_a_font_that_is_not_installed_would_show_is_refused_with_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fonts, "installed", lambda script: not script.extra)
    fonts._stack.cache_clear()
    assert refusal("In Kyoto 七転び").endswith(
        "no font here shows “七” (U+4E03), “転” (U+8EE2), “び” (U+3073); install pullquote[cjk], or leave that out"
    )
    fonts._stack.cache_clear()


def test_an_override_of_direction_is_refused() -> None:
    assert "U+202E" in refusal("Plain words", speaker="Dana\u202eOkafor")


@pytest.mark.parametrize(
    "hostile",
    [
        "a" + "\u0301" * 9_000,
        "x" * 9_900,
        "क्" * 4_000,
        "👩\u200d" * 3_000,
        "。" * 9_000,
        "ก" * 9_000,
    ],
    ids=["marks", "word", "conjuncts", "joiners", "marks in a row", "Thai"],
)
def test_hostile_texts_are_refused(hostile: str) -> None:
    assert len(refusal(hostile)) < 600
