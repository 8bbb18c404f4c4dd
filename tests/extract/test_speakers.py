"""Each rule of the sieve on sentences of our own."""

from __future__ import annotations

import pytest

from scheduler.extract import extract
from scheduler.extract.lexicon import load
from scheduler.extract.page import Page
from scheduler.extract.setting import Setting
from scheduler.extract.speakers import SIEVE, attribute

CAST = "Nora Vance met Peter Hall and Ruth Oduya in Leeds.\n\n"

BY_RULE = {
    "dash byline": [
        ("“The soup is worth the queue.” — Nora Vance", "Nora Vance"),
        ("“The soup is worth the queue.” – Nora Vance, a regular", "Nora Vance"),
        ("“The soup is worth the queue.”\u00a0― Nora Vance", "Nora Vance"),
        ("“The soup is worth the queue” (Nora Vance)", "Nora Vance"),
    ],
    "dash below": [
        ("“The soup is worth the queue.”\n\n— Nora Vance", "Nora Vance"),
        ("“The soup is worth the queue.”\n\n– Nora Vance, a regular", "Nora Vance"),
    ],
    "inverted": [
        ("“We open at six,” said Nora Vance.", "Nora Vance"),
        ("“We open at six,” says head baker Nora Vance, who lives upstairs.", "Nora Vance"),
        ("“We open at six,” added Ms. Vance.", "Nora Vance"),
        ("“Why six?” asked Peter Hall, the mayor of Leeds.", "Peter Hall"),
        ("“We open at six,” quietly said Vance.", "Nora Vance"),
        ("“We open at six,” according to Nora Vance.", "Nora Vance"),
        ("“We open at six,” said the baker's daughter, Ruth Oduya.", "Ruth Oduya"),
        ("“We open at six,” said City Council President Peter Hall (Leeds).", "Peter Hall"),
        ("“We open at six,” said one of the bakers.", ""),
        ("“We open at six,” said Secretary of State Peter Hall.", "Peter Hall"),
    ],
    "subject and verb": [
        ("“We open at six,” Vance jokes.", "Nora Vance"),
        ("“We open at six” – Vance smiles – “or so.”", "Nora Vance"),
        ("“We open at six,” the Leeds Post said.", "Leeds Post"),
        ("“We open at six,” Nora Vance said.", "Nora Vance"),
        ("“We open at six,” Vance told Peter Hall.", "Nora Vance"),
        ("“We open at six!” Vance shot back.", "Nora Vance"),
        ("“We open at six,” Nora Vance, the owner of two bakeries, said on Monday.", "Nora Vance"),
        ("“We open at six,” Peter Hall (Leeds) has often said.", "Peter Hall"),
        ("“We open at six,” Vance, in an interview, said.", "Nora Vance"),
        ("“We open at six,” as Nora Vance once put it.", "Nora Vance"),
        ("“We open at six.” Vance said.", "Nora Vance"),
        ("“We open at six,” Mr. Hall of the City Council said.", "Peter Hall"),
        ("“We open at six,” Nora Vance, who has a key, explained.", "Nora Vance"),
        ("“We open at six,” a spokesman for Hall said.", ""),
        ("“We open at six,” the report said.", ""),
        ("“We open at six,” Hall on Monday told the paper.", "Peter Hall"),
    ],
    "apposition": [
        ("“We open at six,” Nora Vance, who never wanted a shop; who wanted no queue either, says.", "Nora Vance"),
    ],
    "any verb": [
        ("“Six!” Vance boomed.", "Nora Vance"),
        ("“We open at six,” Vance trailed off.", "Nora Vance"),
    ],
    "label": [
        ("Nora Vance: “We open at six and close when it is gone.”", "Nora Vance"),
        ("NORA VANCE: “We open at six and close when it is gone.”", "NORA VANCE"),
        ("Nora Vance, owner: “We open at six and close when it is gone.”", "Nora Vance"),
    ],
    "according to": [
        ("According to Nora Vance, “The soup is worth the queue.”", "Nora Vance"),
    ],
    "cue before": [
        ("Nora Vance said: “We open at six.”", "Nora Vance"),
        ("Vance told reporters, “We open at six.”", "Nora Vance"),
        ("As Nora Vance, a former teacher, put it: “We open at six.”", "Nora Vance"),
        ("Hall, who had been waiting, asked, “Why six?”", "Peter Hall"),
        ("When Hall knocked, Vance answered, “We open at six.”", "Nora Vance"),
        ("Hall told a woman who claimed to know better, “We open at six.”", "Peter Hall"),
        ("Vance laughed and said, “We open at six.”", "Nora Vance"),
        ("Vance shook her head, saying, “We open at six.”", "Nora Vance"),
        ("The film shows Nora Vance saying, “We open at six.”", "Nora Vance"),
        ("Asked about the hour, Vance replied, “We open at six.”", "Nora Vance"),
        ("She was asked by Hall, and Vance wrote: “We open at six.”", "Nora Vance"),
    ],
    "colon before": [
        ("Then Vance opened the shutter: “We open at six.”", "Nora Vance"),
        ("A word from Nora Vance: “We open at six.”", "Nora Vance"),
        ("Another employee, who wore gloves, was more direct: “We open at six.”", ""),
    ],
    "colon above": [
        ("Vance continued:\n\n“We open at six. We close when it is gone.”", "Nora Vance"),
        ("The Leeds Courier reports:\n\n“The shop opens at six and closes late.”", "Leeds Courier"),
    ],
    "far right": [
        ("“Bread comes first” is the rule of the house and of the whole street around it, Vance said.", "Nora Vance"),
    ],
    "dashed": [
        ("Hall tried to restore order — “Friends, please sit down” — but nobody listened.", "Peter Hall"),
        ("A chorus of bakers, including Nora Vance — “It is a disgrace” — and others, left.", "Nora Vance"),
    ],
    "inner label": [
        ("“VANCE: We open at six, and we close when it is gone.”", "Nora Vance"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "body", "speaker"), [(rule, *case) for rule, cases in BY_RULE.items() for case in cases]
)
def test_rule(rule: str, body: str, speaker: str) -> None:
    quote = extract(CAST + body)[-1]
    assert (quote.rule, quote.speaker) == (rule, speaker)


def test_every_rule_has_an_example() -> None:
    assert {rule.name for rule in SIEVE} - {"far cue before", "touching"} == BY_RULE.keys()


def test_a_weak_verb_far_away_speaks_only_where_nothing_else_does() -> None:
    body = "Vance wondered in front of the whole of the queue that had come in from the rain whether “it pays to.”"
    (quote,) = extract(CAST + body)
    assert (quote.rule, quote.speaker, quote.kind) == ("far cue before", "Nora Vance", "partial")


@pytest.mark.parametrize(
    "body",
    [
        "“We open at six,” when Hall asked her about it.",
        "The so-called “new bread” of Leeds.",
        "He liked the “claims” of the report.",
    ],
)
def test_nobody_is_found(body: str) -> None:
    page = Page(body, load("en"))
    assert all(attribute(Setting(page, s)) is None for s in page.stretches)


def test_a_rule_never_reads_the_words_of_a_quote() -> None:
    body = "“Peter Hall said no,” said Nora Vance. “Then Ruth Oduya said yes.”"
    assert {q.speaker for q in extract(CAST + body)} == {"Nora Vance"}


def test_the_mention_is_as_the_article_gives_it() -> None:
    assert [q.mention for q in extract(CAST + "“Six,” one senior official said. “Or so.”")] == [
        "one senior official"
    ]
