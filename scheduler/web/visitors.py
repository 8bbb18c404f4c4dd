"""Who is asking: the cookie, and the token that shows that a form is one of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse, Response

from scheduler.bootstrap import Pullquote
from scheduler.domain import accounts as rules
from scheduler.domain.accounts import NotSignedIn
from scheduler.domain.errors import PullquoteError
from scheduler.services import accounts
from scheduler.services.accounts import Visitor
from scheduler.store import people

FIELD, HEADER = "form_token", "x-form-token"


class ForeignForm(PullquoteError):
    """A form that this page did not make, or made for somebody else."""


class NotAllowed(PullquoteError):
    """Somebody who may look, and not touch."""


@dataclass(frozen=True)
class Visitors:
    """The door of every page that is not for all."""

    app: Pullquote

    @property
    def _secure(self) -> bool:
        return self.app.settings.base_url.startswith("https://")

    @property
    def cookie(self) -> str:
        """`__Host-` ties a cookie to this very host; browsers take it over https only."""
        return "__Host-pullquote" if self._secure else "pullquote"

    def who(self, request: Request) -> Visitor:
        """Whoever is signed in. Raises NotSignedIn."""
        now = self.app.clock()
        with self.app.reading() as session:
            who, note = accounts.visitor(session, request.cookies.get(self.cookie, ""), now)
        if note:
            self._note(who, now)
        return who

    def form_token(self, who: Visitor) -> str:
        return self.app.vault.sign("form", who.token_digest.encode()).hex()

    def _note(self, who: Visitor, now: datetime) -> None:
        with self.app.writing() as session:
            people.used(session, who.token_digest, now)

    def let_in(self, answer: Response, token: str) -> Response:
        answer.set_cookie(
            self.cookie,
            token,
            max_age=int(rules.LIFE.total_seconds()),
            secure=self._secure,
            httponly=True,
            samesite="lax",
            path="/",
        )
        return answer

    def let_out(self, answer: Response) -> Response:
        answer.delete_cookie(self.cookie, secure=self._secure, httponly=True, samesite="lax", path="/")
        return answer


def reader(request: Request) -> Visitor:
    """Whoever is signed in."""
    visitors: Visitors = request.app.state.visitors
    return visitors.who(request)


async def sender(request: Request, who: Reader) -> Visitor:
    """Whoever is signed in and sends a form that is one of ours."""
    visitors: Visitors = request.app.state.visitors
    given = request.headers.get(HEADER) or (await request.form()).get(FIELD, "")
    if not isinstance(given, str) or not compare_digest(given, visitors.form_token(who)):
        raise ForeignForm("This page is from before you signed in: load it again.")
    return who


def editor(who: Sender) -> Visitor:
    """Whoever may change what the workspace sends."""
    if not who.may_edit:
        raise NotAllowed(f"Your role here is {who.role}: ask an editor to do that.")
    return who


async def typed(request: Request) -> dict[str, str]:
    """What was typed into a form whose fields are known only at run time."""
    fields = await request.form()
    return {name: value for name, value in fields.items() if isinstance(value, str) and name != FIELD}


Reader = Annotated[Visitor, Depends(reader)]
Sender = Annotated[Visitor, Depends(sender)]
Editor = Annotated[Visitor, Depends(editor)]
Typed = Annotated[dict[str, str], Depends(typed)]


def to_sign_in(request: Request, _error: NotSignedIn) -> Response:
    """The door, and back to where they wanted to go."""
    there = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    where = "/sign-in" if there == "/" else f"/sign-in?next={quote(there)}"
    if request.headers.get("hx-request"):  # a part of a page must not become the sign-in page
        return Response(status_code=204, headers={"HX-Redirect": where})
    return RedirectResponse(where, 303)


def inside(path: str) -> str:
    """A path of this site, or the first page: a link must not lead elsewhere after signing in."""
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and "\n" not in path
    return path if ours and path.isprintable() else "/"
