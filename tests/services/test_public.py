from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler.services import public
from tests import world

DIGEST = "ab" * 32


def token(clock, seconds=60):
    until = clock() + timedelta(seconds=seconds)
    url = public.address(world.VAULT, "https://app.example/", DIGEST, "image/jpeg", until)
    assert url.startswith("https://app.example/i/")
    assert url.endswith(".jpeg")
    return url.removeprefix("https://app.example/i/").removesuffix(".jpeg")


def test_an_address_opens_until_its_time(clock):
    made = token(clock)
    assert public.opened(world.VAULT, made, clock()) == (DIGEST, 60)
    assert public.opened(world.VAULT, made, clock() + timedelta(seconds=59)) == (DIGEST, 1)
    assert public.opened(world.VAULT, made, clock() + timedelta(seconds=60)) is None


def test_every_character_of_it_is_signed(clock):
    made = token(clock)
    for at in range(len(made)):
        other = "A" if made[at] != "A" else "Q"
        assert public.opened(world.VAULT, made[:at] + other + made[at + 1 :], clock()) is None


@pytest.mark.parametrize("wrong", ["", "x", "A" * 71, "A" * 72, "é" * 71, "%" * 71])
def test_what_is_no_address_of_ours_is_none(clock, wrong):
    assert public.opened(world.VAULT, wrong, clock()) is None


def test_an_unsubscribe_link_is_no_address_of_an_image(clock):
    """Each purpose has signatures of its own."""
    name = bytes.fromhex(DIGEST) + (2**39).to_bytes(5, "big")
    assert not world.VAULT.verify(public.PURPOSE, name, world.VAULT.sign("unsubscribe", name))


@pytest.mark.parametrize(
    ("base_url", "reached"),
    [
        ("https://app.ledger.example", True),
        ("https://8.8.8.8", True),
        ("http://app.ledger.example", False),
        ("https://localhost:8080", False),
        ("https://127.0.0.1", False),
        ("https://192.168.1.4", False),
        ("https://[::1]", False),
        ("https://printer.local", False),
        ("", False),
    ],
)
def test_what_can_be_reached_from_outside(base_url, reached):
    assert public.is_public(base_url) is reached
