"""The pages: what subscribers and probes reach over HTTP. Faces hold no rule; services do."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from scheduler.bootstrap import Pullquote
from scheduler.web import health, images, unsubscribe
from scheduler.web.guard import Guard

STATIC = Path(__file__).parent / "static"


def create_app(app: Pullquote) -> FastAPI:
    web = FastAPI(title="Pullquote", docs_url=None, redoc_url=None, openapi_url=None)
    web.add_middleware(Guard)
    web.include_router(unsubscribe.routes(app))
    web.include_router(images.routes(app))
    web.include_router(health.routes(app))
    web.mount("/static", StaticFiles(directory=STATIC), name="static")
    return web
