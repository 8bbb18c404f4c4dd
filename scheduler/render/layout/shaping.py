"""From a text to glyphs: each cluster in the first face that has it, each run of one face shaped together."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

from scheduler.render.layout.face import Face, Glyph

Faces = tuple[Face, ...]  # the first one sets the line's height; the others lend the glyphs that it lacks

_CLUSTER = regex.compile(r"\X")
_SEEN = regex.compile(r"[^\p{Default_Ignorable_Code_Point}\p{C}\s]")
_MARK = regex.compile(r"\p{M}")
MOST_MARKS = 3  # on one letter: Vietnamese and Greek need two, and a taller stack runs into the line above
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})


def blank(text: str) -> bool:
    return _SEEN.search(text) is None


def right_to_left(text: str) -> list[str]:
    """The characters that ask for another direction than ours, each once."""
    return list(dict.fromkeys(c for c in text if unicodedata.bidirectional(c) in _RIGHT_TO_LEFT))


def unshowable(text: str, faces: Faces) -> list[str]:
    """The clusters that no face can show, each once."""
    return list(dict.fromkeys(c for c in _CLUSTER.findall(text) if _face(c, faces) is None))


def shape(text: str, faces: Faces, language: str) -> list[Glyph]:
    """All glyphs, on one line. The text must hold nothing that is `unshowable` or `right_to_left`."""
    glyphs: list[Glyph] = []
    pen = 0.0
    for face, start, end in _runs(text, faces):
        shaped, pen = face.shape(text, start, end, language, pen)
        glyphs += shaped
    return glyphs


def _runs(text: str, faces: Faces) -> list[tuple[Face, int, int]]:
    runs: list[tuple[Face, int, int]] = []
    for cluster in _CLUSTER.finditer(text):
        face = _face(cluster[0], faces)
        if face is None:
            raise ValueError(f"no face shows {cluster[0]!r}")
        if runs and runs[-1][0] is face:
            runs[-1] = (face, runs[-1][1], cluster.end())
        else:
            runs.append((face, cluster.start(), cluster.end()))
    return runs


@lru_cache(8192)
def _face(cluster: str, faces: Faces) -> Face | None:
    if len(_MARK.findall(cluster)) > MOST_MARKS:
        return None
    return next((face for face in faces if face.shows(cluster)), None)
