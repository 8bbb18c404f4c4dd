"""Art that was drawn before, kept on disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from scheduler.render.art_cache import ArtCache
from scheduler.render.card_hands import OWN, Hands, keeping

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="30" height="20" fill="red"/></svg>'
ART = OWN.rasterise(SVG)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "cards"


def only_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_what_was_kept_comes_back_to_the_pixel(folder: Path) -> None:
    ArtCache(folder).put(SVG, ART)
    found = ArtCache(folder).get(SVG)
    assert found is not None
    assert (found.mode, found.size, found.tobytes()) == ("RGBA", (40, 20), ART.tobytes())
    assert ArtCache(folder).get(SVG + " ") is None
    assert folder.stat().st_mode & 0o077 == 0


def test_nothing_is_drawn_twice(folder: Path) -> None:
    drawn = []

    def rasterise(svg: str) -> Image.Image:
        drawn.append(svg)
        return ART

    for _ in range(2):
        hands = keeping(Hands(OWN.fill, rasterise), ArtCache(folder))
        assert hands.rasterise(SVG).tobytes() == ART.tobytes()
    assert drawn == [SVG]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:7],
        lambda data: data[:-3],
        lambda data: data[:30] + b"\x00\x01" + data[32:],
        lambda data: b"PNG!" + data[4:],
        lambda data: data[:7] + b"\x29" + data[8:],
        lambda data: data[:4] + b"\xff" * 8 + data[12:],
    ],
    ids=["empty", "cut header", "cut", "bits", "another kind", "another size", "huge"],
)
def test_what_is_damaged_is_drawn_again(folder: Path, damage) -> None:  # type: ignore[no-untyped-def]
    cache = ArtCache(folder)
    cache.put(SVG, ART)
    file = only_file(folder)
    file.write_bytes(damage(file.read_bytes()))
    assert cache.get(SVG) is None
    assert not file.exists()
    cache.put(SVG, ART)
    assert cache.get(SVG) is not None


def test_it_does_not_grow_past_its_bound_and_keeps_what_was_used_last(folder: Path) -> None:
    cache = ArtCache(folder)
    cache.put("a", ART)
    one = only_file(folder).stat().st_size
    small = ArtCache(folder, most=3 * one)
    for at, name in enumerate("abcd"):
        small.put(name, ART)
        os.utime(small._file(name), (at, at))
        small.get("a")
    assert small.get("a") is not None
    assert small.get("b") is None
    assert small.get("d") is not None
    assert sum(file.stat().st_size for file in folder.iterdir()) <= 3 * one


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file stands in its way")
    cache = ArtCache(tmp_path / "cache" / "cards")
    cache.put(SVG, ART)
    assert cache.get(SVG) is None


def test_a_write_that_breaks_off_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    ArtCache(folder).put(SVG, ART)
    assert list(folder.iterdir()) == []
