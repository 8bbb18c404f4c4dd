import httpx
import pytest

from scheduler.domain.addresses import may_call, networks
from scheduler.transport.guard import Blocked, GuardedTransport, deadline
from tests.servers import Answer, serving

LOOPBACK = networks(["127.0.0.0/8"])


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.8.8.8",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.192",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.9",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "3fff::1",
        "5f00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fc00::1",
        "fe80::1%eth0",
        "ff02::1",
    ],
)
def test_what_is_not_public_may_not_be_called(address):
    assert not may_call(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111"])
def test_what_is_public_may(address):
    assert may_call(address)


def test_an_installation_may_allow_its_own_network():
    assert may_call("127.0.0.1", LOOPBACK)
    assert may_call("::ffff:127.0.0.1", LOOPBACK)
    assert not may_call("10.0.0.1", LOOPBACK)


def client(resolver, allowed=()):
    return httpx.Client(transport=GuardedTransport(allowed=allowed, resolver=resolver))


def test_one_private_answer_among_public_ones_blocks_the_name():
    with (
        client(lambda _host, _port: ["1.1.1.1", "127.0.0.1"]) as http,
        pytest.raises(httpx.ConnectError) as error,
    ):
        http.get("http://rebind.example/")
    assert isinstance(error.value.__cause__, Blocked)


def test_the_name_is_resolved_once_and_the_address_dialled():
    asked = []

    def resolver(host, _port):
        asked.append(host)
        return ["127.0.0.1"]

    with serving() as server, client(resolver, LOOPBACK) as http:
        port = server.url.rsplit(":", 1)[1]
        http.get(f"http://news.example:{port}/")
        assert server.got[0].headers["host"] == f"news.example:{port}"
    assert asked == ["news.example"]


def test_a_slow_drip_ends_at_the_deadline():
    with (
        serving(lambda _: Answer(misbehave="hang")) as server,
        client(lambda *_: ["127.0.0.1"], LOOPBACK) as http,
    ):
        with deadline(0.2), pytest.raises(httpx.ReadTimeout):
            http.get(server.url, timeout=60)
        server.released.set()
