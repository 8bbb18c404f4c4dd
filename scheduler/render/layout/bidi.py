"""Which way each character runs, and in which order a line shows them: Unicode's bidirectional algorithm, UAX #9.

Levels: even ones run from left to right, odd ones from right to left. Characters that the algorithm removes (X9) have
no level of their own here; they get that of what stands before them, and show nothing anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

LEFT_TO_RIGHT, RIGHT_TO_LEFT = 0, 1

_DEEPEST = 125
_MOST_BRACKETS = 63  # open at one time (BD16)
_CLASSES = "L R AL EN ES ET AN CS NSM BN B S WS ON LRE LRO RLE RLO PDF LRI RLI FSI PDI".split()
_CLASS = regex.compile("|".join(rf"(?P<{name}>\p{{bc={name}}})" for name in _CLASSES))
_UNUSUAL = regex.compile(
    "|".join(rf"\p{{bc={name}}}" for name in "R AL AN RLE RLO RLI LRE LRO LRI FSI".split())
)

_EMBEDDINGS = {"LRE": (0, None), "RLE": (1, None), "LRO": (0, "L"), "RLO": (1, "R")}
_ISOLATES = frozenset({"LRI", "RLI", "FSI"})
_REMOVED = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "BN"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "PDI"}) | _ISOLATES
_STRONG = {"L": "L", "R": "R", "EN": "R", "AN": "R"}  # what N0 to N2 take each for

#: Unicode's BidiBrackets.txt: each opening bracket before its closing one.
_PAIRS = (
    "()[]{}༺༻༼༽᚛᚜⁅⁆⁽⁾₍₎⌈⌉⌊⌋\u2329\u232a❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⦍⦐⦏⦎"
    "⦑⦒⦓⦔⦕⦖⦗⦘⧘⧙⧚⧛⧼⧽⸢⸣⸤⸥⸦⸧⸨⸩⹕⹖⹗⹘⹙⹚⹛⹜\u3008\u3009《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
)
_SAME = {"\u2329": "\u3008", "\u232a": "\u3009"}  # canonically equivalent
_CLOSING = {_SAME.get(a, a): _SAME.get(b, b) for a, b in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)}
_CLOSERS = frozenset(_CLOSING.values())


class Resolved(NamedTuple):
    base: int  # the paragraph's level
    levels: list[int]  # of each character


def resolve(text: str, base: int | None = None) -> Resolved:
    """The levels of a paragraph. Without `base`, the first strong character decides it (P2, P3)."""
    if not base and not _UNUSUAL.search(text):
        return Resolved(LEFT_TO_RIGHT, [LEFT_TO_RIGHT] * len(text))
    classes = [class_of(character) for character in text]
    return resolve_classes(classes, text, base)


def has_right_to_left(text: str) -> bool:
    return _UNUSUAL.search(text) is not None


def resolve_classes(classes: Sequence[str], text: str, base: int | None = None) -> Resolved:
    """As `resolve`, for characters of these classes; `text` is asked for brackets only."""
    matching = _matching_isolates(classes)
    if base is None:
        base = _first_strong(classes, 0, len(classes), matching) or LEFT_TO_RIGHT
    levels, kinds = _Explicit(classes, base, matching).resolve()
    kept = [at for at, kind in enumerate(classes) if kind not in _REMOVED]
    for run in list(
        _sequences(classes, levels, kept, matching, base)
    ):  # all before the first changes a level
        _Sequence(run, kinds, levels, text).resolve()
    _fill_removed(classes, levels, base)
    return Resolved(base, levels)


def line_levels(levels: Sequence[int], classes: Sequence[str], base: int) -> list[int]:
    """L1: separators, and the blanks before them and at the line's end, take the paragraph's level."""
    reset = list(levels)
    trailing = True
    for at in range(len(reset) - 1, -1, -1):
        kind = classes[at]
        trailing = kind in {"B", "S"} or (
            trailing and (kind in {"WS", "PDI"} or kind in _ISOLATES or kind in _REMOVED)
        )
        if trailing:
            reset[at] = base
    return reset


def visual(levels: Sequence[int]) -> list[int]:
    """L2: the indices in the order in which they show, from left to right."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            if end > at:
                order[at:end] = order[at:end][::-1]
            at = end + 1
    return order


@lru_cache(4096)
def class_of(character: str) -> str:
    found = _CLASS.match(character)
    return (found.lastgroup if found else None) or "L"


def _matching_isolates(classes: Sequence[str]) -> dict[int, int]:
    """BD9: each isolate's initiator, and where it ends; both ways."""
    matching: dict[int, int] = {}
    opened: list[int] = []
    for at, kind in enumerate(classes):
        if kind in _ISOLATES:
            opened.append(at)
        elif kind == "PDI" and opened:
            start = opened.pop()
            matching[start], matching[at] = at, start
        elif kind == "B":
            opened.clear()
    return matching


def _first_strong(classes: Sequence[str], at: int, end: int, matching: dict[int, int]) -> int | None:
    while at < end and classes[at] != "B":
        kind = classes[at]
        if kind in {"L", "R", "AL"}:
            return LEFT_TO_RIGHT if kind == "L" else RIGHT_TO_LEFT
        if kind in _ISOLATES:
            at = matching.get(at, end)
        at += 1
    return None


class _Status(NamedTuple):
    level: int
    override: str | None
    isolate: bool


class _Explicit:
    """X1 to X8: the levels that embeddings, overrides and isolates ask for, and the classes that overrides impose."""

    def __init__(self, classes: Sequence[str], base: int, matching: dict[int, int]):
        self.levels, self.kinds = [base] * len(classes), list(classes)
        self._classes, self._base, self._matching = classes, base, matching
        self._stack = [_Status(base, None, isolate=False)]
        self._isolates = 0  # open ones
        self._isolates_beyond = self._embeddings_beyond = 0  # those too deep to count

    def resolve(self) -> tuple[list[int], list[str]]:
        for at, kind in enumerate(self._classes):
            if kind in _EMBEDDINGS:
                self._embed(at, kind)
            elif kind in _ISOLATES:
                self._isolate(at, kind)
            elif kind == "PDI":
                self._end_isolate()
                self._plain(at)
            elif kind == "PDF":
                self.levels[at] = self._stack[-1].level
                self._end_embedding()
            elif kind not in {"B", "BN"}:
                self._plain(at)
        return self.levels, self.kinds

    def _plain(self, at: int) -> None:
        here = self._stack[-1]
        self.levels[at], self.kinds[at] = here.level, here.override or self.kinds[at]

    def _embed(self, at: int, kind: str) -> None:
        self.levels[at] = self._stack[-1].level
        parity, override = _EMBEDDINGS[kind]
        if level := self._deeper(parity):
            self._stack.append(_Status(level, override, isolate=False))
        elif not self._isolates_beyond:
            self._embeddings_beyond += 1

    def _isolate(self, at: int, kind: str) -> None:
        self._plain(at)
        if level := self._deeper(_isolated(kind, self._classes, at, self._matching)):
            self._isolates += 1
            self._stack.append(_Status(level, None, isolate=True))
        else:
            self._isolates_beyond += 1

    def _deeper(self, parity: int) -> int | None:
        """The least greater level of that parity, or None where it would be too deep."""
        level = self._stack[-1].level
        level += 1 if (level + 1) % 2 == parity else 2
        return (
            level if level <= _DEEPEST and not self._isolates_beyond and not self._embeddings_beyond else None
        )

    def _end_isolate(self) -> None:
        if self._isolates_beyond:
            self._isolates_beyond -= 1
        elif self._isolates:
            self._embeddings_beyond = 0
            self._isolates -= 1
            while not self._stack.pop().isolate:
                pass

    def _end_embedding(self) -> None:
        if self._isolates_beyond:
            return
        if self._embeddings_beyond:
            self._embeddings_beyond -= 1
        elif not self._stack[-1].isolate and len(self._stack) > 1:
            self._stack.pop()


def _isolated(kind: str, classes: Sequence[str], at: int, matching: dict[int, int]) -> int:
    if kind != "FSI":
        return LEFT_TO_RIGHT if kind == "LRI" else RIGHT_TO_LEFT
    return _first_strong(classes, at + 1, matching.get(at, len(classes)), matching) or LEFT_TO_RIGHT


class _Run(NamedTuple):
    places: list[int]
    level: int
    before: int  # the levels on its two sides
    after: int


def _sequences(
    classes: Sequence[str], levels: Sequence[int], kept: list[int], matching: dict[int, int], base: int
) -> Iterator[_Run]:
    """X10: runs of one level, joined across the isolates that part them."""
    runs: list[list[int]] = []
    for at in kept:
        if runs and levels[runs[-1][-1]] == levels[at]:
            runs[-1].append(at)
        else:
            runs.append([at])
    starting = {run[0]: number for number, run in enumerate(runs)}
    position = {at: number for number, at in enumerate(kept)}
    for run in runs:
        if classes[run[0]] == "PDI" and run[0] in matching:
            continue
        places = list(run)
        while classes[places[-1]] in _ISOLATES and places[-1] in matching:
            places += runs[starting[matching[places[-1]]]]
        first, last = position[places[0]], position[places[-1]]
        before = levels[kept[first - 1]] if first else base
        open_ended = classes[places[-1]] in _ISOLATES
        after = levels[kept[last + 1]] if last + 1 < len(kept) and not open_ended else base
        yield _Run(places, levels[places[0]], before, after)


def _fill_removed(classes: Sequence[str], levels: list[int], base: int) -> None:
    for at, kind in enumerate(classes):
        if kind in _REMOVED:
            levels[at] = levels[at - 1] if at else base


def _direction(level: int) -> str:
    return "R" if level % 2 else "L"


class _Sequence:
    """One isolating run sequence. The rules change `kinds`, which holds the class of each of its characters."""

    def __init__(self, run: _Run, kinds: Sequence[str], levels: list[int], text: str):
        self._run, self._levels = run, levels
        self._kinds = [kinds[at] for at in run.places]
        self._were = list(self._kinds)
        self._text = [text[at] for at in run.places] if text else []
        self._start = _direction(max(run.level, run.before))
        self._end = _direction(max(run.level, run.after))

    def resolve(self) -> None:
        if set(self._kinds) <= {"L"} and self._run.level % 2 == 0:
            return
        self._weak()
        self._brackets()
        self._neutrals()
        for at, kind in zip(self._run.places, self._kinds, strict=True):
            self._levels[at] += _raised(kind, self._run.level)

    def _weak(self) -> None:
        """W1 to W7."""
        kinds = self._kinds
        before, strong = self._start, self._start
        for at, kind in enumerate(kinds):
            if kind == "NSM":  # W1
                kinds[at] = "ON" if before in _ISOLATES or before == "PDI" else before
            before = kinds[at]
            if before in {"L", "R", "AL"}:
                strong = before
            elif before == "EN" and strong == "AL":  # W2
                kinds[at] = "AN"
        kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]  # W3
        self._separators()
        self._terminators()
        strong = self._start
        for at, kind in enumerate(kinds):  # W7
            if kind in {"L", "R"}:
                strong = kind
            elif kind == "EN" and strong == "L":
                kinds[at] = "L"

    def _separators(self) -> None:
        """W4."""
        kinds = self._kinds
        for at in range(1, len(kinds) - 1):
            sides = (kinds[at - 1], kinds[at + 1])
            if kinds[at] in {"ES", "CS"} and sides == ("EN", "EN"):
                kinds[at] = "EN"
            elif kinds[at] == "CS" and sides == ("AN", "AN"):
                kinds[at] = "AN"

    def _terminators(self) -> None:
        """W5 and W6."""
        kinds, at = self._kinds, 0
        while at < len(kinds):
            end = at
            while end < len(kinds) and kinds[end] == "ET":
                end += 1
            if end > at and "EN" in {kinds[at - 1] if at else "", kinds[end] if end < len(kinds) else ""}:
                kinds[at:end] = ["EN"] * (end - at)
            at = max(end, at + 1)
        kinds[:] = ["ON" if kind in {"ES", "ET", "CS"} else kind for kind in kinds]

    def _brackets(self) -> None:
        """N0."""
        embedding = _direction(self._run.level)
        for start, end in _pairs(self._text, self._kinds):
            inside = {_STRONG.get(kind) for kind in self._kinds[start + 1 : end]}
            if embedding in inside:
                self._set_pair(start, end, embedding)
            elif inside & {"L", "R"}:
                before = (_STRONG.get(kind) for kind in reversed(self._kinds[:start]))
                context = next(filter(None, before), self._start)
                self._set_pair(start, end, context if context != embedding else embedding)

    def _set_pair(self, start: int, end: int, direction: str) -> None:
        for at in (start, end):
            self._kinds[at] = direction
            for mark in range(at + 1, len(self._kinds)):
                if self._were[mark] != "NSM":
                    break
                self._kinds[mark] = direction

    def _neutrals(self) -> None:
        """N1 and N2."""
        kinds, at = self._kinds, 0
        while at < len(kinds):
            end = at
            while end < len(kinds) and kinds[end] in _NEUTRAL:
                end += 1
            if end > at:
                before = _STRONG[kinds[at - 1]] if at else self._start
                after = _STRONG[kinds[end]] if end < len(kinds) else self._end
                side = before if before == after else _direction(self._run.level)
                kinds[at:end] = [side] * (end - at)
            at = max(end, at + 1)


def _raised(kind: str, level: int) -> int:
    """I1 and I2."""
    if level % 2:
        return 0 if kind == "R" else 1
    return {"L": 0, "R": 1}.get(kind, 2)


def _pairs(text: Sequence[str], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """BD16."""
    opened: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for at, written in enumerate(text):
        character = _SAME.get(written, written)
        if kinds[at] != "ON":
            continue
        if character in _CLOSING:
            if len(opened) == _MOST_BRACKETS:
                break
            opened.append((_CLOSING[character], at))
        elif character in _CLOSERS:
            place = next((n for n in range(len(opened) - 1, -1, -1) if opened[n][0] == character), None)
            if place is not None:
                found.append((opened[place][1], at))
                del opened[place:]
    return sorted(found)
