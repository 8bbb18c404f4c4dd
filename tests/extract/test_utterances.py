from __future__ import annotations

import pytest

from scheduler.extract import extract

LEAD = "Nora Vance met Peter Hall in Leeds.\n\n"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("“We open at six,” Vance said.", "full"),
        ("“No,” Vance said.", "full"),
        ("Vance said: “No. Never again.”", "full"),
        ("“The night is long, and the bread does not wait for anybody.”", "full"),
        ("Vance said that the shop “opens long before the rest of the street does.”", "partial"),
        ("Vance called it “the oldest of all the shops” in Leeds.", "partial"),
        ("Vance called it “a mess” and left.", None),
        ("The so-called “new bread” of the “old town” was late.", None),
        ("On the BBC’s “Bread of Heaven,” Peter Hall declined to comment.", None),
        ("Her book “Flour, Water, Salt” sold well.", None),
        ("Nora “Crumb” Vance opened the door.", None),
        ("“All Bread Is Old Bread.”", None),
        ("They read “https://example.org/bread” aloud.", None),
        ('A tag: <a title="the shop is open from six until it is gone">', None),
        ("“This was never closed, and it ends like a sentence does.", "full"),
        ("“This was never closed and it just stops with the", None),
    ],
)
def test_what_is_a_quote(body: str, kind: str | None) -> None:
    found = extract(LEAD + body)
    assert [q.kind for q in found] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("body", "sizes"),
    [
        ("“One is one,” Vance said. “Two is two.”", [2]),
        ("“One is one,” Vance said, “and two is two.”", [2]),
        ("“One is one,” she says. “Two is two,” she says. “Three.”", [3]),
        ("“One is one,” Vance said. “Two is two,” she added.", [2]),
        ("“One is one,” Vance said. “Two is two,” Hall said.", [1, 1]),
        ("“Is one one?” I ask Vance. “One is one,” she says.", [1, 1]),
        ("“One is one,” Vance said, and Hall added, “Two is two.”", [1, 1]),
        ("“One is one,” Vance said. The rain fell on them all. “Two is two.”", [1, 1]),
        ("“One is one,” Vance said.\n\n“Two is two,” she said.", [1, 1]),
        ("“One is one,” Vance said. “And on it goes.\n\n“Two is two.”", [3]),
        ("“One is one and it goes on.\n\n“Two is two,” Vance said.", [2]),
        ("“One is one,” Vance said. “And on.\n\n“Two is two,” Hall said.", [2, 1]),
        ("“One is one.” “Two is two.”", [2]),
    ],
)
def test_one_act_of_quoting_is_one_utterance(body: str, sizes: list[int]) -> None:
    assert [len(q.segments) for q in extract(LEAD + body)] == sizes


@pytest.mark.parametrize(
    ("body", "rule", "speaker"),
    [
        ("“One is one,” Vance said. The rain fell on them. “Two is two.”", "same paragraph", "Nora Vance"),
        ("“One is one,” Vance said.\n\n“Two is two, and so it goes.”", "quote above", "Nora Vance"),
        ("Hall shut the door.\n\n“One is one, and that is all there is.”", "subject before", "Peter Hall"),
        ("Hall shut the door. “One is one, and that is all there is.”", "subject before", "Peter Hall"),
        ("“One is one,” Vance said. So did Hall. “Two is two, of course.”", "subject before", "Peter Hall"),
        ("The rain fell.\n\n“One is one, and that is all there is.”", "", ""),
    ],
)
def test_a_quote_that_nobody_is_named_for(body: str, rule: str, speaker: str) -> None:
    last = extract(LEAD + body)[-1]
    assert (last.rule, last.speaker) == (rule, speaker)


def test_what_is_inherited_is_less_certain() -> None:
    first, second = extract(LEAD + "“One is one,” Vance said.\n\n“Two is two, and so it goes.”")
    assert second.confidence < first.confidence


def test_an_unnamed_source_is_only_mentioned() -> None:
    (quote,) = extract("“This is not a drill,” one senior official said.")
    assert (quote.speaker, quote.mention, quote.confidence) == ("", "one senior official", 0.0)


def test_a_stage_direction_is_no_quote() -> None:
    body = "“HALL: We open at six, and that is that.\n\n“(CROSSTALK.)\n\n“VANCE: We never did, and we never will.”"
    assert [body[q.start : q.start + 5] for q in extract(body)] == ["HALL:", "VANCE"]
