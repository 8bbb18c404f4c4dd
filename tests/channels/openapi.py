"""Holds calls against the services' own descriptions of their APIs, where those are at hand."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from typing import Any

import httpx
import yaml
from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest

from scheduler.channels import Call
from tests.conftest import shared

HOST = "https://api.example"


def contract(name: str, change: Callable[[Any], None] = lambda _spec: None) -> Callable[[Call, str], None]:
    """A function that raises where a call is not as `specs/<name>` wants it. `change` mends the description."""
    text = shared(f"specs/{name}").read_text()
    spec = json.loads(text) if name.endswith(".json") else yaml.safe_load(text)
    spec["servers"] = [{"url": HOST}]
    change(spec)
    api = OpenAPI.from_dict(spec, config=Config(spec_validator_cls=None))  # the descriptions have flaws

    def check(call: Call, base: str) -> None:
        """`base` is the part of the address that the description calls its server."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Unsupported scheme type")  # OAuth 2: it looks at the body only
            api.validate_request(_request(call, base))

    return check


def _request(call: Call, base: str) -> MockRequest:
    request = httpx.Request(
        call.method,
        HOST,
        json=call.json,
        data=dict(call.form) if call.form else None,
        files=dict(call.files) if call.files else None,
        content=call.content,
    )
    assert call.url.startswith(base)
    return MockRequest(
        HOST,
        call.method.lower(),
        call.url.removeprefix(base),
        args=dict(call.params),
        headers=dict(call.headers),
        data=request.read(),
        content_type=request.headers.get("content-type", "application/json"),
    )
