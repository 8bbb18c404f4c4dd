"""What holds for every command: sentences instead of tracebacks, exit codes, options before the command."""

import sys
from pathlib import Path

import pytest
from typer.main import get_command

from scheduler import cli
from scheduler.cli import _app
from scheduler.domain.errors import PullquoteError
from tests.cli.conftest import Pullquote

NEED_A_DATABASE = [
    ("add", "x.md"),
    ("articles",),
    ("quotes", "1"),
    ("split", "1"),
    ("pieces",),
    ("queue",),
    ("channels",),
    ("lists",),
    ("run",),
    ("send", "1"),
    ("preview", "1", "--channel", "us"),
    ("workspace",),
]
ASK_FOR_WHAT_IS_NOT_THERE = [
    ("articles", "show", "9"),
    ("quotes", "9"),
    ("split", "9"),
    ("pieces", "show", "9"),
    ("queue", "show", "9"),
    ("queue", "move", "9", "--at", "now"),
    ("queue", "add", "9", "--channel", "nobody"),
    ("queue", "all", "9"),
    ("channels", "check", "nobody"),
    ("channels", "add", "carrier-pigeon"),
    ("lists", "show", "Nobody"),
    ("send", "9"),
    ("preview", "9", "--channel", "nobody"),
]


@pytest.mark.parametrize("words", NEED_A_DATABASE, ids=" ".join)
def test_before_init_every_command_says_what_to_do(bare: Pullquote, words: tuple[str, ...]) -> None:
    assert "run `pullquote init` first" in bare.refused(*words)
    assert list(bare.folder.iterdir()) == []  # nothing was made on the way


@pytest.mark.parametrize("words", ASK_FOR_WHAT_IS_NOT_THERE, ids=" ".join)
def test_what_is_not_there_is_one_sentence(pullquote: Pullquote, words: tuple[str, ...]) -> None:
    sentence = pullquote.refused(*words)
    assert sentence.startswith("There is no ")
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    "words", [("no-such-command",), ("queue", "move", "1"), ("split", "one"), ("queue", "lsit")], ids=" ".join
)
def test_what_is_not_understood_is_exit_code_2(pullquote: Pullquote, words: tuple[str, ...]) -> None:
    pullquote(*words, code=2)


def test_version_and_help(bare: Pullquote) -> None:
    assert bare("--version").stdout.startswith("Pullquote ")
    told = bare("--help").stdout
    for (
        name
    ) in "init add articles quotes split pieces queue channels lists run send preview doctor demo".split():
        assert f" {name} " in told


def test_another_database_by_its_file_or_its_address(pullquote: Pullquote, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    pullquote("--database", str(other), "init", "--name", "Another")
    assert pullquote.json("--database", f"sqlite:///{other}", "workspace")["name"] == "Another"
    assert pullquote.json("workspace")["name"] == "The Ledger"
    assert "is not a database" in pullquote.refused("--database", "://", "queue")


def test_a_file_that_is_no_database_is_one_sentence(pullquote: Pullquote) -> None:
    Path("list.db").write_text("a shopping list, rather long so that it fills a header " * 20)
    assert "cannot be opened" in pullquote.refused("--database", "list.db", "queue")


@pytest.mark.parametrize("command", [["quotes"], ["queue", "show"], ["queue", "list", "--limit"], ["split"]])
def test_a_number_beyond_all_numbers_is_one_sentence(pullquote: Pullquote, command: list[str]) -> None:
    assert "larger" in pullquote.refused(*command, "99999999999999999999")


def test_settings_that_are_wrong_are_one_sentence(bare: Pullquote) -> None:
    Path("pullquote.toml").write_text("port = 'eighty'\n")
    assert "port" in bare.refused("queue")


def _raise(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        raise error
    except type(error):
        kind, value, trace = sys.exc_info()
        assert kind is not None
        assert value is not None
        cli._unexpected(kind, value, trace)


def test_a_mistake_of_ours_is_one_sentence_and_the_details_are_in_a_file(
    bare: Pullquote, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _raise(RuntimeError("the wheel fell off"), monkeypatch)
    said = capsys.readouterr().err
    assert said.strip().count("\n") == 0
    assert "RuntimeError" in said
    assert "the wheel fell off" not in said
    assert "the wheel fell off" in _app.LOG.read_text()


def test_it_says_how_to_see_the_details_where_no_file_can_be_written(
    bare: Pullquote, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _app.LOG.mkdir()
    _raise(RuntimeError(), monkeypatch)
    assert "--debug" in capsys.readouterr().err


def test_main_takes_over_what_is_unexpected_and_debug_gives_it_back(
    pullquote: Pullquote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(sys, "argv", ["pullquote", "queue"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0
    assert sys.excepthook is cli._unexpected
    pullquote("--debug", "queue")
    assert sys.excepthook is sys.__excepthook__


def test_every_command_explains_itself() -> None:
    def walk(command: object, path: str) -> None:
        assert command.help, path  # type: ignore[attr-defined]
        for param in command.params:  # type: ignore[attr-defined]
            assert param.help, f"{path} {param.name}"
        for name, sub in getattr(command, "commands", {}).items():
            walk(sub, f"{path} {name}")

    walk(get_command(_app.app), "pullquote")


def test_a_pullquote_error_inside_is_not_the_end_of_the_world(
    pullquote: Pullquote, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise PullquoteError("It [bold]cannot[/bold] be: do something else.")

    monkeypatch.setattr("scheduler.cli.queue.store.counts", refuse)
    assert pullquote.refused("queue") == "It [bold]cannot[/bold] be: do something else."
