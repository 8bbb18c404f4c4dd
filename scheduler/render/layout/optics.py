"""How far a letter without a stem at its left reaches over the margin, for the margin to look straight.

A round or a pointed side, or a bar, seems to stand further in than a stem does whose ink starts in the same place.
"""

from __future__ import annotations

#: In ems, chosen by eye at 150 pixels for both our families: a serif needs less of it than a sans.
_OVERHANGS = {
    **dict.fromkeys("TТΤ", 0.03),
    **dict.fromkeys("VWYУΥ", 0.024),
    **dict.fromkeys("AАΑΛJ", 0.02),
    **dict.fromkeys("tfт", 0.024),
    **dict.fromkeys("vwyуνγ", 0.018),
    **dict.fromkeys("CGOQСОЄΟΘ", 0.014),
    **dict.fromkeys("acdegoqsсоеаαοσδ", 0.01),
}


def overhang(letter: str) -> float:
    """In ems."""
    return _OVERHANGS.get(letter, 0.0)
