"""The page around an article: lines that a copy from a browser brings along.

A line is chrome only as a whole. Some lines are never an article's own; others ("Comments", "Home") are
chrome only before its first and after its last real paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, takewhile

from scheduler.domain.text import words


def _phrases(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_NETWORK = (
    r"(?:bluesky|e-?mail|facebook|flipboard|instagram|linkedin|mastodon|messenger|pinterest|pocket|reddit|rss|"
    r"telegram|threads|tiktok|tumblr|twitter|whatsapp|x|x \(twitter\)|youtube)"
)
_WORDS = r"[^\n“”„«\"]"  # a quote is never part of a menu
_CRUMB = r"[^\n|>»›“”„«\"]"
_MORE = r"(?:…|\.\.\.| [→»])?"
_AGO = r"\d+ (?:sec|min|hour|day|week|month|year)[a-z]* ago"

ANYWHERE = _phrases(
    # finding one's way on the page
    r"(?:top|bottom) of page|back to top|(?:skip|jump) to (?:the |main )?(?:content|footer|navigation|search)",
    r"toggle (?:menu|navigation)|scroll to continue|loading(?:…|\.\.\.)?",
    r"(?:proudly )?(?:created|powered) (?:by|with) [^.!?]{1,40}",
    # advertisements
    r"advert(?:isement|ising|orial)?s?|ad|sponsored(?: content)?|anzeige|werbung|publicité|publicidad|pubblicità",
    r"advertentie|annons|reklame|(?:article|story) continues (?:after|below).{0,40}",
    # sharing
    r"share(?: this)?(?: (?:article|on|page|post|story|via|with)[^.!?]{0,40})?:?|(?:copy|get) link|link copied!?",
    r"click to (?:e-?mail|print|share).{0,60}|pin it|(?:e-?mail|print) this(?: (?:article|page|post))?",
    r"teilen|partager|compartir|condividi|delen|dela",
    # subscribing and logging in
    r"subscribe(?: (?:for free|here|now|to [^.!?]{1,80}|today))?[.!]?|sign (?:in|up)(?: [^.!?]{1,80})?[.!]?",
    r"log ?in(?: ?/ ?sign ?up)?|already (?:a subscriber|have an account)\?.{0,40}",
    r"become a (?:free |paid )?(?:member|subscriber)|(?:enter |type )?your e-?mail(?: address)?(?:…|\.\.\.)?",
    r"(?:get|join) (?:my|our|the) [^.!?]{0,40}newsletter[^.!?]{0,60}|thanks for (?:reading|subscribing)[^“\"]{0,80}",
    # cookies and rights
    r"(?:our (?:web)?site|this (?:web)?site|we) uses? cookies(?:\.| (?:and|as|for|on|to) .{1,600})",
    r"by continuing to (?:browse|use).{0,300}",
    r"(?:accept|allow|manage|reject) (?:all|all cookies|cookies|preferences)",
    r"cookie (?:notice|policy|preferences|settings)|all rights reserved.{0,80}",
    r"(?:©|\(c\)|copyright\s*(?:©|\(c\)|\d{4})).{0,120}",
    # readers' comments
    r"(?:\d[\d.,]*k?|no) (?:claps?|comments?|followers?|likes?|reactions?|reads?|replies|responses?|shares?|views?)",
    r"comments? ?\(\d+\)|comments? (?:are )?(?:closed|off).{0,80}|commenting (?:has|is|on) .{0,80}",
    r"(?:add|leave|post|write) an? (?:comment|reply)(?:…|\.\.\.)?|view (?:all )?comments",
    r"join the (?:conversation|discussion)|log in to (?:leave a )?comment.{0,40}",
    # other articles
    r"(?:continue|keep) reading(?: below)?|read (?:more|on|the full story)" + _MORE,
    r"(?:weiterlesen|lire la suite|leer más|lees meer|leggi tutto|läs mer)" + _MORE,
    r"(?:also read|more on this|read (?:also|more|next)|related(?: (?:article|post|story))?|see also)\s*:\s*.{1,200}",
    r"(?:lee también|lees ook|lesen sie auch|lire aussi|mehr zum thema)\s*:\s*.{1,200}",
    # how long it takes, who took the pictures
    r"\d+ ?-?min(?:ute)?s?\.?(?: de lecture| leestijd| lesezeit| read)?|reading time:? .{1,20}|min read",
    r"listen(?: to this (?:article|post|story))?(?: [·(]?\d+ min.*)?",
    r"(?:bild|foto|illustration|image|photo|photograph|photography|picture)s?(?: credits?)?"
    r"(?: (?:by|courtesy of|via) |: ?)[^.!?“”\"]{1,80}",
)
AT_THE_EDGES = _phrases(
    r"comments?|commentaires|commenti|comentarios|kommentare|kommentarer|reacties|discuss|reply|likes?",
    r"(?:my )?account|basket|cart|donate|log ?out|register|support us",
    r"about(?: us)?|blog|close|contact(?: us)?|home|imprint|impressum|menu|more|news|shop|sitemap|store",
    r"(?:close|open) menu|all posts|latest(?: news)?|bookmark|copy|print|save(?: for later)?|tweet",
    r"search(?:…|\.\.\.)?|see all|editors?['’]?s? picks?|most (?:popular|read)|what to read next",
    r"(?:newer|next|older|previous)(?: (?:article|page|post|story))?s?|follow(?:ing|(?: me| us)(?: [^.!?]{1,40})?)?",
    rf"{_NETWORK}|(?:follow us|share) on|{_NETWORK}(?:\s?[,/|·]\s?{_NETWORK})+",
    r"(?:featured|more|popular|recent|recommended|related|trending)"
    r"(?: (?:articles?|content|news|now|posts?|stories|topics))?",
    r"more from .{1,60}|you (?:may|might) also like",
    r"(?:categor(?:ies|y)|filed under|labels|posted in|tagged|tags?|topics?)\s*:\s?.{1,120}|tags?|topics?",
    r"(?:filed under|posted in) [^.!?]{1,60}|open in app|(?:member )?discussion",
    r"copyright|privacy(?: notice| policy)?|terms(?: (?:and conditions|of (?:service|use)))?",
    rf"(?:last )?(?:edited|modified|updated)(?: [^.!?]{{1,40}})?|{_AGO}|just now",
    r"\d[\d.,]*k?|\d+:\d\d(?: ?/ ?\d+:\d\d)?",
    rf"home\s*[>/»›|→]\s*{_WORDS}{{1,120}}|(?:{_CRUMB}{{1,25}}\s[|>»›]\s){{2,}}{_CRUMB}{{1,60}}",
)
_SYMBOLS = re.compile(r"[^\w“”„‟\"«»‹›「」『』'’‘]+")
_COMMENTS_START = _phrases(
    r"(?:\d+ |no )?comments?(?: ?\(\d+\))?|leave a (?:comment|reply)|join the (?:conversation|discussion)|responses?"
)
#: A heading that only readers' comments have.
_COMMENTS_SURELY = _phrases(
    r"(?:one|\d+) (?:comments?|replies|reply|responses?|thoughts?) (?:on|to) .{1,200}|discussion about this post"
)
_COMMENTS_SIGN = _phrases(
    rf"[^“\"]{{1,40}} says:|reply|likes?|\d+ (?:likes?|replies|reply)|{_AGO}",
    r"(?:add|leave|post|write) an? (?:comment|reply).*|log in to .*",
)
_OTHERS_START = _phrases(
    r"(?:recent|related)(?: (?:articles|posts|stories))?|you (?:may|might) also like|see all|trending(?: now)?",
    r"more (?:articles|from .{1,60}|stories)|most (?:popular|read)|what to read next|recommended(?: .{1,30})?",
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_CUT_SHORT = re.compile(r"(?:…|\.\.\.)$")
_PROSE_WORDS = 12
_SENTENCE_WORDS = 6
_ARTICLE_WORDS = 60  # no tail begins before this much was said


def is_chrome(paragraph: str, *, edge: bool) -> bool:
    """Whether the page says this, not the article; `edge`: it stands before or after the article's text."""
    if _SYMBOLS.fullmatch(paragraph) or ANYWHERE.fullmatch(paragraph):
        return True
    return edge and not is_prose(paragraph) and bool(AT_THE_EDGES.fullmatch(paragraph))


def is_prose(paragraph: str) -> bool:
    """A real paragraph, or a whole sentence."""
    length = words(paragraph)
    return length >= _PROSE_WORDS or (length >= _SENTENCE_WORDS and bool(_SENTENCE_END.search(paragraph)))


def without_chrome(paragraphs: Sequence[str]) -> list[str]:
    """The article's own paragraphs: the others are taken out whole, none is changed.

    After the last real paragraph the first line of the page ends the article.
    """
    kept = [p for p in _without_tail(paragraphs) if not is_chrome(p, edge=False)]
    prose = [i for i, p in enumerate(kept) if is_prose(p)]
    first, end = (prose[0], prose[-1] + 1) if prose else (len(kept), len(kept))
    head = [p for p in kept[:first] if not is_chrome(p, edge=True)]
    return [*head, *kept[first:end], *takewhile(lambda p: not is_chrome(p, edge=True), kept[end:])]


def _without_tail(paragraphs: Sequence[str]) -> Sequence[str]:
    """Cut readers' comments and teasers of other articles, where it is plain that they are that.

    Comments: two of the lines that only comments have must follow, and the last heading before them counts.
    Teasers: no real paragraph may follow.
    """
    end, signs, told, commented = len(paragraphs), 0, False, False
    said = list(accumulate(map(words, paragraphs), initial=0))
    for i in reversed(range(len(paragraphs))):
        paragraph = paragraphs[i]
        if said[i] < _ARTICLE_WORDS:
            break
        if not commented and _starts_comments(paragraph, signs):
            end, told, commented = i, False, True
        elif not told and _OTHERS_START.fullmatch(paragraph):
            end = i
        else:
            signs += bool(_COMMENTS_SIGN.fullmatch(paragraph))
            told = told or _tells(paragraph)
    return paragraphs[:end]


def _starts_comments(paragraph: str, signs: int) -> bool:
    return bool(
        _COMMENTS_SURELY.fullmatch(paragraph) or (signs >= 2 and _COMMENTS_START.fullmatch(paragraph))
    )


def _tells(paragraph: str) -> bool:
    return is_prose(paragraph) and not _CUT_SHORT.search(paragraph) and not is_chrome(paragraph, edge=False)
