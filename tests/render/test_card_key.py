"""The key of a card changes with whatever it depends on, and with nothing else."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from scheduler.render import card_key
from scheduler.render.cards import CardRenderer, CardText, Output
from scheduler.render.environment import default_templates

TEXT = CardText("It reads the rain.", "Dana Okafor")
BRAND = {"paper": "#ffffff", "ink": "#000000"}


@pytest.fixture
def cards(tmp_path: Path) -> CardRenderer:
    copytree(default_templates() / "cards/plain", tmp_path / "plain")
    return CardRenderer([tmp_path])


def test_the_same_inputs_have_the_same_key(cards: CardRenderer, tmp_path: Path) -> None:
    key = cards.key("plain", "square", TEXT, BRAND)
    assert cards.key("plain", "square", replace(TEXT), dict(reversed(BRAND.items()))) == key
    os.utime(tmp_path / "plain/card.svg", (0, 0))  # touched, not changed
    copytree(tmp_path / "plain", tmp_path / "elsewhere" / "plain")
    assert CardRenderer([tmp_path / "elsewhere"]).key("plain", "square", TEXT, BRAND) == key


def test_every_input_changes_it(cards: CardRenderer, tmp_path: Path) -> None:
    keys = [
        cards.key("plain", "square", TEXT, BRAND),
        cards.key("plain", "wide", TEXT, BRAND),
        cards.key("plain", "square", replace(TEXT, speaker="Dana"), BRAND),
        cards.key("plain", "square", replace(TEXT, language="de"), BRAND),
        cards.key("plain", "square", TEXT, {**BRAND, "ink": "#000001"}),
        cards.key("plain", "square", TEXT, BRAND, Output(max_bytes=1)),
        cards.key("plain", "square", TEXT, BRAND, Output(prefer="image/webp")),
    ]
    (tmp_path / "plain/assets").mkdir()
    (tmp_path / "plain/assets/dot.png").write_bytes(b"one")
    keys.append(cards.key("plain", "square", TEXT, BRAND))
    (tmp_path / "plain/assets/dot.png").write_bytes(b"two")
    keys.append(cards.key("plain", "square", TEXT, BRAND))
    assert len(set(keys)) == len(keys)


def test_it_changes_with_the_code_and_the_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    versions = card_key._versions()
    assert versions.keys() >= {"pillow", "uharfbuzz", "resvg-py", "zlib-ng"}
    assert all(versions.values())
    before = card_key.drawing_digest()
    monkeypatch.setattr(card_key, "_version", lambda name: f"{versions[name]}.1")
    card_key.drawing_digest.cache_clear()
    assert card_key.drawing_digest() != before
    monkeypatch.undo()
    card_key.drawing_digest.cache_clear()
    assert card_key.drawing_digest() == before
