"""Fetching from npm: what is said where it cannot be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tools import npm


def wanted(folder: Path) -> npm.Wanted:
    return replace(npm.WANTED["emoji"], folder=folder)


def test_a_package_of_another_hash_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(npm, "_packed", lambda package: b"something else")
    with pytest.raises(LookupError, match="its hash differs"):
        npm.fetch(wanted(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_fetched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(npm, "_packed", lambda package: pytest.fail("it was fetched"))
    for name in wanted(tmp_path).files:
        (tmp_path / name).touch()
    npm.fetch(wanted(tmp_path))


def test_without_npm_a_sentence_says_what_that_means(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(npm.shutil, "which", lambda name: None)
    monkeypatch.setattr(npm, "WANTED", {"emoji": wanted(tmp_path)})
    npm.main([])
    assert capsys.readouterr().out == (
        "emoji: there is no npm here; cards with emoji are refused, and the tests of these are skipped\n"
    )
