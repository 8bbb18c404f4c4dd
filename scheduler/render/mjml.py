"""MJML to HTML, once for an issue: checked before, because mrml drops what it does not know and crashes the
process on deep nesting; finished after, because it writes one long line and knows no safe preheader."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import mrml

from scheduler.domain.errors import PullquoteError
from scheduler.domain.message import TOKEN

MAX_BYTES = 512 * 1024  # of the source
MAX_DEPTH = 256  # of its tags; mrml 0.2.4 ends the process somewhere between 7,000 and 9,000
MAX_LINE = 998  # bytes of a line of a mail, RFC 5322

#: What mrml renders, without what runs or loads something, and without mj-preview, whose hiding of its text
#: costs 2.7 points with SpamAssassin: our own div costs none.
MJ_TAGS = frozenset(
    """
    mjml mj-head mj-title mj-attributes mj-all mj-class mj-breakpoint mj-style mj-body mj-wrapper mj-section
    mj-group mj-column mj-text mj-button mj-image mj-divider mj-spacer mj-table mj-raw
    """.split()
)
REFUSED_TAGS = frozenset(
    "script style link base iframe frame object embed applet form input button select textarea svg math".split()
)
VOID_TAGS = frozenset("br hr img meta wbr col".split())
ADDRESSES = frozenset({"href", "src", "action", "background", "background-url"})
SCHEMES = ("https://", "http://", "mailto:")

_BLOCK_END = re.compile(r"(</(?:table|tbody|tr|td|div|p|h[1-6]|ul|ol|li|blockquote)>|<!\[endif\]-->)(?=\S)")
_BODY = re.compile(r"<body\b[^>]*>")
#: mrml loads Roboto, Ubuntu and others from Google wherever a stack names them, and tells it who opens the mail.
_NO_WEB_FONTS = mrml.RenderOptions(fonts={})
_INVISIBLE = re.compile("[\x00-\x20\x7f-\x9f]")
#: Pushes the first words of the mail out of the inbox's preview, behind the preheader.
_PADDING = ("&#847;&zwnj;&nbsp;" * 10 + "\n") * 6


def to_html(source: str, preheader: str) -> str:
    """The HTML of a mail from its MJML. Merge tokens come through as they are."""
    check(source)
    try:
        rendered: str = mrml.to_html(source, None, _NO_WEB_FONTS).content
    except OSError as error:  # what mrml raises for a mistake in the source
        raise PullquoteError(
            f"The mail's template is not well-formed MJML ({error}): look for a tag that is not closed."
        ) from error
    return "\n".join(_folded(line) for line in _with_preheader(rendered, preheader).splitlines())


def check(source: str) -> None:
    """Refuse what mrml would drop in silence, crash on, or pass through to the reader's harm."""
    if len(source.encode()) > MAX_BYTES:
        raise PullquoteError(f"The mail's source is larger than {MAX_BYTES >> 10} KB: shorten the issue.")
    checker = _Checker()
    checker.feed(source)
    checker.close()


class _Checker(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._depth = 0

    def set_cdata_mode(self, elem: str, **_: object) -> None:
        """mrml sees tags in every element, so no element may hide them from us."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look_at(tag, attrs)
        self._depth += tag not in VOID_TAGS
        if self._depth > MAX_DEPTH:
            raise PullquoteError(f"The mail's tags are nested more than {MAX_DEPTH} deep: simplify it.")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look_at(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag not in VOID_TAGS

    def _look_at(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        unknown = tag.startswith("mj") and tag not in MJ_TAGS
        if unknown or tag in REFUSED_TAGS:
            raise PullquoteError(f"The mail's template uses <{tag}>, which mail cannot carry: take it out.")
        names = {name for name, _ in attrs}
        if tag in {"img", "mj-image"} and "alt" not in names:
            raise PullquoteError('An image of the mail has no alt text: add alt="…" (empty for decoration).')
        for name, value in attrs:
            if name.startswith("on"):
                raise PullquoteError(
                    f"The mail's template uses {name}, which mail cannot carry: take it out."
                )
            if name in ADDRESSES:
                _check_address(value or "")


def _check_address(value: str) -> None:
    """Only addresses that a mail program may open; a browser ignores controls in front of a scheme."""
    address = _INVISIBLE.sub("", value).casefold()
    token = TOKEN.fullmatch(value)
    if not address.startswith(SCHEMES) and not (token and token[1].endswith("_url")):
        raise PullquoteError(f"A link of the mail leads to “{value[:60]}”: it must begin with https://.")


def _with_preheader(rendered: str, preheader: str) -> str:
    """The text that an inbox shows after the subject, hidden in the mail itself."""
    hidden = (
        '<div style="max-height:0;overflow:hidden;mso-hide:all" aria-hidden="true">'
        f"{html.escape(preheader)}{_PADDING}</div>"
    )
    lines = _BLOCK_END.sub(r"\1\n", rendered.strip())
    return _BODY.sub(lambda body: f"{body[0]}\n{hidden}\n", lines, count=1)


def _folded(line: str) -> str:
    """Broken at spaces, which is whitespace to HTML, until each line fits a mail."""
    parts = []
    while len(line.encode()) > MAX_LINE:
        end = len(line.encode()[:MAX_LINE].decode(errors="ignore"))
        space = line.rfind(" ", 1, end)
        if space < 0:
            break
        parts.append(line[:space])
        line = line[space + 1 :]
    return "\n".join([*parts, line])
