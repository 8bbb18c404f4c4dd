from __future__ import annotations

import pytest

from scheduler.extract import extract, to_json

LEAD = "Nora Vance has baked in Leeds since 1998. We met her before six.\n\n"


def turns(*labels: str) -> str:
    said = ["Why bread?", "I like the smell of it in the morning.", "And at night?", "At night it likes me."]
    return LEAD + "\n\n".join(f"{label} {words}" for label, words in zip(labels, said, strict=True))


@pytest.mark.parametrize(
    "labels",
    [
        ("Q:", "A:", "Q:", "A:"),
        ("**Q:**", "**A:**", "**Q:**", "**A:**"),
        ("Slow Post:", "Nora Vance:", "Slow Post:", "Nora Vance:"),
        ("SLOW POST:", "NORA VANCE:", "SLOW POST:", "NORA VANCE:"),
        ("Slow Post:", "Vance:", "Slow Post:", "Vance:"),
    ],
)
def test_the_answers_are_quotes(labels: tuple[str, ...]) -> None:
    body = turns(*labels)
    quotes = extract(body)
    assert [body[q.start : q.end] for q in quotes] == [
        "I like the smell of it in the morning.",
        "At night it likes me.",
    ]
    assert {(q.speaker, q.kind, q.rule) for q in quotes} == {("Nora Vance", "full", "transcript")}


def test_what_somebody_quotes_in_an_answer_is_not_quoted_twice() -> None:
    body = turns("Q:", "A:", "Q:", "A:").replace("At night", "“Come to bed,” my mother said. At night")
    assert [row["text"] for row in to_json(body)] == [
        "I like the smell of it in the morning.",
        "“Come to bed,” my mother said. At night it likes me.",
    ]


@pytest.mark.parametrize(
    "body",
    [
        turns("Note:", "Warning:", "Price:", "Place:"),
        LEAD + "Opening hours: from six.\n\nClosing time: when it is gone.",
        turns("Nora:", "Nora:", "Nora:", "Nora:"),
    ],
)
def test_other_labels_make_no_transcript(body: str) -> None:
    assert extract(body) == []


def test_names_before_marked_quotes_are_labels_as_ever() -> None:
    said = [
        "“Why is it bread that you bake?”",
        "“I like the smell.”",
        "“And what of the night?”",
        "“It likes me.”",
    ]
    body = LEAD + "\n\n".join(
        f"{who}: {words}" for who, words in zip(["Peter", "Nora"] * 2, said, strict=True)
    )
    assert [q.rule for q in extract(body)] == ["label"] * 4
