"""How every page is made: its template, who looks at it, and what was said after the last button."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from scheduler.bootstrap import Pullquote
from scheduler.domain import times
from scheduler.domain.calendar import zone
from scheduler.domain.errors import PullquoteError
from scheduler.render.environment import fill
from scheduler.services.accounts import Visitor
from scheduler.services.listing import summary
from scheduler.store import workspaces
from scheduler.web import static_files
from scheduler.web.visitors import FIELD, HEADER, Visitors

SAID = "pullquote_said"  # a cookie for one page: what the last button did
NAVIGATION = (
    ("/", "Today"),
    ("/calendar", "Calendar"),
    ("/articles", "Articles"),
    ("/queue", "Queue"),
    ("/channels", "Channels"),
    ("/brand", "Brand"),
)


@dataclass(frozen=True)
class Pages:
    app: Pullquote
    visitors: Visitors

    def show(
        self, request: Request, who: Visitor, name: str, /, *, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """The page `name` for somebody who is signed in."""
        shared = {
            "who": who,
            "static": static_files.address,
            "form_token": self.visitors.form_token(who),
            "form_field": FIELD,
            "form_header": HEADER,
            "here": request.url.path,
            "address": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            "navigation": NAVIGATION,
            "said": unquote(request.cookies.get(SAID, "")),
            **self.words(who),
        }
        answer = HTMLResponse(fill(self.app.environment, f"web/{name}.html.j2", {**shared, **values}), status)
        answer.headers["Cache-Control"] = "no-store"  # behind a door
        if SAID in request.cookies:
            answer.delete_cookie(SAID)
        return answer

    def plain(self, name: str, /, *, status: int = 200, **values: Any) -> HTMLResponse:
        """A page for whoever comes."""
        answer = HTMLResponse(
            fill(self.app.environment, f"web/{name}.html.j2", {"static": static_files.address, **values}),
            status,
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def missing(self) -> HTMLResponse:
        text = "There is no such page. It may have been removed, or the link was cut short."
        return self.plain("message", status=404, title="Nothing is here", text=text)

    def words(self, who: Visitor) -> dict[str, Any]:
        """Times in the words of the workspace's zone; a channel's own zone is named where it is another."""
        now = self.app.clock()
        with self.app.reading() as session:
            workspace = workspaces.get(session, who.workspace_id)
        home = workspace.zone

        def moment(at: datetime, where: str = home) -> str:
            local, today = at.astimezone(zone(where)), now.astimezone(zone(where)).date()
            named = f" {local:%Z}" if where != home else ""
            return f"{times.spell_day(local.date(), today)} {local:%H:%M}{named}"

        return {
            "workspace": workspace,
            "now": now,
            "moment": moment,
            "zone_name": home,
            "in_full": lambda at, where=home: times.spell_time(at, where, now),
            "clock": lambda at: f"{at.astimezone(zone(home)):%H:%M}",
            "clock_in": lambda at, where: f"{at.astimezone(zone(where)):%H:%M}",
            "zone_in_words": times.spell_zone,
            "machine": lambda at: at.isoformat(timespec="seconds"),
            "distance": lambda at: times.spell_distance(at, now),
            "summary": summary,
        }


def done(path: str, said: str = "") -> Response:
    """After a form: a page that can be loaded again without sending the form again."""
    answer = RedirectResponse(path, 303)
    if said:
        answer.set_cookie(SAID, quote(said), max_age=60, httponly=True, samesite="lax")
    return answer


def sentence(error: PullquoteError) -> str:
    """As a page says it. A file's name that comes first keeps its small letter."""
    text = str(error)
    return text[:1].upper() + text[1:] if text.partition(" ")[0].isalpha() else text
