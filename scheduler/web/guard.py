"""What holds for every page: a small body, a form that is ours, and headers that leave a browser nothing to guess."""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 64 * 1024  # bytes; our forms have a few fields
UPLOADS = {  # path -> bytes: what is read there at the most, and the form around it
    "/articles": 5 * 1024 * 1024,
    "/brand/pictures": 26 * 1024 * 1024,
    "/brand/fonts": 9 * 1024 * 1024,
    "/photo": 26 * 1024 * 1024,  # of a piece
    "/text": 512 * 1024,  # of a piece: a thread of fifty parts
    "/draft": 512 * 1024,
    "/parts": 512 * 1024,
    "/send": 512 * 1024,
}
_PIECE = re.compile(r"\A/pieces/[0-9]+(?=/)")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FOR_OTHERS = ("/u/",)  # what mail programs post to; it asks for no cookie


class Guard:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if _is_forged(scope):
            refusal = PlainTextResponse("This form was sent from another site: nothing was done.", 403)
            await refusal(scope, receive, with_headers)
            return
        await self._app(scope, _capped(receive, _most(scope["path"])), with_headers)


def _is_forged(scope: Scope) -> bool:
    """Whether a request that changes something may come from another site's page.

    Browsers say where a request comes from; what says nothing is no browser, and brings no cookie along.
    """
    if scope["method"] in SAFE or scope["path"].startswith(FOR_OTHERS):
        return False
    headers = Headers(scope=scope)
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site not in {"same-origin", "none"}
    return origin is not None and origin.partition("://")[2] != headers.get("host")


def _most(path: str) -> int:
    return UPLOADS.get(_PIECE.sub("", path, count=1), MAX_BODY)


def _capped(receive: Receive, most: int) -> Receive:
    """Counted as it arrives: a Content-Length may be absent, or wrong."""
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            raise HTTPException(413, "The request is too large.")
        return message

    return counted
