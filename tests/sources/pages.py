"""Articles written for these tests, and the pages that well-known systems would make of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from trafilatura.utils import load_html


@dataclass(frozen=True)
class Written:
    """An article as its author wrote it: what every page of it must come back to."""

    title: str
    author: str
    published: date
    site: str
    language: str
    paragraphs: tuple[str, ...]
    speaker: str
    pull: str  # a passage of the paragraphs that the page repeats in large type

    @property
    def slug(self) -> str:
        return "-".join("".join(c if c.isalnum() else " " for c in self.title.lower()).split())[:60]

    @property
    def host(self) -> str:
        return f"www.{''.join(c for c in self.site.lower() if c.isascii() and c.isalpha())}.example"

    @property
    def url(self) -> str:
        return f"https://{self.host}/{self.slug}"

    @property
    def day(self) -> str:
        return f"{self.published:%B} {self.published.day}, {self.published.year}"


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(block.split("\n")) for block in text.strip("\n").split("\n\n"))


ICE = Written(
    title="Marta Lindqvist: “You learn the lake by falling into it”",
    author="Tomasz Okafor",
    published=date(2026, 2, 11),
    site="The Harbour Post",
    language="en",
    speaker="Marta Lindqvist",
    pull="The ice talks all night, and you would be a fool not to listen.",
    paragraphs=_paragraphs("""
Every January, when the ferries stop, Marta Lindqvist drags a sledge of spruce poles on to the frozen lake
and marks out the only road that the island has for the next ten weeks.

“People ask me how thick it has to be,” she says. “That is the wrong question. You ask how it was made.”

She was nine when her grandfather first let her carry the auger. He had kept the road for thirty winters,
and he taught by silence, she remembers, and by letting her get wet.

“You learn the lake by falling into it,” she says with a shrug. “I have been in four times. The first is the
one you remember.”

The work starts before light. Lindqvist walks the line with a pole, listening, and drills a hole every two
hundred paces. Black ice is good, grey ice is a warning, and white ice is a lie, as she puts it.

“The ice talks all night, and you would be a fool not to listen. It booms when it is growing. When it goes
quiet, I turn round.”

The council pays her for sixty days. The rest she does because somebody has to bring the post.

Last winter the road was open for only nineteen days, the shortest season since the books begin in 1911. Her
neighbour Anders Holm, who runs the shop, has started to stock up in November.

“I tell the young ones to buy a boat,” Holm says. “Marta tells them to buy two.”

Asked whether her daughter will take over the poles, Lindqvist laughs. “She is a marine biologist in a warm
country,” she says. “She is the clever one.”
"""),
)

BELLS = Written(
    title="The last bell founder of the valley keeps the fires lit",
    author="Ines Carvalho",
    published=date(2025, 11, 30),
    site="Slow Metal",
    language="en-GB",
    speaker="Piet Vermaas",
    pull="A bell that is tuned too well has no character left.",
    paragraphs=_paragraphs("""
The foundry stands at the end of a lane that no map bothers to name, and you can smell it before you see it:
beeswax, horse dung and hot bronze.

Piet Vermaas has cast bells here for forty-one years. He learned from his uncle, who learned from a prisoner
of war, who never said where he had learned it.

“We still make the mould from clay and manure,” Vermaas says. “I have tried everything else. Everything else
cracks.”

A bell takes three months to make and eleven minutes to pour. In those eleven minutes nobody in the workshop
speaks, for the founder listens to the metal going in.

“You hear it fill up, like a bottle,” he explains. “When the note stops rising, you stop.”

His competitors tune their bells on computer lathes. Vermaas owns one too, under a dust sheet in the corner
of the yard.

“A bell that is tuned too well has no character left. It is correct, and nobody loves it.”

Orders come from as far away as Chile and Korea now. The village church, three hundred metres down the lane,
has had the same cracked tenor since 1954.

Its priest, Father Emil Novak, would not have it replaced. “It sounds like us,” he says.
"""),
)

LUTHIER = Written(
    title="Le luthier qui écoute les arbres avant de les couper",
    author="Aurélie Desmarais-Roux",
    published=date(2026, 3, 2),
    site="La Gazette du Bois",
    language="fr",
    speaker="Baptiste Morel",
    pull="Un épicéa qui chante, on l’entend à trois mètres",
    paragraphs=_paragraphs("""
Au-dessus de mille mètres, là où les épicéas poussent lentement, Baptiste Morel frappe les troncs du plat de
la main et attend la réponse.

«\u00a0Un épicéa qui chante, on l’entend à trois mètres\u00a0», affirme-t-il. «\u00a0Les autres, je les
laisse aux charpentiers.\u00a0»

Il coupe deux arbres par an, toujours en novembre, toujours quand la lune descend. La science ne lui donne
pas raison, et cela le fait sourire.

«\u00a0Mon père faisait ainsi, et ses violons jouent encore. Que voulez-vous que je réponde à
cela\u00a0?\u00a0»

Le bois sèche ensuite douze ans sous le toit de l’atelier. Les planches portent à la craie le nom de la
vallée et l’année de la coupe.

Cette année, il a vendu 14\u00a0violons, un record. Sa fille Clémence, qui a rejoint l’atelier après des
études d’acoustique, mesure désormais chaque table.

«\u00a0Elle a des chiffres, j’ai des oreilles\u00a0», dit-il. «\u00a0Le plus étonnant, c’est que nous sommes
presque toujours d’accord.\u00a0»
"""),
)

ARTICLES = (ICE, BELLS, LUTHIER)


def _body(a: Written, extra: str = "", *, open_p: str = "<p>", close_p: str = "</p>") -> str:
    """The paragraphs, and `extra` (a pull quote, an advertisement) after the third."""
    blocks = [f"{open_p}{escape(p, quote=False)}{close_p}" for p in a.paragraphs]
    return "\n".join([*blocks[:3], extra, *blocks[3:]])


def _ld(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def wordpress(a: Written) -> str:
    """A block theme with an SEO plug-in: the graph points at the author by its id."""
    person = f"https://{a.host}/#/schema/person/1"
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "Article",
                "headline": a.title,
                "author": {"name": a.author, "@id": person},
                "datePublished": f"{a.published}T08:15:00+00:00",
                "publisher": {"@id": f"https://{a.host}/#organization"},
                "inLanguage": a.language,
            },
            {"@type": "WebPage", "name": f"{a.title} - {a.site}"},
            {"@type": "Organization", "@id": f"https://{a.host}/#organization", "name": a.site},
            {"@type": "Person", "@id": person, "name": a.author},
        ],
    }
    pull = (
        f'<figure class="wp-block-pullquote"><blockquote><p>{a.pull}</p>'
        f"<cite>{a.speaker}</cite></blockquote></figure>"
    )
    return f"""<!DOCTYPE html><html lang="{a.language}"><head><meta charset="UTF-8">
<title>{a.title} - {a.site}</title><link rel="canonical" href="{a.url}/">
<meta property="og:title" content="{escape(a.title)} - {a.site}"><meta property="og:site_name" content="{a.site}">
<meta property="article:published_time" content="{a.published}T08:15:00+00:00">
<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="{a.author}">{_ld(graph)}
<style>.x{{color:red}}</style></head>
<body class="post-template-default single single-post"><a class="skip-link" href="#content">Skip to content</a>
<header class="site-header"><p class="site-title"><a href="/">{a.site}</a></p>
<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul></nav></header>
<main><article class="post-7 post type-post hentry"><header class="entry-header">
<h1 class="entry-title">{a.title}</h1><div class="entry-meta"><span class="posted-on">Posted on
<time class="entry-date published" datetime="{a.published}T08:15:00+00:00">{a.day}</time></span>
<span class="byline"> by
<span class="author vcard"><a class="url fn n" href="/author/1">{a.author}</a></span></span></div>
</header><div class="entry-content">{_body(a, pull)}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a href="#">Facebook</a></li>
<li><a href="#">X</a></li></ul></div></div>
<footer class="entry-footer"><span class="cat-links">Posted in <a href="#">Crafts</a></span></footer></article>
<div id="comments" class="comments-area"><h2 class="comments-title">One thought on “{a.title}”</h2>
<ol class="comment-list"><li><div class="comment-author vcard"><b class="fn">Pat Reader</b> says:</div>
<div class="comment-content"><p>“I loved this one,” my mother told me when she had read it to the end.</p></div>
<a class="comment-reply-link" href="#">Reply</a></li></ol><h3>Leave a Reply</h3></div></main>
<aside class="sidebar"><h2>Recent Posts</h2><ul><li><a href="#">Another one entirely</a></li></ul></aside>
<footer class="site-footer">Proudly powered by WordPress</footer>
<script>var wp = "<p>never read this</p>";</script></body></html>"""


def classic_blog(a: Written) -> str:
    """A theme of ten years ago: no structured data at all, and a sidebar before the article."""
    return f"""<!DOCTYPE html><html lang="{a.language}"><head><meta charset="utf-8">
<title>{a.site} » {a.title}</title></head>
<body><div id="header"><h2><a href="/">{a.site}</a></h2></div>
<div id="sidebar"><h3>Search</h3><h3>Archives</h3><ul><li><a href="#">January 1999</a></li></ul></div>
<div id="content"><div class="post"><h1>{a.title}</h1><p class="postmeta">{a.day} by {a.author}</p>
<div class="entry">{_body(a)}</div><p class="postmetadata">Filed under: Crafts | 2 Comments</p></div></div>
<div id="footer">© {a.published.year} {a.site}. All rights reserved.</div></body></html>"""


def wix(a: Written) -> str:
    """No JSON-LD; the byline's only mark is a data-hook. Every line sits in a span."""
    paragraphs = _body(
        a, open_p='<p class="yKK0a bCMSC"><span class="_2PHJq">', close_p="</span></p><p><br></p>"
    )
    return f"""<!DOCTYPE html><html lang="{a.language}"><head><meta charset="utf-8"><title>{a.title}</title>
<meta property="og:title" content="{escape(a.title)}"><meta property="og:site_name" content="{a.site}">
<meta property="og:url" content="{a.url}"></head><body class="responsive"><div id="SITE_CONTAINER">
<span id="SCROLL_TO_TOP" tabindex="-1">top of page</span>
<header id="SITE_HEADER"><div><a href="/">Log In</a></div></header><main><div class="blog-page">
<div data-hook="post-categories"><a href="/blog">All Posts</a></div>
<article data-hook="post"><div class="post-header"><ul><li><span data-hook="profile-link">
<span class="avatar-image">Writer's picture</span><span data-hook="user-name" title="{a.author}">{a.author}</span>
</span></li>
<li><span data-hook="time-ago" class="post-metadata__date time-ago" title="{a.day}">{a.day}</span></li>
<li><span data-hook="time-to-read">4 min read</span></li></ul></div>
<h1 class="UZa2Xr" data-hook="post-title"><span class="post-title__text blog-post-title-font">{a.title}</span></h1>
<div data-hook="post-description"><div class="fTEXDR">{paragraphs}</div></div>
<div data-hook="post-footer"><button>2 likes</button></div></article>
<div data-hook="recent-posts"><p>Recent Posts</p><a href="/blog">See All</a><div>Another one entirely</div></div>
<div data-hook="comments"><h2>Comments</h2><p>Write a comment...</p></div></div></main>
<span id="SCROLL_TO_BOTTOM" tabindex="-1">bottom of page</span></div></body></html>"""


def ghost(a: Written) -> str:
    ld = {
        "@context": "https://schema.org",
        "@type": "Article",
        "publisher": {"@type": "Organization", "name": a.site},
        "author": {"@type": "Person", "name": a.author, "url": f"https://{a.host}/author/x/"},
        "headline": a.title,
        "url": a.url,
        "datePublished": f"{a.published}T06:00:00.000Z",
    }
    pull = f'<blockquote class="kg-blockquote-alt">{a.pull}</blockquote>'
    return f"""<!DOCTYPE html><html lang="{a.language}"><head><meta charset="utf-8"><title>{a.title}</title>
<link rel="canonical" href="{a.url}/"><meta property="og:site_name" content="{a.site}">
<meta property="og:title" content="{escape(a.title)}">{_ld(ld)}</head>
<body class="post-template"><div class="gh-viewport"><header class="gh-navigation"><a href="/">{a.site}</a>
<a href="#/portal/signin">Sign in</a><a href="#/portal/signup">Subscribe</a></header>
<main class="gh-main"><article class="gh-article post"><header class="gh-article-header">
<span class="gh-article-tag">Crafts</span><h1 class="gh-article-title is-title">{a.title}</h1>
<div class="gh-article-meta"><div class="gh-article-author-image"><img src="x.jpg" alt="{a.author}"></div>
<h4 class="gh-article-author-name"><a href="/author/x/">{a.author}</a></h4>
<time class="gh-article-meta-date" datetime="{a.published}">{a.day}</time><span>— 4 min read</span></div></header>
<section class="gh-content is-body">{_body(a, pull)}</section></article>
<section class="gh-comments"><h2>Member discussion</h2></section></main>
<footer class="gh-footer"><h2>Sign up for more like this.</h2><a href="#">Subscribe</a>
<p>Powered by <a href="#">Ghost</a></p></footer></div></body></html>"""


def substack(a: Written) -> str:
    ld = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": a.title,
        "datePublished": f"{a.published}T07:01:11+00:00",
        "isAccessibleForFree": True,
        "author": [{"@type": "Person", "name": a.author}],
        "publisher": {"@type": "Organization", "name": a.site},
    }
    pull = f'<div class="pullquote"><p>{a.pull}</p></div>'
    widget = (
        f'<div class="subscription-widget-wrap"><p class="cta-caption">Thanks for reading {a.site}! '
        'Subscribe for free to receive new posts.</p><a class="button" href="#">Subscribe</a></div>'
    )
    return f"""<!DOCTYPE html><html lang="{a.language}"><head><meta charset="utf-8">
<title>{a.title} - by {a.author} - {a.site}</title><link rel="canonical" href="{a.url}">
<meta property="og:title" content="{escape(a.title)}"><meta name="author" content="{a.author}">{_ld(ld)}</head>
<body><div id="entry"><div class="topbar"><a href="/">{a.site}</a><a href="/subscribe">Subscribe</a>
<a href="/signin">Sign in</a></div><div class="single-post"><article class="typography newsletter-post post">
<div class="post-header"><h1 dir="auto" class="post-title published">{a.title}</h1>
<div class="byline-wrapper"><a href="/@x">{a.author}</a><div class="pencraft">{a.published:%b %d, %Y}</div></div>
<div class="post-ufi"><a>12</a><a>3</a><a>Share</a></div></div>
<div class="available-content"><div class="body markup">{_body(a, pull)}{widget}</div></div></article>
<div class="comments-section"><h4>Discussion about this post</h4><div class="comment"><a>Pat Reader</a>
<p>“I loved this one,” my mother told me when she had read it to the end.</p><a>Reply</a></div></div></div>
<div class="footer">© {a.published.year} {a.author} · Privacy ∙ Terms</div></div></body></html>"""


def squarespace(a: Written) -> str:
    """Microdata, the outlet after a dash, and an attribution under the lifted passage."""
    pull = (
        f'<figure class="block-animation-none"><blockquote class="sqs-quote"><span>“</span>{a.pull}<span>”</span>'
        f'</blockquote><figcaption class="source">— {a.speaker}</figcaption></figure>'
    )
    paragraphs = _body(
        a, f'</div>{pull}<div class="sqs-html-content">', open_p='<p class="" style="white-space:pre-wrap;">'
    )
    return f"""<!doctype html><html lang="{a.language}"><head><meta charset="utf-8">
<title>{a.title} — {a.site}</title>
<link rel="canonical" href="{a.url}"><meta property="og:site_name" content="{a.site}">
<meta property="og:title" content="{escape(a.title)} — {a.site}"><meta itemprop="author" content="{a.author}">
<meta itemprop="datePublished" content="{a.published}T10:00:00+0100"></head>
<body><header id="header"><a href="/">{a.site}</a><a href="/cart">Cart</a></header>
<main id="page"><article class="entry h-entry">
<div class="blog-item-title"><h1 class="entry-title" itemprop="headline">{a.title}</h1></div>
<div class="blog-item-author-date-wrapper"><time class="dt-published" datetime="{a.day}">
{a.published:%b} {a.published.day}</time>
<span class="blog-item-author-name">Written By <a class="p-author" href="#">{a.author}</a></span></div>
<div class="sqs-layout"><div class="sqs-html-content">
{paragraphs}</div></div>
<div class="item-pagination"><a href="#">Previous<h2>Another one entirely</h2></a></div></article></main>
</body></html>"""


def medium(a: Written) -> str:
    return f"""<!doctype html><html lang="{a.language}"><head>
<title data-rh="true">{a.title} | by {a.author} | {a.site} | {a.published:%b, %Y} | Medium</title>
<meta data-rh="true" property="og:site_name" content="Medium">
<meta data-rh="true" property="og:title" content="{escape(a.title)}">
<meta data-rh="true" property="article:published_time" content="{a.published}T11:22:33.444Z">
<meta data-rh="true" name="author" content="{a.author}"><link data-rh="true" rel="canonical" href="{a.url}"></head>
<body><div id="root"><div class="a b c"><div><a href="#">Open in app</a><a href="#">Sign up</a>
<a href="#">Sign in</a></div><article><div><section><div>
<h1 class="pw-post-title" data-testid="storyTitle">{a.title}</h1>
<div class="speechify-ignore"><a data-testid="authorName" href="#">{a.author}</a> · <button>Follow</button>
<span data-testid="storyReadTime">4 min read</span> · <span data-testid="storyPublishDate">{a.day}</span></div>
<div><button>Listen</button><button>Share</button></div>
{_body(a, open_p='<p class="pw-post-body-paragraph">')}</div></section></div></article>
<div><h2>Written by {a.author}</h2><span>1.2K followers</span></div></div></div></body></html>"""


def plain(a: Written) -> str:
    """Somebody's own page: no class anywhere, one line that says who and when."""
    return f"""<html lang="{a.language}"><head><meta charset="utf-8"><title>{a.title}</title></head><body>
<h1>{a.title}</h1>
<p><i>By {a.author}, {a.published.day} {a.published:%B %Y}</i></p>
{_body(a)}
<hr><p><a href="/">Home</a></p></body></html>"""


def unclosed(a: Written) -> str:
    """Paragraphs that never end, names in capitals, and a declared encoding that is not UTF-8."""
    return f"""<HTML LANG="{a.language}"><HEAD>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1252">
<TITLE>{a.title} | {a.site}</TITLE><META NAME="author" CONTENT="{a.author.upper()}">
<META NAME="date" CONTENT="{a.published}"></HEAD><BODY>
<H1>{a.title}</H1>
{_body(a, open_p="<P>", close_p="")}
<P><A HREF="/">Home</A></BODY></HTML>"""


STYLES: tuple[Callable[[Written], str], ...] = (
    wordpress,
    classic_blog,
    wix,
    ghost,
    substack,
    squarespace,
    medium,
    plain,
    unclosed,
)


_LINES = frozenset(
    """article aside blockquote br button div figcaption figure footer h1 h2 h3 h4 header li main nav ol p section
    table time tr ul""".split()
)


def as_pasted(source: str) -> str:
    """What a browser puts on the clipboard when the whole page is selected and copied."""
    tree = load_html(source)
    for element in tree.xpath("//head | //script | //style"):
        element.drop_tree()
    return "".join(_copied(tree))


def _copied(element: Any) -> Iterator[str]:
    gap = "\n" if element.tag in _LINES or _fills_a_box(element) else ""
    yield gap + " ".join((element.text or "").split("\n"))
    for child in element:
        yield from _copied(child)
        yield " ".join((child.tail or "").split("\n"))
    yield gap


def _fills_a_box(element: Any) -> bool:
    """Links and spans that stand among nothing but each other are laid out as boxes, and copied as lines."""
    around = element.getparent()
    texts = [] if around is None else [around.text, *(child.tail for child in around)]
    return element.tag in {"a", "span"} and not any((text or "").strip() for text in texts)
