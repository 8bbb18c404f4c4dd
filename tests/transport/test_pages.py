import gzip

import pytest

from scheduler.domain.addresses import networks
from scheduler.domain.article import MAX_SOURCE
from scheduler.domain.errors import PullquoteError
from scheduler.transport import PageFetcher
from tests.servers import Answer, serving, unused_port


@pytest.fixture
def fetcher():
    made = PageFetcher(allowed=networks(["127.0.0.0/8"]))
    yield made
    made.close()


def page(body=b"<p>Hello</p>", status=200, **headers):
    return Answer(status, body, {"Content-Type": "text/html; charset=utf-8", **headers})


def test_reads_a_page(fetcher):
    with serving(lambda _: page()) as server:
        got = fetcher.fetch(f"{server.url}/a")
    assert (got.status, got.type, got.body) == (200, "text/html; charset=utf-8", b"<p>Hello</p>")


def test_follows_redirects_and_says_where_it_ended(fetcher):
    def answer(got):
        return page() if got.path == "/b" else page(status=302, Location="/b")

    with serving(answer) as server:
        assert fetcher.fetch(f"{server.url}/a").url == f"{server.url}/b"


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/",
        "file:///etc/passwd",
        "http://u:p@127.0.0.1/",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://xn--/",
        "http://[::1",
    ],
)
def test_a_redirect_leads_nowhere_it_may_not(fetcher, target):
    with serving(lambda _: page(status=302, Location=target)) as server, pytest.raises(PullquoteError):
        fetcher.fetch(server.url)


def test_a_circle_of_redirects_ends(fetcher):
    with serving(lambda _: page(status=302, Location="/")) as server:
        with pytest.raises(PullquoteError, match="redirects too often"):
            fetcher.fetch(server.url)
        assert len(server.got) == 6


def test_a_page_that_is_too_long_is_cut_one_byte_behind_the_limit(fetcher):
    with serving(lambda _: page(b"x" * (MAX_SOURCE + 5000))) as server:
        assert len(fetcher.fetch(server.url).body) == MAX_SOURCE + 1


def test_a_gzip_bomb_unpacks_to_no_more(fetcher):
    bomb = gzip.compress(b"\0" * 50_000_000)
    with serving(lambda _: page(bomb, **{"Content-Encoding": "gzip"})) as server:
        assert len(fetcher.fetch(server.url).body) == MAX_SOURCE + 1


def test_gzip_is_unpacked_and_what_we_did_not_ask_for_is_refused(fetcher):
    with serving(lambda _: page(gzip.compress(b"Hello"), **{"Content-Encoding": "gzip"})) as server:
        assert fetcher.fetch(server.url).body == b"Hello"
    odd = page(b"?", **{"Content-Encoding": "br"})
    with serving(lambda _: odd) as server, pytest.raises(PullquoteError, match="br"):
        fetcher.fetch(server.url)


@pytest.mark.parametrize("body", [b"<p>Hello</p>", gzip.compress(b"Hello" * 99, mtime=0)[:-9]])
def test_what_is_compressed_wrongly_is_refused_not_read_in_part(fetcher, body):
    wrong = page(body, **{"Content-Encoding": "gzip"})
    with serving(lambda _: wrong) as server, pytest.raises(PullquoteError, match="could not be read"):
        fetcher.fetch(server.url)


def test_an_answer_without_a_body_is_judged_by_its_status(fetcher):
    with serving(lambda _: page(b"", 404, **{"Content-Encoding": "gzip"})) as server:
        assert fetcher.fetch(server.url).status == 404


@pytest.mark.parametrize(
    "url", ["ledger.example/a", "ftp://ledger.example/", "https://", "javascript:alert(1)", "https://xn--/"]
)
def test_what_is_no_web_address_is_refused(fetcher, url):
    with pytest.raises(PullquoteError, match="https://"):
        fetcher.fetch(url)


def test_a_private_address_is_refused_with_what_to_do():
    guarded = PageFetcher()
    with pytest.raises(PullquoteError, match="paste the text"):
        guarded.fetch("http://127.0.0.1/")
    guarded.close()


def test_a_server_that_is_not_there_is_named(fetcher):
    with pytest.raises(PullquoteError, match="could not be reached"):
        fetcher.fetch(f"http://127.0.0.1:{unused_port()}/")
