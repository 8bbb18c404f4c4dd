"""Everything that is wrong with a card template, by line, for the person who made it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scheduler.domain.errors import PullquoteError
from scheduler.render import card_drawing, card_ground, card_manifest, card_source, contrast
from scheduler.render.card_drawing import Drawing, Flawed
from scheduler.render.card_ground import Scene
from scheduler.render.card_hands import OWN, Hands
from scheduler.render.card_manifest import Manifest, Size
from scheduler.render.card_safety import Problem
from scheduler.render.contrast import Colour

_MOST_CHOICES = 64  # of parts that a drawing shows or hides: all of them where they are few
_DRAWN_CHOICES = 2  # with everything and with nothing
_SMALLER = 3  # times: enough to judge colours and holes by
_TODO = {
    "extra_forbidden": "correct its spelling, or delete it",
    "missing": "add it",
    "too_short": "add one",
}
_LINE_OF_TOML = re.compile(r"\(at line (\d+), column \d+\)")
_LINE_OF_JINJA = re.compile(r", line (\d+): (.*)", re.DOTALL)


def check(folder: Path, hands: Hands = OWN) -> list[Problem]:
    """None where it can be used. The TOML first: without it, a drawing cannot be judged."""
    found = list(_of_manifest(folder)) or list(_of_drawings(folder, card_manifest.read(folder), hands))
    return sorted(dict.fromkeys(found), key=lambda problem: (problem.file, problem.line))


def _of_manifest(folder: Path) -> Iterator[Problem]:
    file = folder / card_manifest.FILE
    try:
        text = file.read_text("utf-8")
        Manifest.model_validate(tomllib.loads(text)).colours({})
    except FileNotFoundError:
        yield Problem(
            0, f"there is no {file.name}", "add one: it says which sizes and slots there are", file.name
        )
    except UnicodeDecodeError:
        yield Problem(0, "it is not UTF-8", "save it as UTF-8", file.name)
    except tomllib.TOMLDecodeError as wrong:
        at = _LINE_OF_TOML.search(str(wrong))
        what = _LINE_OF_TOML.sub("", str(wrong)).strip()
        yield Problem(int(at[1]) if at else 0, f"it is no TOML ({what})", "correct the line", file.name)
    except ValidationError as wrong:
        for error in wrong.errors():
            yield _of_value(error, text, file.name)
    except PullquoteError as wrong:
        yield Problem(_line(text, ("brand",)), *_parts(str(wrong)), file.name)


def _of_value(error: ErrorDetails, text: str, file: str) -> Problem:
    where = tuple(map(str, error["loc"]))
    what = error["msg"].removeprefix("Value error, ")
    if not where:  # of several values together: the sentence begins with the place
        where = tuple(what.partition(":")[0].split("."))
        return Problem(_line(text, where), *_parts(what, ": "), file)
    named = ".".join(part for part in where if part not in {"str", "int", "Mix", "Best"})
    todo = _TODO.get(error["type"], "see docs/reference/cards.md")
    return Problem(_line(text, where), f"{named}: {what[0].lower()}{what[1:]}", todo, file)


def _parts(sentence: str, at: str = ": ") -> tuple[str, str]:
    what, _, todo = sentence.rpartition(at)
    return (what, todo) if what else (sentence, "correct it")


def _line(text: str, where: Sequence[str]) -> int:
    """Where a value stands: its own line, or the heading of its table."""
    lines = text.splitlines()
    for depth in range(len(where), 0, -1):
        heading = re.compile(rf"\s*\[\s*{re.escape('.'.join(where[:depth]))}\s*\]")
        start = next((n for n, line in enumerate(lines, 1) if heading.match(line)), 0)
        if start:
            keys = [re.compile(rf"\s*{re.escape(key)}\s*=") for key in where[depth : depth + 1]]
            inside = _until_next_table(lines, start)
            return next((n for key in keys for n, line in inside if key.match(line)), start)
    return next(
        (n for n, line in enumerate(lines, 1) for key in where[:1] if re.match(rf"{key}\s*=", line)), 0
    )


def _until_next_table(lines: Sequence[str], start: int) -> list[tuple[int, str]]:
    found = []
    for number, line in enumerate(lines[start:], start + 1):
        if line.lstrip().startswith("["):
            break
        found.append((number, line))
    return found


def _of_drawings(folder: Path, manifest: Manifest, hands: Hands) -> Iterator[Problem]:
    seen: set[str] = set()
    for name in manifest.sizes:
        file = card_source.file_for(folder, name, manifest.sizes[name])
        asks = sorted(card_source.asks_for(file) - {"frame"})
        for number, there in enumerate(_choices(asks)):
            drawn = number < _DRAWN_CHOICES and not manifest.sizes[name].like
            yield from _of_choice(manifest, name, file, there, hands, seen, drawn)
    for slot in manifest.slot.keys() - seen if seen else ():
        text = (folder / card_manifest.FILE).read_text("utf-8")
        todo = f"draw a rectangle named slot:{slot}, or delete it here"
        yield Problem(_line(text, ("slot", slot)), f"slot.{slot} is in no drawing", todo, card_manifest.FILE)


def _choices(asks: Sequence[str]) -> list[frozenset[str]]:
    """With everything, with nothing, and what lies between, as far as it is not too much."""
    some = chain.from_iterable(combinations(asks, count) for count in range(1, len(asks)))
    every = [frozenset(asks), frozenset(), *map(frozenset, some)]
    return list(dict.fromkeys(every))[:_MOST_CHOICES]


def _of_choice(
    manifest: Manifest,
    name: str,
    file: Path,
    there: frozenset[str],
    hands: Hands,
    seen: set[str],
    drawn: bool,
) -> Iterator[Problem]:
    size, colours = manifest.sizes[name], manifest.colours({})
    frame = (1, 2) if "last" not in there else (1, 1)
    try:
        filled = card_source.filled(file, manifest.drawn[name], colours, frame, hands)
        drawing = card_drawing.draw(filled, size, there)
        seen.update(drawing.boxes)
        yield from _of_slots(manifest, drawing, file.name, name)
        if drawn:
            small = card_drawing.draw(filled, _small(size), there)
            scene = card_ground.prepare(small, _small(size), manifest.scrim, hands=hands)
            yield from _of_colours(manifest, name, small, scene, colours)
    except Flawed as flawed:
        yield from flawed.problems
    except PullquoteError as wrong:
        at = _LINE_OF_JINJA.search(str(wrong))
        yield Problem(
            int(at[1]) if at else 0, at[2] if at else str(wrong), "correct the expression", file.name
        )
    except ValueError as wrong:
        yield Problem(0, *_parts(str(wrong)), file.name)


def _small(size: Size) -> Size:
    return size.model_copy(update={"width": size.width // _SMALLER, "height": size.height // _SMALLER})


def _of_slots(manifest: Manifest, drawing: Drawing, file: str, size: str) -> Iterator[Problem]:
    for slot in drawing.boxes.keys() - manifest.slot.keys():
        yield Problem(0, f"slot:{slot} is not in {card_manifest.FILE}", f"add [slot.{slot}] there", file)
    if "quote" not in drawing.boxes:
        yield Problem(0, f"it has no slot:quote at the size {size}", "draw a rectangle of that name", file)


def _of_colours(
    manifest: Manifest, name: str, drawing: Drawing, scene: Scene, colours: Mapping[str, Colour]
) -> Iterator[Problem]:
    """Of flat grounds: behind a photo, the scrim sees to it."""
    if scene.flat is None:
        return
    for slot, box in drawing.boxes.items():
        if slot not in manifest.slot:
            continue
        rules = manifest.slot[slot]
        behind = scene.flat[int(box.y) : int(box.bottom) + 1, int(box.x) : int(box.right) + 1]
        drawn = manifest.drawn[name]
        needed = contrast.needed(rules.manner(drawn).largest, rules.weight, drawn.width)
        found = contrast.worst(colours[rules.color], contrast.tones(behind))
        if found < needed:
            what = f"the colour {rules.color} of slot.{slot} stands out only {found:.1f}:1 from what is behind it"
            yield Problem(0, what, f"{needed}:1 is the least: change one of the two", card_manifest.FILE)
