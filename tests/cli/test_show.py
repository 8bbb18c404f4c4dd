"""What others wrote is printed as words: an escape sequence in it does nothing to the terminal."""

from __future__ import annotations

import json

import pytest
from rich.text import Text

from scheduler.cli._commands import refuse
from scheduler.cli._show import add, busy, emit, facts, hint, line, say, table, word

HOSTILE = "a\x1b[2J\x1b]0;owned\x07b\x9b31mc\u202ed\x00e"
SHOWN = "a[2J]0;ownedb31mcde"


def test_text_in_every_place_is_inert(capsys: pytest.CaptureFixture[str]) -> None:
    rows = table(word("Name"), line("What"))
    add(rows, HOSTILE, Text(HOSTILE, "bold"))
    say(HOSTILE, Text(HOSTILE, "bold"), rows, facts((HOSTILE, HOSTILE)))
    hint(HOSTILE)
    refuse(HOSTILE)
    shown = "".join(capsys.readouterr())
    assert shown.count(SHOWN) == 8
    assert not set(shown) & set("\x00\x07\x1b\x9b\u202e")


def test_json_says_it_and_prints_no_control(capsys: pytest.CaptureFixture[str]) -> None:
    emit({"name": HOSTILE, "other": "é — 日本"})
    shown = capsys.readouterr().out
    assert json.loads(shown) == {"name": HOSTILE, "other": "é — 日本"}
    assert "日本" in shown
    assert not set(shown) & set("\x00\x07\x1b\x9b\u202e")


def test_square_brackets_in_a_name_are_no_markup() -> None:
    with busy("Reading [red]notes[/nope].txt"):
        pass
