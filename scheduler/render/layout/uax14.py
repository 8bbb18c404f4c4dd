"""Where Unicode's line breaking algorithm lets a line end: UAX #14 as of Unicode 17, untailored.

The classes are those of `regex`; the rules stand in `_RULES` as the annex writes them. Each character becomes one
symbol, for its class and for what else a rule asks about it, and each rule a pattern over these symbols; the first
that matches a place decides.
"""

from __future__ import annotations

from functools import cache, lru_cache

import regex

_CLASSES = (
    "AK AL AP AS B2 BA BB BK CB CL CM CP CR EB EM EX GL H2 H3 HH HL HY ID IN IS JL JT JV LF NL NS NU OP PO PR QU RI "
    "SP SY VF VI WJ ZW ZWJ"
).split()
#: What some rules set apart within a class: initial and final quotation marks, the dotted circle, the code points
#: that are kept for pictographs to come.
_APART = {"QI": "QU", "QF": "QU", "DC": "AL", "XP": "ID"}

_NAMES = [*_CLASSES, *_APART]
_FIRST = 0x100  # symbols: two for each name, the second for East Asian characters
_WIDE = 1

#: before, verdict, after. LB1 to LB3, LB9, LB10 and LB30a are in the functions below.
_RULES = (
    ("AL|HL|NU SP", "÷", "AL|HL"),  # LB18, for most spaces: no other rule contradicts it
    ("BK", "÷", ""),  # LB4
    ("CR", "×", "LF"),  # LB5
    ("CR|LF|NL", "÷", ""),
    ("", "×", "BK|CR|LF|NL"),  # LB6
    ("", "×", "SP|ZW"),  # LB7
    ("ZW SP*", "÷", ""),  # LB8
    ("", "×", "WJ"),  # LB11
    ("WJ|GL", "×", ""),  # LB11, LB12
    ("^SP|BA|HY|HH", "×", "GL"),  # LB12a
    ("", "×", "CL|CP|EX|SY"),  # LB13
    ("OP SP*", "×", ""),  # LB14
    ("sot|BK|CR|LF|NL|OP|QU|GL|SP|ZW QI SP*", "×", ""),  # LB15a
    ("", "×", "QF SP|GL|WJ|CL|QU|CP|EX|IS|SY|BK|CR|LF|NL|ZW|eot"),  # LB15b
    ("SP", "÷", "IS NU"),  # LB15c
    ("", "×", "IS"),  # LB15d
    ("CL|CP SP*", "×", "NS"),  # LB16
    ("B2 SP*", "×", "B2"),  # LB17
    ("SP", "÷", ""),  # LB18
    ("", "×", "QF|=QU"),  # LB19
    ("QI|=QU", "×", ""),
    ("^wide", "×", "QU"),  # LB19a
    ("", "×", "QU ^wide|eot"),
    ("QU", "×", "^wide"),
    ("sot|^wide QU", "×", ""),
    ("", "÷", "CB"),  # LB20
    ("CB", "÷", ""),
    ("sot|BK|CR|LF|NL|SP|ZW|CB|GL HY|HH", "×", "=AL|DC"),  # LB20a
    ("", "×", "BA|HH|HY|NS"),  # LB21
    ("BB", "×", ""),
    ("HL HY|HH", "×", "^HL"),  # LB21a
    ("SY", "×", "HL"),  # LB21b
    ("", "×", "IN"),  # LB22
    ("AL|HL", "×", "NU"),  # LB23
    ("NU", "×", "AL|HL"),
    ("PR", "×", "ID|EB|EM"),  # LB23a
    ("ID|EB|EM", "×", "PO"),
    ("PR|PO", "×", "AL|HL"),  # LB24
    ("AL|HL", "×", "PR|PO"),
    ("NU SY|IS* CL|CP?", "×", "PO|PR"),  # LB25
    ("PO|PR", "×", "OP IS? NU"),
    ("PO|PR|HY|IS", "×", "NU"),
    ("NU SY|IS*", "×", "NU"),
    ("JL", "×", "JL|JV|H2|H3"),  # LB26
    ("JV|H2", "×", "JV|JT"),
    ("JT|H3", "×", "JT"),
    ("JL|JV|JT|H2|H3", "×", "PO"),  # LB27
    ("PR", "×", "JL|JV|JT|H2|H3"),
    ("AL|HL", "×", "AL|HL"),  # LB28
    ("AP", "×", "AK|DC|AS"),  # LB28a
    ("AK|DC|AS", "×", "VF|VI"),
    ("AK|DC|AS VI", "×", "AK|DC"),
    ("AK|DC|AS", "×", "AK|DC|AS VF"),
    ("IS", "×", "AL|HL"),  # LB29
    ("AL|HL|NU", "×", "OP&^wide"),  # LB30
    ("CP&^wide", "×", "AL|HL|NU"),
    ("EB|XP", "×", "EM"),  # LB30b
    ("", "÷", ""),  # LB31
)

#: No line starts with these after a letter or number, by LB7, 11 to 13, 15d, 21 to 23 and 28: most places are such.
_AFTER_LETTERS = "AL|HL|NU|SP|ZW|WJ|CL|CP|EX|SY|IS|GL|BA|HH|HY|NS|IN"

_WIDE_CHARACTER = regex.compile(r"\p{ea=W}|\p{ea=F}|\p{ea=H}")
_SET_APART = (
    ("QI", regex.compile(r"\p{lb=QU}(?<=\p{Pi})")),
    ("QF", regex.compile(r"\p{lb=QU}(?<=\p{Pf})")),
    ("DC", regex.compile("\u25cc")),
    ("XP", regex.compile(r"\p{Extended_Pictographic}(?<=\p{Cn})")),
)
_CONDITIONAL = {"CJ": regex.compile(r"\p{lb=CJ}"), "SA": regex.compile(r"\p{lb=SA}")}
_MARK = regex.compile(r"\p{Mn}|\p{Mc}")


def _symbol(name: str, wide: int = 0) -> str:
    return chr(_FIRST + 2 * _NAMES.index(name) + wide)


def _symbols(name: str) -> set[str]:
    """`=QU` is the class alone, `QU` with what is set apart within it."""
    if name == "wide":
        return {_symbol(each, _WIDE) for each in _NAMES}
    within = [] if name.startswith("=") else [each for each, of in _APART.items() if of == name]
    return {_symbol(each, wide) for each in (name.removeprefix("="), *within) for wide in (0, _WIDE)}


def _chosen(names: str) -> set[str]:
    every = {_symbol(name, wide) for name in _NAMES for wide in (0, _WIDE)}
    if "&^" in names:
        some, but = names.split("&^")
        return _symbols(some) - _symbols(but)
    if names.startswith("^"):
        return every - set().union(*(_symbols(name) for name in names[1:].split("|")))
    return set().union(*(_symbols(name) for name in names.split("|")))


def _pattern(part: str) -> str:
    found = []
    for word in part.split():
        names, times = (word[:-1], word[-1]) if word[-1] in "*?" else (word, "")
        end = r"\A|" if names.startswith("sot|") else r"\Z|" if names.endswith("|eot") else ""
        chosen = _chosen(names.removeprefix("sot|").removesuffix("|eot"))
        found.append(f"(?:{end}[{''.join(sorted(chosen))}]){times}")
    return "".join(found)


@cache
def _decision() -> regex.Pattern[str]:
    groups = {"×": "no", "÷": "yes"}
    rules = [f"(?P<{groups[v]}>(?<={_pattern(b)})(?={_pattern(a)}))" for b, v, a in _RULES]
    inside = f"(?<={_pattern('AL|HL|NU')})(?={_pattern(_AFTER_LETTERS)})"
    return regex.compile(f"(?!{inside})(?:{'|'.join(rules)})")


_ATTACHED = frozenset("CM ZWJ".split())
_NOT_ATTACHED_TO = frozenset(map(_symbol, "BK CR LF NL SP ZW".split()))
_FLAGS = regex.compile(f"{_symbol('RI')}{{2,}}")  # LB30a: two by two, from the first of a row
_ALPHABETIC = _symbol("AL")


def opportunities(text: str) -> list[int]:
    """The code points that a line may start at."""
    starts, symbols, held = _folded(text)
    held.update(
        starts[row.start() + odd] for row in _FLAGS.finditer(symbols) for odd in range(1, len(row[0]), 2)
    )
    return [
        starts[m.start()]
        for m in _decision().finditer(symbols, 1)
        if m.lastgroup == "yes" and m.start() < len(starts) and starts[m.start()] not in held
    ]


def _folded(text: str) -> tuple[list[int], str, set[int]]:
    """LB9 and LB10: a mark belongs to what it follows. Also the places after a joiner, where LB8a forbids a break."""
    starts: list[int] = []
    symbols: list[str] = []
    held: set[int] = set()
    for at, character in enumerate(text):
        name, symbol = _kind(character)
        if name in _ATTACHED:
            if name == "ZWJ":
                held.add(at + 1)
            if symbols and symbols[-1] not in _NOT_ATTACHED_TO:
                continue
            symbol = _ALPHABETIC
        starts.append(at)
        symbols.append(symbol)
    return starts, "".join(symbols), held


@cache
def _class() -> regex.Pattern[str]:
    return regex.compile("|".join(rf"(?P<{name}>\p{{lb={name}}})" for name in _CLASSES))


@lru_cache(4096)
def _kind(character: str) -> tuple[str, str]:
    """The class after LB1, and the symbol."""
    found = _class().match(character)
    name = found.lastgroup if found else _resolved(character)
    apart = next((each for each, rule in _SET_APART if rule.match(character)), name)
    return name, _symbol(apart, _WIDE if _WIDE_CHARACTER.match(character) else 0)


def _resolved(character: str) -> str:
    if _CONDITIONAL["CJ"].match(character):
        return "NS"
    return "CM" if _CONDITIONAL["SA"].match(character) and _MARK.match(character) else "AL"
