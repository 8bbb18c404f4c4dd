"""Every script, mixed at random: nothing is lost, nothing leaves the box, and odd texts cost little more."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scheduler.render import fonts
from scheduler.render.font_families import SCRIPTS
from scheduler.render.layout import bidi, uax14
from scheduler.render.layout.block import Block, place
from scheduler.render.layout.fit import Box, Manner, fit
from scheduler.render.layout.paragraph import HANGING, Paragraph
from scheduler.render.layout.punctuation import dress
from scheduler.render.layout.shaping import blank, unshowable

BOX = Box(200, 100, 864, 800)
MANNER = Manner(smallest=28, largest=110)
ALPHABETS = {
    "en": "abcdefgh ABC ,.!?“”’—-12",
    "ar": "ابتثجحخدذر سشص ،.؟!12 NATO",
    "he": "אבגדהוזחט יכלמ ,.!?12 EU",
    "hi": "कखगघचछज नमयर िीुू् ।",
    "th": "กขคงจฉช นมยร ิีึ่้ เแ",
    "ja": "川水夜私運物子供 あいうっゃ アイーッ 、。「」『』",
    "ko": "강물이불어난그날밤 우리는 .,",
}
texts = st.sampled_from(sorted(ALPHABETS)).flatmap(
    lambda language: st.tuples(
        st.just(language),
        st.text(
            st.sampled_from(ALPHABETS[language]) | st.sampled_from(" 👩‍🚀🌍" + "".join(ALPHABETS.values())),
            min_size=1,
            max_size=120,
        ),
    )
)


def laid(text: str, language: str) -> tuple[Paragraph, Block] | None:
    faces = fonts.faces("serif", 400, text, language)
    if blank(text) or unshowable(text, faces):
        return None
    words = Paragraph(text, faces, language=language, hang=True)
    found = fit(words, BOX, MANNER)
    return found and (words, place(words, found, BOX, MANNER))


@settings(max_examples=80, deadline=None)
@given(texts)
@example(
    ("ar", "1111AהA「、あ、")
)  # a mark that hangs is at the line's start as it is seen, not as it is read
def test_nothing_is_lost_and_nothing_leaves_the_box(text: tuple[str, str]) -> None:
    language, raw = text
    dressed = dress(raw, language, quoted=True).text
    result = laid(dressed, language)
    if result is None:
        return
    words, block = result
    assert "".join(block.lines).replace(" ", "") == dressed.replace(" ", "")
    hanging = [p for p in block.glyphs if dressed[p.glyph.start] in HANGING]
    inside = [p for p in block.glyphs if p not in hanging and p.glyph.ink.right > p.glyph.ink.left]
    thrown = 0.3 * block.size  # what marks and italic-like letters throw out of their own width
    for placed in inside:
        assert placed.x + placed.glyph.ink.left * block.size >= BOX.x - thrown
        assert placed.x + placed.glyph.ink.right * block.size <= BOX.right + thrown
        assert placed.y - placed.glyph.ink.top * block.size >= BOX.y - 0.01
        assert placed.y - placed.glyph.ink.bottom * block.size <= BOX.bottom + 0.01
    shown = {cluster.start for cluster in words.clusters if not dressed[cluster.start].isspace()}
    assert shown <= {p.glyph.start for p in block.glyphs}


@pytest.mark.parametrize("language", ["ar", "he"])
def test_lines_that_run_leftward_meet_the_right_edge(language: str) -> None:
    words = {"ar": "قال إنه لم يسأل أحدا من الناس عن شيء", "he": "הוא אמר שלא שאל אף אחד מהאנשים על שום דבר"}
    result = laid(words[language], language)
    assert result is not None
    block = result[1]
    assert len(block.lines) > 1
    assert block.right == pytest.approx(BOX.right, abs=1)


def test_the_pitch_is_even_whatever_script_is_on_a_line() -> None:
    if not all(map(fonts.installed, SCRIPTS)):
        pytest.skip("needs pullquote[cjk]")
    faces = fonts.faces("serif", 400, "川", "en")
    words = Paragraph("Latin أهلا 川の夜 हमने ที่ Latin", faces, language="en")
    assert words.leading == max(face.leading for face in faces)
    plain = Paragraph("Latin only", faces, language="en")
    assert plain.leading == 0


def cost(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize(
    "odd",
    [
        "x" * 10_000,
        "a" + "\u0301" * 10_000,
        "\u2067" * 5_000 + "א" * 5_000,
        "(" * 5_000 + ")" * 5_000,
        "a\u2067ב\u2066" * 2_500,
        "🇯🇵" * 5_000,
        "“" * 10_000,
        "ก" * 10_000,
        "\u200d" * 10_000,
    ],
    ids=["word", "marks", "isolates", "brackets", "nested", "flags", "quotation marks", "Thai", "joiners"],
)
def test_odd_texts_cost_little_more_than_long_ones(odd: str) -> None:
    def read(text: str) -> None:
        uax14.opportunities(text)
        bidi.resolve(text)
        dress(text, "en", quoted=True)

    plain = "plain words, שלום " * 555
    read(plain)
    assert cost(lambda: read(odd)) < 12 * cost(lambda: read(plain)) + 0.05
