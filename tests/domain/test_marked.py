from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.marked import Run, paragraphs

BODY = "“We open at six,” she says. “Come early.”\n\nNothing is said here."


def test_quotes_are_marked_where_they_stand():
    first, second = paragraphs(BODY, [(1, 16, 1), (29, 40, 1)])
    assert first == [
        Run("“"),
        Run("We open at six,", 1),
        Run("” she says. “"),
        Run("Come early.", 1),
        Run("”"),
    ]
    assert second == [Run("Nothing is said here.")]


def test_a_quote_over_two_paragraphs_is_marked_in_both():
    body = "“One\n\ntwo”"
    assert paragraphs(body, [(1, 9, 7)]) == [[Run("“"), Run("One", 7)], [Run("two", 7), Run("”")]]


def test_one_within_another_is_not_marked_twice():
    assert paragraphs("abcdef", [(1, 5, 1), (2, 3, 2)]) == [[Run("a"), Run("bcde", 1), Run("f")]]


@given(
    st.text("ab\n", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(1, 5))),
)
def test_no_word_is_lost_or_said_twice(body, segments):
    found = paragraphs(body, segments)
    assert ["".join(run.text for run in runs) for runs in found] == [
        line for line in body.split("\n") if line
    ]
