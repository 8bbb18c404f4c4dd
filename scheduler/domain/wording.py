"""A post that a person rewrote: what stands between its quotation marks must still stand in the article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from scheduler.domain.errors import PullquoteError
from scheduler.domain.fit import OMITTED
from scheduler.domain.text import words

LEAST = 4  # words: fewer may be a term, a title or irony
ITEM = re.compile(r"^[ \t]*---[ \t]*$", re.MULTILINE)  # between the items of a thread

_QUOTED = re.compile(r"[“„]([^“”„]+)[”“]|«\s?([^«»]+?)\s?»|「([^「」]+)」|\"([^\"]+)\"")
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})


def quoted(text: str) -> Iterator[str]:
    """What stands between quotation marks, the outermost."""
    for found in _QUOTED.finditer(text):
        yield next(group for group in found.groups() if group is not None)


def check_verbatim(text: str, body: str) -> None:
    """Raise where a quotation of the text is not the article's. Its last comma may have become a full stop."""
    plain = _plain(body)
    for quotation in quoted(text):
        for stretch in quotation.split(OMITTED):
            if words(stretch) >= LEAST and not _stands(stretch, plain):
                raise PullquoteError(
                    f"“{_cut(stretch.strip())}” does not stand in the article: leave its words as they are, or take "
                    "the quotation marks away."
                )


def _stands(stretch: str, plain: str) -> bool:
    """Sentence by sentence: between two segments of one utterance the reporter may have spoken."""
    return all(part in plain for part in _parts(_plain(stretch)))


def _parts(stretch: str) -> list[str]:
    found = (part.strip(" .,;:!?…") for part in re.split(r"(?<=[.!?…])\s+", stretch))
    return [part for part in found if part]


def _plain(text: str) -> str:
    """As it is compared: one kind of mark, one kind of space."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_SAME).split())


def items(text: str) -> list[str]:
    """The items of a thread, as they are typed into one field: a line of three dashes between two."""
    return [item for item in (part.strip() for part in ITEM.split(text.replace("\r\n", "\n"))) if item]


def typed(parts: list[str]) -> str:
    return "\n\n---\n\n".join(parts)


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
