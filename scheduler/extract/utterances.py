"""What is a quote, and which stretches are one act of quoting."""

from __future__ import annotations

import re
from collections.abc import Callable

from scheduler.extract.pairing import How
from scheduler.extract.sentence import Kind
from scheduler.extract.setting import Setting
from scheduler.extract.speakers import Attribution
from scheduler.extract.tokens import is_name

_GAP = 240  # code points: the longest "…,” she tells OUTLET. “…" between two stretches of one utterance
_FEWEST = 3  # words in a full quote that nothing but its form speaks for
_LONG = 8  # words that make a quote of a stretch which starts like one
_FRAGMENT = 4  # words in the shortest fragment that is reported
_TITLE = 10  # words in the longest title of a work
_STOPS = frozenset(".!?。！？")
_ENDS = _STOPS | frozenset("…,—–-;，")
_BESIDE = frozenset(["inverted", "subject and verb", "apposition", "any verb"])  # rules: “No,” she said
_LINK = re.compile(r"(?:https?:|www\.|[>/#@])\S*$|\S+\([A-Z.]+\)$")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SMALL = frozenset("a an and as at but by for from in of on or the to with via vs is it de la".split())
_LETTER = re.compile(r"[^\W\d_]")


def same_utterance(
    p: Setting, a: Attribution | None, q: Setting, b: Attribution | None, told: Attribution | None
) -> bool:
    """Whether the stretches of `p` and `q`, next to each other, are one act of quoting.

    `told` is what tells most of the speaker of the utterance that `p` belongs to.
    """
    if p.stretch.how is How.GOES_ON:
        return q.stretch.block - p.stretch.block <= 1 and not _other_name(told, b)
    if p.last_block != q.stretch.block or q.stretch.opens - p.stretch.closes > _GAP:
        return False
    if not _LETTER.search(p.page.masked, p.stretch.closes, q.stretch.opens):
        return True
    return _only_attribution_between(p, a, q) and _same_source(a, b)


def _only_attribution_between(p: Setting, a: Attribution | None, q: Setting) -> bool:
    """“A,” she says. “B.”"""
    if a is None or a.rule.side != "right" or a.source.start > q.stretch.opens:
        return False
    steps = q.sentence_index - p.sentence_index
    return steps == 0 or (steps == 1 and q.at == 0)


def _other_name(a: Attribution | None, b: Attribution | None) -> bool:
    if a is None or b is None or not a.source.kind is b.source.kind is Kind.NAME:
        return False
    return a.source.words[-1] != b.source.words[-1]


def _same_source(a: Attribution | None, b: Attribution | None) -> bool:
    if a is None or b is None or a.source.start == b.source.start:
        return True
    if b.source.kind is Kind.PRONOUN and b.rule.side == "right" and a.source.kind is Kind.NAME:
        return True
    return [w.lower() for w in a.source.words] == [w.lower() for w in b.source.words]


def kind_of(s: Setting, found: Attribution | None, linked: bool) -> str:
    """'full', 'partial', or '' for a title, a term, or words that are not quoted from anybody.

    `linked`: it is one of several stretches of an utterance.
    """
    goes_on = linked or s.stretch.how is How.GOES_ON
    if found is None and s.words < _FEWEST and not goes_on:  # most terms: nothing below speaks for them
        return ""
    if s.text[0] == "(" and s.text[-1] == ")":  # “(Crosstalk.)” is nobody's word
        return ""
    if _LINK.match(s.text) or _is_part_of_name(s) or _is_heading(s, found) or _is_title(s, found):
        return ""
    if s.stretch.how in _DOUBTFUL and not _DOUBTFUL[s.stretch.how](s, found):
        return ""
    if goes_on or _is_full(s, found):
        return "full"
    return "partial" if _is_fragment(s, found) else ""


def _is_full(s: Setting, found: Attribution | None) -> bool:
    """A whole sentence, or words that the sentence around them treats as one."""
    starts, high, ends = _starts(s), _starts_high(s), s.text[-1] in _ENDS
    if found:
        if (starts and found.rule.name in _BESIDE) or (found.rule.name == "dashed" and s.words >= _FEWEST):
            return True
        if high and s.text[-1] in _STOPS and (s.words >= 2 or s.before == ":"):
            return True
        if s.words >= _FEWEST and ((high and (starts or ends)) or (starts and ends)):
            return True
    if starts and high and ends and s.words >= _FEWEST and s.before != ",":
        return True
    return s.at == 0 and high and (s.words >= _LONG or _heads(s))


def _heads(s: Setting) -> bool:
    """“We had ten minutes”: the villagers of Arlen remember"""
    leads = s.right < s.until and s.tokens[s.right].text == ":"
    return leads and s.words >= _FEWEST and s.opens_block


def _is_fragment(s: Setting, found: Attribution | None) -> bool:
    """Some words of somebody, inside the reporter's sentence."""
    if found:
        return s.words >= _FRAGMENT or (s.words >= _FEWEST and s.text[-1] in _STOPS)
    return s.words >= _LONG and s.text[-1] in _ENDS


def _starts(s: Setting) -> bool:
    """Nothing, a colon, a comma or another quote before it."""
    return s.at == 0 or s.before in {":", ","} or s.tokens[s.at - 1].kind == "quote"


def _starts_high(s: Setting) -> bool:
    first = s.text[0]
    return first in "¿¡…$[" or (first.isalnum() and not first.islower()) or s.text.startswith("i ")


def _is_part_of_name(s: Setting) -> bool:
    """Nora “Crumb” Vance; tweet-date="…" """
    if s.page.body[s.stretch.opens - 1 : s.stretch.opens] == "=":
        return True
    is_between = 0 < s.at < len(s.tokens) - 1
    return s.words <= 2 and is_between and is_name(s.tokens[s.at - 1]) and is_name(s.tokens[s.at + 1])


def _is_heading(s: Setting, found: Attribution | None) -> bool:
    """“All Bread Is Old Bread.” and nothing else in its paragraph."""
    block = s.page.blocks[s.stretch.block]
    alone = s.stretch.opens == block.start and s.stretch.closes == block.end
    return alone and found is None and 1 < s.words <= _TITLE and _is_set_high(s.text)


def _is_title(s: Setting, found: Attribution | None) -> bool:
    """On the BBC’s “Bread of Heaven,” Hall declined."""
    if _starts(s) and s.before != ",":
        return False
    if not 0 < s.words <= _TITLE or not _is_set_high(s.text):
        return False
    if found and found.rule.side == "right" and s.before == "," and s.words > 5:
        return False
    return s.words > 1 or found is None


def _is_set_high(text: str) -> bool:
    found = _WORD.findall(text)
    return bool(found) and all(w[0].isupper() or w.lower() in _SMALL for w in found)


def _single_is_quote(s: Setting, found: Attribution | None) -> bool:
    says = found is not None or s.before == ":" or _heads(s) or (_starts(s) and s.text[-1] in _ENDS)
    return s.words >= _FEWEST and _starts_high(s) and says


def _unclosed_is_quote(s: Setting, found: Attribution | None) -> bool:
    """Without a closing mark: only what ends like a sentence, and starts one or has a speaker beside it."""
    return s.words >= _FRAGMENT and s.text[-1] in _ENDS and (s.at == 0 or found is not None)


def _unopened_is_quote(_s: Setting, found: Attribution | None) -> bool:
    return found is not None and found.rule.side == "right"


_DOUBTFUL: dict[How, Callable[[Setting, Attribution | None], bool]] = {
    How.SINGLE: _single_is_quote,
    How.UNCLOSED: _unclosed_is_quote,
    How.UNOPENED: _unopened_is_quote,
}
