"""What a kind cannot carry is refused with numbers, while a person is looking."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.channels.bluesky import Bluesky
from scheduler.channels.discord import Discord
from scheduler.channels.mailpit import Mailpit
from scheduler.channels.mastodon import Mastodon
from scheduler.channels.webhook import Webhook
from scheduler.domain.errors import NotSupported
from scheduler.domain.message import Image, Message, Receipt
from tests.channels.cases import BATCH, PNG

FAMILY = "👨‍👩‍👧‍👦"
bluesky = Bluesky(Bluesky.Config(handle="us.example", app_password="p"))
discord = Discord(Discord.Config(webhook_url="https://discord.example/api/webhooks/1/t"))
mastodon = Mastodon(Mastodon.Config(server="https://social.example", token="t"))


def test_bluesky_counts_graphemes_and_bytes() -> None:
    bluesky.fit(Message(text=FAMILY * 120))
    with pytest.raises(NotSupported, match="121/300 graphemes · 3,025/3,000 bytes"):
        bluesky.fit(Message(text=FAMILY * 121))


def test_a_server_that_allows_more_is_believed() -> None:
    roomy = Mastodon(Mastodon.Config(server="https://social.example", token="t", max_characters=5000))
    roomy.fit(Message(text="a" * 5000))
    with pytest.raises(NotSupported, match="501/500 characters"):
        mastodon.fit(Message(text="a" * 501))


@pytest.mark.parametrize(
    ("images", "why"),
    [
        ((PNG,) * 5, "5/4"),
        ((replace(PNG, type="image/webp"),), "takes no image/webp"),
        ((replace(PNG, data=b"x" * 976_001),), "976001/976000 bytes"),
        ((replace(PNG, alt="a" * 2001),), "2,001/2,000 graphemes"),
    ],
)
def test_images_that_it_cannot_carry(images: tuple[Image, ...], why: str) -> None:
    with pytest.raises(NotSupported, match=why):
        bluesky.fit(Message(images=images))


def test_a_channel_without_images_takes_no_card() -> None:
    bare = Webhook(Webhook.Config(url="https://hooks.example", images=False))
    with pytest.raises(NotSupported, match="takes no images"):
        bare.fit(Message(images=(PNG,)))


def test_a_channel_without_threads_takes_no_reply() -> None:
    with pytest.raises(NotSupported, match="has no threads"):
        discord.fit(Message(text="2/2", reply_to=Receipt("1")))


def test_mail_goes_to_kinds_that_send_mail() -> None:
    Mailpit(Mailpit.Config(from_address="a@example.com")).fit(BATCH)
    with pytest.raises(NotSupported, match="does not send mail"):
        discord.fit(BATCH)
