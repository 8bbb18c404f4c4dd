"""Sentences and words of a text, with offsets. Nothing here changes a character."""

from __future__ import annotations

import re

CLOSERS = "\"'”’»›“‘」』)]"  # a mark or bracket that may follow the end of a sentence (German closes with “)
OPENERS = "\"'“‘„«»‹›「『([¿¡"

#: Never the end of a sentence: a name follows.
_TITLES = """
    Mr Mrs Ms Messrs Mx Dr Drs Prof Sen Sens Rep Reps Gov Govs Gen Lt Col Capt Cmdr Sgt Cpl Pvt Maj Adm Brig
    Rev Fr Msgr Hon Del Atty Supt St Ste Mt Ft vs v cf ca e.g i.e z.B bzw d.h
    M MM Mme Mlle Hr Sra Srta Dña Dott Sig Ing Jan Feb Mar Apr Aug Sept Oct Nov Dec
    Ariz Calif Colo Conn Fla Ga Ill Ind Kan Ky La Md Mich Minn Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt
    Wis Wyo
""".split()
#: The end of a sentence, unless a number follows.
_COUNTED = "No Nos Nr Vol Fig pp p".split()
#: The end of a sentence only where the next word is one that starts sentences.
_EITHER_WAY = "Jr Sr Inc Corp Co Ltd Bros a.m p.m etc usw Ph.D M.D B.A M.A Mass Miss Wash".split()
#: Words that start a sentence and are hardly ever part of a name.
_STARTERS = """
    The A An This That These Those There Here It He She We They You I His Her Its Our Their My Your
    And But Or So Yet In On At By For From With As If When While After Before Since Because Although Though
    What Who Why How Where Now Then Still Also Not No One Some Many Most All Even Such
""".split()


def _one_of(abbreviations: list[str]) -> str:
    return rf"(?<![\w.])(?:{'|'.join(map(re.escape, abbreviations))})\.$"


_ABBREVIATION = re.compile(_one_of(_TITLES))
_NUMBERED = re.compile(_one_of(_COUNTED))
_MAYBE = re.compile(rf"{_one_of(_EITHER_WAY)}|\b[A-Z](?:\.[A-Z]){{1,3}}\.$")  # p.m.  U.S.
_INITIAL = re.compile(r"(?<![\w.'’])[^\W\d_]\.$")
_ALONE_I = re.compile(r"[a-z,]\sI\.$")
_STARTER = re.compile(rf"(?:{'|'.join(_STARTERS)})\b")

#: A possible end: the last of the marks that end a sentence, whatever closes after it, and a gap.
_END = re.compile(
    rf"[.!?…][{re.escape(CLOSERS)}]{{0,4}}(?P<gap>[^\S\n]+)"
    rf"|[。！？｡][{re.escape(CLOSERS)}]{{0,4}}"
    r"|(?P<line>\n\s*)"
)
_GOES_ON = re.compile(r"[a-zß-öø-ÿ,;:—–]|-\s")
_WINDOW = 12  # code points looked at before a full stop: the longest abbreviation and a mark before it

_WORD = re.compile(r"[^\W_]+(?:[’'\-‐.@][^\W_]+)*")
_UNSPACED = re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿ｦ-ﾝ]+")  # kana and ideographs


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
    signs = sum(len(m[0]) for m in _UNSPACED.finditer(text))
    spaced = _UNSPACED.sub(" ", text) if signs else text
    return sum(1 for _ in _WORD.finditer(spaced)) + (signs + 1) // 2


def stands_for_more(text: str, stop: int, after: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation; `after` is where the next word starts."""
    before = text[max(0, stop - _WINDOW) : stop + 1]
    if _MAYBE.search(before):
        return not _STARTER.match(text, after)
    if _NUMBERED.search(before):
        return text[after : after + 1].isdigit()
    if _ABBREVIATION.search(before):
        return True
    return bool(_INITIAL.search(before)) and not _ALONE_I.search(before)


def _ends_here(text: str, m: re.Match[str]) -> bool:
    """A possible end is a real one unless what follows goes on, or the full stop abbreviates."""
    if m["line"] is not None:
        blank = m["line"].count("\n") > 1
        return blank or not _GOES_ON.match(text, m.end())
    if m["gap"] is None:  # 。 needs no space after it
        return True
    if _GOES_ON.match(text, m.end()):
        return False
    return not (text[m.start()] == "." and stands_for_more(text, m.start(), _skip_openers(text, m.end())))


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
