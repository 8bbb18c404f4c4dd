"""Code points: what a paste, a word processor or an icon font leaves between the words goes away."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028]")
_PARAGRAPH_END = "\u2029"
#: Controls, soft hyphens, zero-width spaces, direction marks (unbalanced once a quote is cut out),
#: byte order marks, private use (icon fonts: no card has a glyph for them).
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ud800-\udfff\ue000-\uf8ff\ufeff\ufff9-\ufffb\ufffe\uffff\U000f0000-\U0010ffff]"
)
#: Joiners mean something in Arabic, Indic scripts and emoji, and nothing after other letters.
_JOINERS = re.compile("(?<![\u0600-\u1fff\u20d0-\u20ff\u2190-\U000effff])[\u200c\u200d]+")
_SPACES = re.compile("[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_NO_BREAK = "\xa0\u202f"
_BINDS_AFTER = re.compile(r"[\d«‹—–№§]")  # « mot », 25 km, 1 000
_BINDS_BEFORE = frozenset("»›!?:;%€°…—–")
_BLANK_LINES = re.compile(r"\n{3,}")


def normalise(text: str) -> str:
    """NFC, one kind of line end, single spaces, at most one blank line, nothing invisible."""
    text = _LINE_ENDS.sub("\n", text).replace(_PARAGRAPH_END, "\n\n")
    text = _JOINERS.sub("", _INVISIBLE.sub("", text))
    text = _SPACES.sub(_space, unicodedata.normalize("NFC", text))
    lines = (line.strip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def one_line(text: str) -> str:
    """`text` as a title or a name is written: normalised, without line breaks."""
    return " ".join(line for line in normalise(text).split("\n") if line)


def _space(run: re.Match[str]) -> str:
    """A no-break space stays where typography asks for one; elsewhere an editor left it by accident."""
    if len(run[0]) > 1 or run[0] not in _NO_BREAK:
        return " "
    text, start, end = run.string, run.start(), run.end()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return run[0] if _BINDS_AFTER.match(before) or after in _BINDS_BEFORE else " "
