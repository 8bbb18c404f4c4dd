"""Somebody's card template, filled in and drawn by another process, which has no files, no network and little memory.

It is started when it is first needed. One that takes too long, or dies, takes no card but its own with it.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import weakref
from collections.abc import Callable, Mapping
from threading import Lock, Timer
from typing import IO, Any

from PIL import Image

from scheduler.domain.errors import PullquoteError
from scheduler.render.card_hands import Files, Hands

SECONDS = 10.0  # for one drawing; ours take a twentieth of one
_PASSED_ON = (
    "PATH",
    "PYTHONHOME",
    "PYTHONPATH",
    "SYSTEMROOT",
    "LD_LIBRARY_PATH",
)  # and so none of our secrets
TOO_MUCH = "it needs too much memory to draw: make it simpler"
_LENGTH = 8  # bytes before each message
_SIZE = struct.Struct(">II")  # pixels across and down, before those of a drawing
_MOST = 200_000_000  # bytes of a message: the pixels of the largest card, and more


class Worker:
    """A process that draws one drawing at a time, for any thread."""

    def __init__(self, seconds: float = SECONDS):
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()
        self._stop: Callable[[], object] = lambda: None

    def hands(self) -> Hands:
        return Hands(self.fill, self.rasterise)

    def fill(self, files: Files, path: str, values: Mapping[str, Any]) -> str:
        try:
            return self._ask({"files": files, "path": path, "values": values}).decode()
        except ValueError as wrong:
            raise PullquoteError(f"The template {path}: {wrong}") from wrong

    def rasterise(self, svg: str) -> Image.Image:
        return unpacked(self._ask({"svg": svg}))

    def close(self) -> None:
        with self._lock:
            self._end()

    def _ask(self, request: Mapping[str, Any]) -> bytes:
        with self._lock:
            process = self._running()
            late = Timer(self._seconds, process.kill)
            late.start()
            try:
                status, answer = _exchange(process, json.dumps(request).encode())
            except (OSError, EOFError):
                gone = _why(late, self._seconds)
                self._end()
                raise ValueError(gone) from None
            finally:
                late.cancel()
        if status == b"!":
            raise PullquoteError(answer.decode())
        if status == b"?":
            raise ValueError(answer.decode())
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = _started()
            self._stop = weakref.finalize(self, _stopped, self._process)
        return self._process

    def _end(self) -> None:
        self._stop()
        self._process = None


def _started() -> subprocess.Popen[bytes]:
    environ = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "scheduler.render.card_worker_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environ,
    )


def _stopped(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def _why(late: Timer, seconds: float) -> str:
    if late.finished.is_set():
        return f"it takes more than {seconds:g} seconds to draw: make it simpler"
    return TOO_MUCH


def _exchange(process: subprocess.Popen[bytes], request: bytes) -> tuple[bytes, bytes]:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    send(process.stdin, request)
    answer = receive(process.stdout)
    return answer[:1], answer[1:]


def packed(image: Image.Image) -> bytes:
    return _SIZE.pack(*image.size) + image.tobytes()


def unpacked(answer: bytes) -> Image.Image:
    return Image.frombytes("RGBA", _SIZE.unpack_from(answer), answer[_SIZE.size :])


def send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(len(message).to_bytes(_LENGTH, "big"))
    pipe.write(message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """EOFError where the other side is gone."""
    size = int.from_bytes(_read(pipe, _LENGTH), "big")
    if size > _MOST:
        raise EOFError
    return _read(pipe, size)


def _read(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data
