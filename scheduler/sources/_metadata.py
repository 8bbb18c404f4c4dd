"""Title, author, date and address of an HTML page: what it declares, then what it shows, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from scheduler.domain.article import Article
from scheduler.sources import _dates, _jsonld
from scheduler.sources._characters import one_line
from scheduler.sources._credits import Credit, read_credit
from scheduler.sources._headlines import same
from scheduler.sources._names import announced
from scheduler.sources._names import authors as names_in

#: An lxml element; lxml has no types, and is trafilatura's own dependency.
Tree: TypeAlias = Any

_AUTHOR_META = (
    "author",
    "article:author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
)
_DATE_META = (
    "article:published_time", "og:article:published_time", "date", "pubdate", "publish_date", "publish-date",
    "parsely-pub-date", "sailthru.date", "dc.date", "dc.date.issued", "dcterms.created", "datepublished",
)  # fmt: skip
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:author|byline|by-line|writer|user-name)s?(?:$|[\s_-]|name)", re.IGNORECASE
)
_DATED = re.compile(
    r"(?:^|[\s_-])(?:date|posted|pubdate|published|time|time-?stamp)(?:$|[\s_-])", re.IGNORECASE
)
_BESIDE = re.compile(r"avatar|bio|box|image|photo", re.IGNORECASE)
_AROUND = re.compile(
    r"(?:^|\s)(?:comments?|comment-\S*|more-from\S*|recommend\S*|related\S*|respond|sidebar)(?:$|\s)",
    re.IGNORECASE,
)
_CHARACTERS = 2000  # of anything that a page says of itself; more is no title, name, date or address
_BYLINE_CHARACTERS = 120
_AFTER_HEADLINE = "//h1[1]/following::*[self::p or self::div or self::span or self::address]"
_LOOKED_AT = 12  # elements after the headline
_SEPARATOR = re.compile(r"\s+(?:[|•·»]|::|--|[–—-])\s+|\s*\|\s*")
_PLAIN_SUFFIX = re.compile(r"\s*(?:\||»|::|•)\s*")  # a headline hardly ever has one of these itself
_SUFFIX_WORDS = 5
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ref_src", re.IGNORECASE)


def read(tree: Tree, url: str = "") -> tuple[Article, bool]:
    """An article without a body, and whether the page lets everybody read it."""
    meta = dict(_meta(tree))
    claims = _jsonld.read(e.text or "" for e in tree.xpath("//script[@type='application/ld+json']"))
    address = _address(tree, meta, url)
    site = (meta.get("og:site_name") or claims.site or meta.get("application-name", ""))[:_CHARACTERS]
    credit = _credit_line(tree)
    outlets = (site, *_host_names(address))
    authors = (claims.author, _declared_author(meta), _shown_author(tree), credit.author)
    article = Article(
        title=_title(tree, (claims.headline, meta.get("og:title", "")), outlets),
        body="",
        author=next((name for name in authors if name and not _is_any(name, outlets)), ""),
        published=_dates.read(claims.published)
        or _declared_date(meta)
        or _shown_date(tree)
        or credit.published,
        language=_language(tree, meta, claims.language),
        url=address,
        site=site,
    )
    return article, claims.free


def _meta(tree: Tree) -> Iterator[tuple[str, str]]:
    """The first of each name counts, so they come last to first."""
    for element in reversed(tree.xpath("//meta[@content]")):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = one_line(element.get("content"))
        if name and 0 < len(value) <= _CHARACTERS:
            yield name.lower(), value


def _title(tree: Tree, declared: Iterable[str], outlets: Sequence[str]) -> str:
    """The headline that readers see wins over shortened and decorated copies of itself."""
    shown = [text for text in _texts(tree, "//h1") if not _is_any(text, outlets)]
    candidates = [
        without_site(t, outlets, shown)
        for t in (*declared, *_texts(tree, "(//title[not(ancestor::svg)])[1]"))
        if t
    ]
    for heading in shown:
        if any(same(heading, c) or _begins(heading, c) for c in candidates):
            return heading
    return next(iter((*candidates, *shown, *_texts(tree, "//h2"))), "")


def _begins(whole: str, start: str) -> bool:
    """Whether `start` is `whole` cut short: with an ellipsis, or at the 110 characters that search engines take."""
    cut = start.endswith(("…", "...")) or len(start) >= 100
    return cut and whole.startswith(start.rstrip(" .…"))


def without_site(title: str, outlets: Sequence[str], headings: Sequence[str] = ()) -> str:
    """`title` without the outlet's name before or after it.

    After a dash only what is known to be the outlet goes: headlines have dashes of their own.
    """
    for cut in _SEPARATOR.finditer(title):
        head, tail = title[: cut.start()], title[cut.end() :]
        if _is_any(head, headings) or _is_any(tail, outlets):
            return head
        if _is_any(tail, headings) or _is_any(head, outlets):
            return tail
    head, *tails = _PLAIN_SUFFIX.split(title)
    return head if all(len(tail.split()) <= _SUFFIX_WORDS for tail in tails) else title


def _is_any(text: str, known: Iterable[str]) -> bool:
    return any(same(text, other) for other in known)


def _host_names(url: str) -> list[str]:
    """ "www.the-paper.example" is known as the-paper.example and as the-paper."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return [host, host.split(".")[0]] if host else []


def _declared_author(meta: dict[str, str]) -> str:
    names = [meta.get(name, "") for name in _AUTHOR_META]
    if meta.get("twitter:label1", "").lower() == "written by":  # WordPress SEO plug-ins
        names.append(meta.get("twitter:data1", ""))
    return next(filter(None, (announced(name) or names_in(name) for name in names)), "")


def _shown_author(tree: Tree) -> str:
    marked = (e for e in tree.xpath("//*[@class or @data-hook]") if _BYLINE.search(_marks(e)))
    for element in (*tree.xpath("//*[@rel='author' or @itemprop='author']"), *marked):
        name = "" if _is_elsewhere(element) else _name_in(element)
        if name:
            return name
    return ""


def _name_in(element: Tree) -> str:
    text = _spaced(element)
    if len(text) > _BYLINE_CHARACTERS:
        return ""
    credit = read_credit(text)
    return credit.author if credit else announced(text) or names_in(text)


def _is_elsewhere(element: Tree) -> bool:
    """Readers' comments, boxes and menus name people, and days, too."""
    if _BESIDE.search(_marks(element)):
        return True
    around = (element, *element.iterancestors())
    return any(
        e.tag in {"nav", "footer", "aside"} or _AROUND.search(_marks(e)) for e in around if e.tag != "body"
    )


def _credit_line(tree: Tree) -> Credit:
    """The line under the headline that says who and when, in a page that marks neither."""
    for element in tree.xpath(_AFTER_HEADLINE)[:_LOOKED_AT]:
        credit = read_credit(_spaced(element), strict=True)
        if credit and not _is_elsewhere(element):
            return credit
    return Credit()


def _marks(element: Tree) -> str:
    return " ".join(element.get(name) or "" for name in ("class", "id", "data-hook"))


def _declared_date(meta: dict[str, str]) -> date | None:
    return next(filter(None, (_dates.read(meta.get(name, "")) for name in _DATE_META)), None)


def _shown_date(tree: Tree) -> date | None:
    marked = tree.xpath("//*[@itemprop='datePublished'] | //time[@datetime]")
    classed = (e for e in tree.xpath("//*[@class]") if _DATED.search(e.get("class")))
    for element in (*marked, *classed):
        value = element.get("datetime") or element.get("content")
        credit = read_credit(_spaced(element)) if value is None else None
        day = _dates.read(value) if value else credit and credit.published
        if day and not _is_elsewhere(element):
            return day
    return None


def _language(tree: Tree, meta: dict[str, str], claimed: str) -> str:
    declared = (tree.get("lang"), tree.get("xml:lang"), claimed, meta.get("og:locale"))
    tags = ((tag or "").strip().replace("_", "-") for tag in declared)
    return next((tag for tag in tags if len(tag) <= 35 and _LANGUAGE.fullmatch(tag)), "")  # 35: RFC 5646


def _address(tree: Tree, meta: dict[str, str], url: str) -> str:
    """The canonical address; the one it was fetched from where that is missing or is only the front page."""
    links = [link.get("href") or "" for link in tree.xpath("//link[@rel='canonical']")]
    for declared in (*links, meta.get("og:url", "")):
        address = _joined(url, declared.strip())
        if address and (_has_path(address) or not _has_path(url)):
            return address
    return untracked(url)


def _joined(base: str, address: str) -> str:
    """`address` as a whole web address, or "" where it is none."""
    try:
        parts = urlsplit(urljoin(base, address) if address else "")
    except ValueError:  # "http://["
        return ""
    whole = parts.scheme in {"http", "https"} and parts.netloc and len(address) <= _CHARACTERS
    return parts.geturl() if whole else ""


def _has_path(url: str) -> bool:
    return bool(urlsplit(url).path.strip("/"))


def untracked(url: str) -> str:
    """`url` without the parameters of somebody else's campaign: pieces carry their own."""
    parts = urlsplit(url)
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))


def _texts(tree: Tree, path: str) -> list[str]:
    for line_break in tree.xpath(f"{path}//br"):
        line_break.tail = f" {line_break.tail or ''}"
    texts = (one_line(element.text_content()) for element in tree.xpath(path))
    return [text for text in texts if 0 < len(text) <= _CHARACTERS]


def _spaced(element: Tree) -> str:
    """The text of a credit, whose parts often touch in the source: <b>Jane Doe</b><i>2 March</i>."""
    return " ".join(" ".join(element.itertext()).split())
