"""What an address or a form may hold, before any page looks at it."""

from __future__ import annotations

from typing import Annotated

from fastapi import File, Form, Request, UploadFile
from pydantic import Field
from starlette.datastructures import FormData

from scheduler.domain.errors import PullquoteError

MOST = 2**31 - 1  # PostgreSQL's integer ends there; SQLite's driver raises on more than 64 bits
PAGES = 10_000

Id = Annotated[int, Field(ge=1, le=MOST)]
OrNone = Annotated[int, Field(ge=0, le=MOST)]  # zero: none
Text = Annotated[str, Form()]
Number = Annotated[int, Form(ge=1, le=MOST)]
NumberOrNone = Annotated[int, Form(ge=0, le=MOST)]
Texts = Annotated[list[str], Form(default_factory=list)]
Numbers = Annotated[list[Id], Form(default_factory=list)]
Upload = Annotated[UploadFile, File()]
UploadOrNone = Annotated[UploadFile | None, File()]


async def readable(request: Request) -> None:
    """Refuses the zero character: PostgreSQL stores none, and nobody types one."""
    values = [*request.path_params.values(), *request.query_params.values()]
    if request.method == "POST" and request.url.path[:3] != "/u/":
        values += _texts(await request.form())
    if any("\0" in value for value in values if isinstance(value, str)):
        raise PullquoteError("A zero character cannot be stored: take it out and try again.")


def _texts(form: FormData) -> list[str]:
    return [value for value in form.values() if isinstance(value, str)]


def page_number(text: str) -> int:
    """A page of a list; the first where the address names none."""
    return (
        int(text)
        if text.isascii() and text.isdecimal() and 0 < len(text) < 6 and 0 < int(text) <= PAGES
        else 1
    )
