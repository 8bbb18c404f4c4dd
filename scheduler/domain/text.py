"""Sentences and words of a text, with offsets. Nothing here changes a character."""

from __future__ import annotations

import re

CLOSERS = "\"'”’»›“‘」』)]"  # a mark or bracket that may follow the end of a sentence (German closes with “)
OPENERS = "\"'“‘„«»‹›「『([¿¡"

#: Never the end of a sentence: a name follows.
_TITLES = frozenset(
    """
    Mr Mrs Ms Messrs Mx Dr Drs Prof Sen Sens Rep Reps Gov Govs Gen Lt Col Capt Cmdr Sgt Cpl Pvt Maj Adm Brig
    Rev Fr Msgr Hon Del Atty Supt St Ste Mt Ft vs cf ca e.g i.e z.B bzw d.h
    MM Mme Mlle Hr Sra Srta Dña Dott Sig Ing Jan Feb Mar Apr Aug Sept Oct Nov Dec
    Ariz Calif Colo Conn Fla Ga Ill Ind Kan Ky La Md Mich Minn Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt
    Wis Wyo
    """.split()
)
#: The end of a sentence, unless a number follows.
_COUNTED = frozenset("No Nos Nr Vol Fig pp".split())
#: The end of a sentence only where the next word is one that starts sentences.
_EITHER_WAY = frozenset("Jr Sr Inc Corp Co Ltd Bros a.m p.m etc usw Ph.D M.D B.A M.A Mass Miss Wash".split())
#: Words that start a sentence and are hardly ever part of a name.
_STARTERS = frozenset(
    """
    The A An This That These Those There Here It He She We They You I His Her Its Our Their My Your
    And But Or So Yet In On At By For From With As If When While After Before Since Because Although Though
    What Who Why How Where Now Then Still Also Not No One Some Many Most All Even Such
    """.split()
)
_DOTTED = re.compile(r"[A-Z](?:\.[A-Z]){1,3}")  # U.S
_LAST_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")

#: A possible end: a line break; or the last of the marks that end a sentence, whatever closes after it, and a gap.
_END = re.compile(rf"[.!?…。！？｡\n](?:(?<=\n)\s*|[{re.escape(CLOSERS)}]{{0,4}}(?P<gap>[^\S\n]*))")
_NEEDS_NO_GAP = frozenset("。！？｡")
_GOES_ON = re.compile(r"[a-zß-öø-ÿ,;:—–]|-\s")
_WINDOW = 12  # code points looked at before a full stop: the longest abbreviation and a mark before it

_WORD = re.compile(r"[^\W_]+(?:[’'\-‐.@][^\W_]+)*")
_UNSPACED = ("\u3040", "\u9fff")  # first and last of kana and ideographs


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, in order, without the space around it.

    A line break ends a sentence, unless the next line goes on in lower case.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for m in _END.finditer(text):
        if _ends_here(text, m):
            _append(found, text, start, m.end())
            start = m.end()
    _append(found, text, start, len(text))
    return found


def words(text: str) -> int:
    """How many words. Two signs count as one word where the script puts no space between words."""
    first, last = _UNSPACED
    if text.isascii() or max(text) < first:
        return len(_WORD.findall(text))
    spaced = "".join(" " if first <= c <= last else c for c in text)
    signs = sum(first <= c <= last and c.isalpha() for c in text)
    return len(_WORD.findall(spaced)) + (signs + 1) // 2


def stands_for_more(text: str, stop: int, after: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation; `after` is where the next word starts."""
    found = _LAST_WORD.search(text, max(0, stop - _WINDOW), stop)
    if found is None:
        return False
    word = found[0]
    if word in _EITHER_WAY or _DOTTED.fullmatch(word):
        starter = _FIRST_WORD.match(text, after)
        return starter is None or starter[0] not in _STARTERS
    if word in _COUNTED:
        return text[after : after + 1].isdigit()
    return word in _TITLES or (len(word) == 1 and word.isalpha() and not _is_alone(text, found.start()))


def _is_alone(text: str, at: int) -> bool:
    """nobody but I."""
    return text[at] == "I" and text[max(0, at - 2) : at - 1].islower()


def _ends_here(text: str, m: re.Match[str]) -> bool:
    """A possible end is a real one unless what follows goes on, or the full stop abbreviates."""
    mark, after = text[m.start()], m.end()
    if mark == "\n":
        return m[0].count("\n") > 1 or not _GOES_ON.match(text, after)
    if mark in _NEEDS_NO_GAP:
        return True
    if not m["gap"] or _GOES_ON.match(text, after):
        return False
    return mark != "." or not stands_for_more(text, m.start(), _skip_openers(text, after))


def _skip_openers(text: str, at: int) -> int:
    most = min(len(text), at + 4)
    while at < most and text[at] in OPENERS:
        at += 1
    return at


def _append(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))
