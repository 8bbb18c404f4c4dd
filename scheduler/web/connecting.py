"""Connecting a channel, and changing what it knows: the form is made from the kind's own Config."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import Response

from scheduler.bootstrap import Pullquote
from scheduler.channels import adapter
from scheduler.domain.calendar import parse_slots
from scheduler.domain.errors import PullquoteError
from scheduler.services import connect, form
from scheduler.services.accounts import Visitor
from scheduler.store import workspaces
from scheduler.store.tables import ChannelRow
from scheduler.web._page import Pages, done, sentence
from scheduler.web.channels import own_channel
from scheduler.web.fields import Id
from scheduler.web.visitors import Editor, Reader, Typed

PREFIX = "field-"  # of the kind's own, so that none of them is taken for one of ours


def routes(pages: Pages) -> APIRouter:
    router = APIRouter(prefix="/channels")
    app = pages.app

    @router.get("/new/{kind}")
    def ask(request: Request, who: Reader, kind: str) -> Response:
        return _ask(pages, request, who, kind, {})

    @router.post("/new/{kind}")
    def add(request: Request, who: Editor, kind: str, typed: Typed) -> Response:
        try:
            row = _add(app, who, kind, typed)
        except PullquoteError as error:
            return _ask(pages, request, who, kind, typed, sentence(error))
        return done(f"/channels/{row.id}", f"{row.name} is connected. {_tried(app, row)}")

    @router.get("/{channel_id}/settings")
    def show(request: Request, who: Reader, channel_id: Id) -> Response:
        return _settings(pages, request, who, channel_id)

    @router.post("/{channel_id}/settings")
    def change(request: Request, who: Editor, channel_id: Id, typed: Typed) -> Response:
        try:
            with app.writing() as session:
                row = own_channel(session, channel_id, who)
                connect.reconfigure(session, row, form.values(row.kind, _own(typed)), app.vault)
        except PullquoteError as error:
            return _settings(pages, request, who, channel_id, sentence(error))
        return done(f"/channels/{channel_id}", f"Its settings are changed. {_tried(app, row)}")

    return router


def _own(typed: Mapping[str, str]) -> dict[str, str]:
    """The kind's own fields that were filled in. What was left empty stays as it is."""
    return {
        name.removeprefix(PREFIX): value.strip()
        for name, value in typed.items()
        if name.startswith(PREFIX) and value.strip()
    }


def _add(app: Pullquote, who: Visitor, kind: str, typed: Mapping[str, str]) -> ChannelRow:
    own = _own(typed)
    if lacking := form.missing(kind, own):
        raise PullquoteError(f"Fill in {', '.join(field.name.replace('_', ' ') for field in lacking)}.")
    with app.writing() as session:
        row = connect.add_channel(
            session,
            who.workspace_id,
            kind=kind,
            name=typed.get("name", "").strip() or adapter(kind).label,
            zone_name=typed.get("zone", ""),
            values=form.values(kind, own),
            vault=app.vault,
            now=app.clock(),
        )
        if slots := typed.get("slots", "").strip():
            connect.set_slots(session, row, parse_slots(slots))
    return row


def _tried(app: Pullquote, row: ChannelRow) -> str:
    """Whether it works: asked at once, posting nothing. That it does not is no reason to forget what was typed."""
    try:
        said = connect.check(row, engine=app.engine, transport=app.transport, vault=app.vault)
    except PullquoteError as error:
        return f"It does not work yet: {sentence(error)}."
    return f"We are {said}." if adapter(row.kind).has("check") else said


def _ask(
    pages: Pages, request: Request, who: Visitor, kind: str, typed: Mapping[str, str], error: str = ""
) -> Response:
    cls = adapter(kind)
    with pages.app.reading() as session:
        zone_name = workspaces.get(session, who.workspace_id).zone
    return pages.show(
        request,
        who,
        "connect",
        status=422 if error else 200,
        kind=cls,
        fields=form.fields(kind),
        typed={"name": cls.label, "zone": zone_name, "slots": "mon-fri 09:00 12:30"} | dict(typed),
        prefix=PREFIX,
        error=error,
    )


def _settings(pages: Pages, request: Request, who: Visitor, channel_id: int, error: str = "") -> Response:
    with pages.app.reading() as session:
        row = own_channel(session, channel_id, who)
    return pages.show(
        request,
        who,
        "settings",
        status=422 if error else 200,
        row=row,
        kind=adapter(row.kind),
        fields=form.fields(row.kind),
        prefix=PREFIX,
        error=error,
    )
