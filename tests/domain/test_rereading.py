from __future__ import annotations

import time

import pytest

from scheduler.domain.fit import stands
from scheduler.domain.piece import Passage
from scheduler.domain.rereading import difference, find_again, moved

OLD = """The quay was rebuilt after the flood.

“The river does not read our plans,” says Okafor. “It reads the rain.”

“Nobody asked,” says Reyes, who runs the pumps."""


def span(body: str, words: str) -> tuple[int, int]:
    at = body.index(words)
    return at, at + len(words)


RIVER = Passage(
    "The river does not read our plans. It reads the rain.",
    "Okafor",
    (span(OLD, "The river does not read our plans,"), span(OLD, "It reads the rain.")),
)


def one(body: str, words: str) -> Passage:
    return Passage(words, "", (span(body, words),))


def test_the_passages_of_these_tests_stand() -> None:
    assert stands(OLD, RIVER)


def test_words_are_found_again_where_they_stand_now() -> None:
    new = OLD.replace("after the flood", "after the great flood of May").replace(
        "says Okafor", "said Dana Okafor"
    )
    there = moved(RIVER, OLD, new)
    assert there is not None
    assert stands(new, there)
    assert (there.text, there.speaker) == (RIVER.text, RIVER.speaker)
    assert there.segments != RIVER.segments


@pytest.mark.parametrize(
    "new",
    [
        OLD.replace("rain", "wind"),
        OLD.replace("reads the rain.", "reads the rain!"),
        OLD.replace("It reads the rain.", ""),
        "It reads the rain. The river does not read our plans,",  # in another order
        "",
    ],
)
def test_words_that_do_not_stand_are_not_moved(new: str) -> None:
    assert moved(RIVER, OLD, new) is None


def test_a_word_is_not_found_inside_another() -> None:
    old, new = "“We will go” she says", "“We will gone” she says"
    assert moved(one(old, "We will go"), old, new) is None


def test_of_the_same_words_those_with_the_same_neighbours_are_taken() -> None:
    old = "Ada says “Yes.” twice. Then Omar, who is older, says “Yes.” once."
    new = "Then Omar, who is older, says “Yes.” once. And Ada says “Yes.” twice."
    first, second = old.index("Yes."), old.rindex("Yes.")
    assert find_again([(first, first + 4)], old, new) == ((new.rindex("Yes."), new.rindex("Yes.") + 4),)
    assert find_again([(second, second + 4)], old, new) == ((new.index("Yes."), new.index("Yes.") + 4),)


def test_a_passage_that_was_lost_is_found_when_its_words_are_back() -> None:
    asked = one(OLD, "It reads the rain.")
    between = "The page could not be shown."
    assert moved(asked, OLD, between) is None
    assert moved(asked, between, OLD) == asked


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (OLD.replace("rain", "wind"), "“the rain.” → “the wind.”"),
        (OLD.replace("not read", "never read"), "“does not read” → “does never read”"),
        (OLD.replace("reads the", "reads only the"), "“reads the” → “reads only the”"),
        (OLD.replace("The river", "A river"), "“The river” → “A river”"),
        (
            OLD.replace("not ", "").replace("rain", "wind"),
            "“does not read” → “does read”; “the rain.” → “the wind.”",
        ),
        ("Something else is on this page.", ""),
        ("", ""),
    ],
)
def test_the_change_is_shown_with_a_word_on_each_side(new: str, said: str) -> None:
    assert difference(RIVER, OLD, new) == said


def test_a_change_in_words_over_several_paragraphs_is_found() -> None:
    said = "We count the hives in March.\n\n“We count them again in May."
    old, new = f"“{said}”", f"“{said.replace('May', 'June')}”\n\nSo says Quist."
    assert difference(one(old, said), old, new) == "“in May.” → “in June.”"


def test_a_change_is_never_long() -> None:
    old = " ".join(f"w{i}" for i in range(300))
    new = " ".join(f"w{i}" if i % 5 else f"x{i} y{i}" for i in range(300))
    assert difference(one(old, old), old, new).count("→") == 3
    middle = " ".join(f"v{i}" for i in range(100))
    new = old.replace(" ".join(f"w{i}" for i in range(100, 200)), middle)
    assert difference(one(old, old), old, new).endswith(
        "“w99 " + " ".join(f"v{i}" for i in range(11)) + " …”"
    )


def test_a_long_page_is_compared_in_no_time() -> None:
    page = "the rain and the river " * 20_000
    started = time.process_time()
    difference(RIVER, OLD, page)
    moved(one(page, "the rain and"), page, "so " + page)
    assert time.process_time() - started < 2
