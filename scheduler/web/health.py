"""GET /health: whether somebody has to look. 200 while all is well, 503 when not."""

from __future__ import annotations

import logging

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from scheduler.bootstrap import Pullquote
from scheduler.services import health

log = logging.getLogger(__name__)


def routes(app: Pullquote) -> APIRouter:
    router = APIRouter()

    @router.get("/health")
    def look() -> JSONResponse:
        try:
            with app.reading() as session:
                found = health.look(session, app.clock())
        except SQLAlchemyError as error:
            log.error("The database does not answer: %s", error)
            return JSONResponse({"healthy": False, "problems": ["the database does not answer"]}, 503)
        body = {
            "healthy": not found.problems,
            "problems": found.problems,
            "daemons": [{"seconds_since_beat": round(age, 1)} for age in found.beats],
            "overdue": found.overdue,
        }
        return JSONResponse(body, 503 if found.problems else 200, {"Cache-Control": "no-store"})

    return router
