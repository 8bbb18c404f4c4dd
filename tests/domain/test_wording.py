import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.domain.wording import check_verbatim, items, quoted, typed

BODY = "“The river does not read our plans,” says Dana Okafor. “It reads the rain.” She isn’t done."


@pytest.mark.parametrize(
    "text",
    [
        "“The river does not read our plans.” — Dana Okafor",
        '"The river does not read our plans. It reads the rain."',
        "« The river does not read our plans »",
        "“The river does not read […] It reads the rain.”",
        "A “wild” idea, said in three words: “no such words”.",
        "No quotation at all, and words of our own.",
        "“She isn't done”",
    ],
)
def test_what_the_article_says_may_be_quoted(text):
    check_verbatim(text, BODY)


@pytest.mark.parametrize(
    "text",
    [
        "“The river never reads our plans.” — Dana Okafor",
        "„It reads the rain every day“",
        '"It reads the rain. And nothing else matters."',
    ],
)
def test_what_it_does_not_say_may_not(text):
    with pytest.raises(PullquoteError, match="does not stand in the article"):
        check_verbatim(text, BODY)


def test_the_outermost_marks_count():
    assert list(quoted('“One,” and «two», and „drei“, and "four".')) == ["One,", "two", "drei", "four"]


def test_a_thread_is_typed_into_one_field():
    assert items("One.\r\n\r\n---\r\n\r\nTwo.\n ---  \n\n---\nThree — with --- inside.") == [
        "One.",
        "Two.",
        "Three — with --- inside.",
    ]
    assert items(typed(["One.", "Two."])) == ["One.", "Two."]
