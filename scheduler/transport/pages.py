"""Fetches pages: a public address, a bounded number of redirects, bytes and seconds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

import httpx

from scheduler.domain.addresses import Network
from scheduler.domain.article import MAX_SOURCE
from scheduler.domain.errors import PullquoteError
from scheduler.sources.url import Page
from scheduler.transport.guard import Blocked, GuardedTransport, Resolver, deadline, resolve

MAX_REDIRECTS = 5
SECONDS = 20.0  # for everything, redirects included
ACCEPT = "text/html,application/xhtml+xml,text/markdown;q=0.9,text/plain;q=0.9,*/*;q=0.1"


class PageFetcher:
    """`fetch` is given to `services.ingest`; tests give another function."""

    def __init__(self, *, allowed: Sequence[Network] = (), resolver: Resolver = resolve):
        self._client = httpx.Client(
            transport=GuardedTransport(allowed=allowed, resolver=resolver),
            headers={"User-Agent": "Pullquote/0.1", "Accept": ACCEPT, "Accept-Encoding": "gzip"},
            timeout=10.0,
            trust_env=False,
        )

    def close(self) -> None:
        self._client.close()

    def fetch(self, url: str) -> Page:
        """The page at `url`, whatever its status. Raises PullquoteError where there is no answer to judge."""
        try:
            with deadline(SECONDS):
                return self._follow(_web_address(url))
        except httpx.HTTPError as error:
            if isinstance(error.__cause__, Blocked):
                raise PullquoteError(
                    f"{url} is not a public address: paste the text, or allow its network in the settings."
                ) from error
            raise PullquoteError(
                f"{url} could not be read ({_why(error)}): check the address, or paste the text."
            ) from error
        except (httpx.InvalidURL, UnicodeError) as error:  # of where it redirects to
            raise PullquoteError(
                f"{url} leads to an address that is none: open it in a browser and paste the text."
            ) from error

    def _follow(self, url: httpx.URL) -> Page:
        for _ in range(MAX_REDIRECTS + 1):
            with self._client.stream("GET", url) as response:
                self._client.cookies.clear()
                if not response.has_redirect_location:
                    kind = response.headers.get("content-type", "")
                    return Page(str(url), response.status_code, kind, _body(response))
                url = _web_address(str(url.join(response.headers["location"])))
        raise PullquoteError(f"{url} redirects too often: open it in a browser and paste the last address.")


def _web_address(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
        named = parsed.host  # decodes it: "xn--" is found out only here
    except (httpx.InvalidURL, UnicodeError) as error:
        raise PullquoteError(f"{url!r} is not a web address: it should begin with https://.") from error
    if parsed.scheme not in {"http", "https"} or not named or parsed.userinfo:
        raise PullquoteError(f"{url!r} is not a web address: it should begin with https://.")
    return parsed


def _body(response: httpx.Response) -> bytes:
    """The body, at most one byte more than an article may have: enough to see that it is too long."""
    most = MAX_SOURCE + 1
    chunks = _unpacked(
        response.headers.get("content-encoding", "").strip().lower(), response.iter_raw(), most
    )
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) >= most:
            break
    return bytes(body[:most])


def _unpacked(encoding: str, chunks: Iterator[bytes], most: int) -> Iterator[bytes]:
    match encoding:
        case "" | "identity":
            return chunks
        case "gzip" | "x-gzip":
            return _unzipped(chunks, most)
    raise httpx.DecodingError(f"its compression, {encoding}, is not one we asked for")


def _unzipped(chunks: Iterator[bytes], most: int) -> Iterator[bytes]:
    """A gzip bomb unpacks to no more than `most` bytes from each chunk; one that breaks off is no article."""
    unzip, started = zlib.decompressobj(wbits=31), False
    try:
        for chunk in chunks:
            started = True
            yield unzip.decompress(unzip.unconsumed_tail + chunk, most)
    except zlib.error as error:
        raise httpx.DecodingError("it is not compressed as it says") from error
    if started and not unzip.eof:
        raise httpx.DecodingError("it breaks off in its middle")


def _why(error: httpx.HTTPError) -> str:
    match error:
        case httpx.ConnectTimeout() | httpx.ReadTimeout() | httpx.PoolTimeout():
            return "it took too long"
        case httpx.ConnectError():
            return "the server could not be reached"
        case _:
            return str(error) or type(error).__name__
