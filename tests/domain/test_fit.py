from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.fit import OMITTED, abridge, shorten, stands, thread
from scheduler.domain.piece import Passage
from scheduler.domain.text import sentences

BODY = "Ada said: “We left early. Nobody saw us,” and smiled. “It rained,” she said, “all day.”"


def at_most(length: int) -> Callable[[str], bool]:
    return lambda text: len(text) <= length


TEXTS = st.text(st.sampled_from("aB. !?\n“”…é"), max_size=200)
PARTS = st.lists(st.text(st.sampled_from("abC .!?\n"), min_size=1, max_size=60).map(str.strip), max_size=6)


def words(text: str) -> str:
    return "".join(text.split())


class TestShorten:
    def test_a_text_that_fits_stays_as_it_is(self) -> None:
        assert shorten("One. Two.", at_most(9)) == "One. Two."

    def test_the_cut_is_at_the_end_of_a_sentence_and_shows(self) -> None:
        assert shorten("One two. Three four. Five.", at_most(25)) == "One two. Three four. […]"
        assert shorten("One two. Three four. Five.", at_most(23)) == "One two. […]"

    def test_a_sentence_is_never_cut(self) -> None:
        assert shorten("One two three. Four.", at_most(10)) is None
        assert shorten("One two three", at_most(10)) is None

    @given(TEXTS, st.integers(0, 80))
    def test_it_fits_or_is_none_and_is_leading_sentences(self, text: str, most: int) -> None:
        short = shorten(text, at_most(most))
        if short is None or short == text:
            assert short is None or len(text) <= most
        else:
            assert len(short) <= most
            kept = short.removesuffix(f" {OMITTED}")
            assert kept in {text[:end] for _, end in sentences(text)}


class TestAbridge:
    def test_at_the_end_of_a_sentence_where_one_fits(self) -> None:
        assert abridge("One. Two. Three.", at_most(8)) == "One. […]"

    def test_else_at_the_end_of_a_word(self) -> None:
        assert abridge("A river that reads the rain.", at_most(12)) == "A river…"

    def test_nothing_where_nothing_fits(self) -> None:
        assert not abridge("Unbelievably long", at_most(5))

    @given(TEXTS, st.integers(0, 60))
    def test_it_always_fits(self, text: str, most: int) -> None:
        assert len(abridge(text, at_most(most))) <= most


class TestThread:
    def test_paragraphs_share_an_item_while_they_fit(self) -> None:
        assert thread(["One.", "Two.", "Three."], at_most(10)) == ["One.\n\nTwo.", "Three."]

    def test_a_paragraph_that_fits_alone_is_not_split_to_fill_the_item_before(self) -> None:
        assert thread(["One.", "Two. Three."], at_most(12)) == ["One.", "Two. Three."]

    def test_a_long_paragraph_is_split_between_sentences(self) -> None:
        assert thread(["One two. Three. Four five."], at_most(16)) == ["One two. Three.", "Four five."]

    def test_a_line_of_its_own_stays_with_the_one_above(self) -> None:
        assert thread(["“One two. Three.”\n— Ada"], at_most(16)) == ["“One two.", "Three.”\n— Ada"]

    def test_a_sentence_is_never_cut(self) -> None:
        assert thread(["One.", "Two three four five."], at_most(10)) is None

    @given(PARTS, st.integers(1, 80))
    def test_the_items_are_the_paragraphs(self, parts: list[str], most: int) -> None:
        items = thread(parts, at_most(most))
        if items is not None:
            assert words("".join(items)) == words("".join(parts))
            assert all(0 < len(item) <= most for item in items)
            whole = "\n\n".join(filter(None, parts))
            at = 0
            for item in items:  # each stands in the whole, in order, verbatim
                at = whole.index(item, at) + len(item)

    @given(PARTS, st.integers(1, 80))
    def test_it_gives_up_only_where_a_sentence_is_too_long(self, parts: list[str], most: int) -> None:
        if thread(parts, at_most(most)) is None:
            lines = [part[s:e] for part in parts for s, e in sentences(part)]
            assert any(len(line) > most for line in lines) or any("\n" in part for part in parts)


class TestStands:
    @pytest.mark.parametrize(
        ("text", "segments"),
        [
            ("We left early. Nobody saw us.", [(11, 40)]),
            ("We left early. […]", [(11, 25)]),
            ("[…] Nobody saw us.", [(26, 40)]),
            ("It rained, all day.", [(55, 65), (78, 86)]),
        ],
    )
    def test_words_that_stand_in_the_body(self, text: str, segments: list[tuple[int, int]]) -> None:
        assert stands(BODY, Passage(text, "Ada", tuple(segments)))

    @pytest.mark.parametrize(
        ("text", "segments"),
        [
            ("We left late. Nobody saw us.", [(11, 40)]),
            ("We left early.", [(11, 40)]),
            ("We […] left early.", [(11, 25)]),
            ("It rained, all day.", [(78, 86), (55, 65)]),
            ("We left early.", [(11, 25), (20, 25)]),
            ("We left early.", []),
            ("all day.", [(78, 999)]),
            ("", [(5, 5)]),
        ],
        ids=[
            "other words",
            "words left out",
            "omission inside",
            "order",
            "overlap",
            "nothing",
            "beyond",
            "empty",
        ],
    )
    def test_words_that_do_not(self, text: str, segments: list[tuple[int, int]]) -> None:
        assert not stands(BODY, Passage(text, "Ada", tuple(segments)))
