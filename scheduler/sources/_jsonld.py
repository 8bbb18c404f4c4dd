"""What a page says about itself in JSON-LD (schema.org), the most deliberate of its metadata."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, TypeAlias

from scheduler.sources._characters import one_line
from scheduler.sources._names import authors, joined

Node: TypeAlias = dict[str, Any]

_CHARACTERS = 2000  # of a claim; more is none
_ARTICLES = ("Article", "Posting", "Report", "Review")  # NewsArticle, BlogPosting …: how their types end


@dataclass(frozen=True)
class Claims:
    headline: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    site: str = ""
    free: bool = True  # False: the page says that its text is for subscribers


def read(scripts: Iterable[str]) -> Claims:
    """The claims of the first article among `scripts`; what cannot be read says nothing."""
    nodes = [node for script in scripts for node in _nodes(script)]
    article = next((node for node in nodes if _is_article(node)), None)
    if article is None:
        return Claims()
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    return Claims(
        headline=_text(article.get("headline") or article.get("name")),
        author=_people(article.get("author") or article.get("creator"), by_id),
        published=_text(article.get("datePublished") or article.get("dateCreated")),
        language=_text(article.get("inLanguage")),
        site=_text(_resolved(article.get("publisher"), by_id).get("name")),
        free=str(article.get("isAccessibleForFree", True)).lower() not in {"false", "0", "no"},
    )


def _nodes(script: str) -> Iterator[Node]:
    try:
        found = json.loads(script, strict=False)
    except (ValueError, RecursionError):  # broken, or nested to exhaust us
        return
    for node in found if isinstance(found, list) else [found]:
        if isinstance(node, dict):
            yield node
            graph = node.get("@graph")
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()


def _is_article(node: Node) -> bool:
    kinds = node.get("@type")
    return any(str(kind).endswith(_ARTICLES) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _people(value: Any, by_id: dict[str, Node]) -> str:
    """One name suffices only where the page says Person: a bare text may be the outlet's."""
    people = value if isinstance(value, list) else [value]
    if all(isinstance(person, str) for person in people):
        return authors(_text(people[0])) if len(people) == 1 else joined(map(_text, people))
    nodes = [_resolved(person, by_id) for person in people]
    names = [_text(node.get("name")) for node in nodes if node.get("@type") != "Organization"]
    return joined(names, single=any(node.get("@type") == "Person" for node in nodes))


def _resolved(value: Any, by_id: dict[str, Node]) -> Node:
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, dict):
        return {}
    known: Node = by_id.get(str(value.get("@id")), {})
    return {**known, **value}


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    return one_line(unescape(value)) if isinstance(value, str) and len(value) <= _CHARACTERS else ""
