"""From a text to glyphs: each cluster in the first face that has it; each run of one face and direction together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from scheduler.render.layout.face import Cluster, Face

Faces = tuple[Face, ...]  # the first one sets the line's height; the others lend the glyphs that it lacks

MOST_MARKS = 3  # on one letter: Vietnamese and Greek need two, and a taller stack runs into the line above
_LONGEST = 64  # code points to a cluster: a family of four with skin tones needs eleven

_CLUSTER = regex.compile(r"\X")
_SEEN = regex.compile(r"[^\p{Default_Ignorable_Code_Point}\p{C}\s]")
_STACK = regex.compile(rf"\p{{Mn}}{{{MOST_MARKS + 1},}}")
_EMOJI = regex.compile(
    r"\A(?!.\uFE0E)(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Extended_Pictographic}.*\u200D|\p{RI}{2}"
    r"|\p{Emoji}\p{Emoji_Modifier})"
)
_LETTER = regex.compile(r"[\p{L}\p{M}\p{N}]")
_OPENING, _CLOSING = regex.compile(r"[\p{Ps}\p{Pi}]"), regex.compile(r"[\p{Pe}\p{Pf}]")


class _Run(NamedTuple):
    face: Face
    level: int
    start: int
    end: int


def blank(text: str) -> bool:
    return _SEEN.search(text) is None


def unshowable(text: str, faces: Faces) -> list[str]:
    """The clusters that no face can show, each once."""
    return list(dict.fromkeys(c for c in _CLUSTER.findall(text) if _face(c, faces) is None))


def shape(text: str, faces: Faces, language: str, levels: Sequence[int]) -> list[Cluster]:
    """In the order in which they are read. The text must hold nothing that is `unshowable`."""
    return [
        cluster
        for run in _runs(text, faces, levels)
        for cluster in run.face.shape(text, run.start, run.end, language, run.level)
    ]


def _runs(text: str, faces: Faces, levels: Sequence[int]) -> list[_Run]:
    runs: list[_Run] = []
    for (start, end), face in zip(_clusters(text), _chosen(text, faces), strict=True):
        last = runs[-1] if runs else None
        if last and last.face is face and last.level == levels[start]:
            runs[-1] = last._replace(end=end)
        else:
            runs.append(_Run(face, levels[start], start, end))
    return runs


def _clusters(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _CLUSTER.finditer(text)]


def _chosen(text: str, faces: Faces) -> list[Face]:
    """The face of each cluster. Marks and spaces between letters go with these: brackets in pairs, others with what
    they follow, those at the start with what comes first.
    """
    clusters = _CLUSTER.findall(text)
    chosen = [_face(cluster, faces) for cluster in clusters]
    if None in chosen:
        raise ValueError(f"no face shows {clusters[chosen.index(None)]!r}")
    found = [face for face in chosen if face is not None]
    if all(face is faces[0] for face in found):
        return found
    letters = [
        bool(_LETTER.match(cluster)) or face.colour for cluster, face in zip(clusters, found, strict=True)
    ]
    near = next(
        (face for face, letter in zip(found, letters, strict=True) if letter and not face.colour), faces[0]
    )
    opened: list[Face] = []
    for at, cluster in enumerate(clusters):
        if letters[at]:
            near = near if found[at].colour else found[at]
            continue
        wanted = opened.pop() if opened and _CLOSING.match(cluster) else near
        if _OPENING.match(cluster):
            opened.append(wanted)
        if wanted.shows(cluster):
            found[at] = wanted
    return found


@lru_cache(8192)
def _face(cluster: str, faces: Faces) -> Face | None:
    if _STACK.search(cluster) or len(cluster) > _LONGEST:
        return None
    colour = bool(_EMOJI.match(cluster))
    ordered = sorted(faces, key=lambda face: face.colour != colour)  # stable: the others keep their order
    return next((face for face in ordered if face.shows(cluster)), None)
