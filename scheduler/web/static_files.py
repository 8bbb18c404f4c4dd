"""The files of the pages: compressed, and kept by browsers for as long as their content is what it was."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from starlette.datastructures import MutableHeaders, QueryParams
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOLDER = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"
SMALLEST = 500  # bytes: below, compressing costs more than it saves


def address(name: str) -> str:
    """Where a page finds the file: another content has another address."""
    return f"/static/{name}?v={_mark(name)}"


@cache
def _mark(name: str) -> str:
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:12]


def serve() -> ASGIApp:
    """Only these are compressed: a page holds a token, and the length of what is compressed would tell of it."""
    return GZipMiddleware(_kept(StaticFiles(directory=FOLDER)), minimum_size=SMALLEST)


def _kept(files: ASGIApp) -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        marked = "v" in QueryParams(scope.get("query_string", b""))

        async def with_age(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in {200, 304}:
                MutableHeaders(scope=message)["Cache-Control"] = FOR_EVER if marked else "no-cache"
            await send(message)

        await files(scope, receive, with_age)

    return answer
