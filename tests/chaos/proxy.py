"""A bad network between the daemon and the receiver: it drops, delays, resets, and answers for the other side.

What it does to a request it decides by the request's number and its seed, so that a run can be told again.
"""

from __future__ import annotations

import http.client
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from urllib.parse import urlsplit

from tests.servers import Answer, Got, Server, serving

#: What becomes of a request -> how likely it is. "first" means before the receiver saw the request, "then" after.
WEATHER = {
    "good": 60,
    "drop first": 5,
    "drop then": 8,  # it arrived; the answer is lost
    "half then": 4,  # the answer breaks off
    "reset first": 3,
    "reset then": 5,
    "error first": 3,  # 500; nobody but the proxy saw it
    "error then": 5,  # 500, and it was published all the same
    "late then": 4,  # it arrives when its sender may be dead
}
FAIR = {"good": 1}
LATE = 0.25  # seconds


class Proxy:
    def __init__(self, upstream: str, seed: str, weather: dict[str, int]):
        self.did: Counter[str] = Counter()
        self._upstream = urlsplit(upstream).netloc
        self._chance = Random(seed)
        self._weather = weather
        self._lock = threading.Lock()
        self._busy = 0
        self._calm = threading.Condition(self._lock)

    def __call__(self, got: Got) -> Answer:
        with self._lock:
            self._busy += 1
            ways = list(self._weather)
            way = self._chance.choices(ways, [self._weather[name] for name in ways])[0]
            self.did[way] += 1
        try:
            return self._deal(way, got)
        finally:
            with self._lock:
                self._busy -= 1
                self._calm.notify_all()

    def _deal(self, way: str, got: Got) -> Answer:
        what, _, when = way.partition(" ")
        if what == "late":
            threading.Event().wait(LATE)
        answer = Answer() if when == "first" else self._forward(got)
        match what:
            case "error":
                return Answer(500, b'{"error": "no"}')
            case "drop" | "half" | "reset":
                answer.misbehave = what
        return answer

    def _forward(self, got: Got) -> Answer:
        connection = http.client.HTTPConnection(self._upstream, timeout=10)
        headers = {name: value for name, value in got.headers.items() if name not in {"host", "connection"}}
        try:
            connection.request(got.method, got.path, got.body, headers)
            reply = connection.getresponse()
            return Answer(reply.status, reply.read(), {"Content-Type": "application/json"})
        finally:
            connection.close()

    def settle(self) -> None:
        """Until nothing is on its way any more."""
        with self._calm:
            assert self._calm.wait_for(lambda: self._busy == 0, 10)

    def clear_up(self) -> None:
        with self._lock:
            self._weather = FAIR


@contextmanager
def proxied(server: Server, seed: str, weather: dict[str, int] | None = None) -> Iterator[tuple[Proxy, str]]:
    """A proxy before `server`, and its address."""
    proxy = Proxy(server.url, seed, WEATHER if weather is None else weather)
    with serving(proxy) as front:
        yield proxy, front.url
