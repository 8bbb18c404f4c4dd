"""Hard-wrapped lines are joined, a quote that a break cut in two is mended, and nothing else is touched."""

from __future__ import annotations

import textwrap

import pytest

from scheduler.sources._lines import mended, paragraphs
from tests.sources.pages import BELLS, ICE


@pytest.mark.parametrize("width", [50, 66, 72, 78, 100])
def test_hard_wrapped_text_comes_back(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(p, width, break_on_hyphens=False) for p in ICE.paragraphs)
    assert tuple(paragraphs(wrapped)) == ICE.paragraphs


def test_wrapped_paragraphs_without_a_blank_line_between_them_are_told_apart() -> None:
    wrapped = "\n".join(textwrap.fill(p, 72, break_on_hyphens=False) for p in BELLS.paragraphs)
    found = paragraphs(wrapped)
    assert len(found) >= len(BELLS.paragraphs) - 1  # one whose last line is full cannot be seen to end
    assert " ".join(found) == " ".join(BELLS.paragraphs)


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n\n", "\r\n", " \n\t\n"])
def test_a_line_is_a_paragraph_where_text_is_not_wrapped(gap: str) -> None:
    assert tuple(paragraphs(gap.join(ICE.paragraphs))) == ICE.paragraphs


def test_short_lines_stay_apart() -> None:
    verse = ["Roses are red", "Violets are blue", "Sugar is sweet", "And so are you"]
    assert paragraphs("\n".join(verse)) == verse


def test_a_line_that_stops_in_mid_sentence_goes_on() -> None:
    assert paragraphs("She walked along the shore of the lake and\ncame home late.") == [
        "She walked along the shore of the lake and came home late."
    ]


def test_a_hyphen_at_the_end_of_a_line_joins_without_a_space() -> None:
    text = """
The council has always wanted a hard-working and well-
known keeper for the road, somebody who knows that ice
is never the same twice and who would rather walk back
than be proved right about the thickness of it all.
"""
    assert "well-known keeper" in paragraphs(text)[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("“I have been watching it too - I still watch", "it,” she tells us. “I even got an autograph!”"),
        ('"I have been watching it too - I still watch', 'it," she tells us.'),
        ("„Ich sehe es mir immer noch", "an“, sagt sie."),
        ("« Je la regarde", "encore », dit-elle."),
        ("“We went to the", "World Cup,” he says."),
        ("She says: “It was late,", "and we were cold.”"),
    ],
)
def test_a_quote_cut_by_a_break_is_joined_by_one_space(before: str, after: str) -> None:
    assert mended([before, after, "Next."]) == [f"{before} {after}", "Next."]


def test_a_quote_cut_twice_is_joined_twice() -> None:
    parts = ["“I came home and", "found that the door was", "open,” she says."]
    assert mended(parts) == ["“I came home and found that the door was open,” she says."]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("“We have seen the cases drop,” he said. “But the variants increase.", "“Until now we were lucky.”"),
        ("“It goes on in the next one.", "It does,” she says."),  # ends its sentence: a convention, not a cut
        ("He called it “a lie” and walked away", "from the table,” as she put it."),  # no quote is open
        ("“She never closed this quote", "A new paragraph begins here without any mark."),
        ("“She never closed this quote", "“A new one opens,” he says."),
        ('A plank of 12"', 'and "a hammer" lay there.'),
        ("No quotes at all in this", "or in this."),
    ],
)
def test_other_paragraphs_are_left_alone(before: str, after: str) -> None:
    assert mended([before, after]) == [before, after]
