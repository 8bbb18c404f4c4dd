"""Every page that there is. A test of the pages' routes fails where one is missing here."""

from __future__ import annotations

from itertools import chain

#: By a page's route, the addresses at which it is looked at in an empty installation.
EMPTY = {
    "/": ["/"],
    "/calendar": ["/calendar"],
    "/articles": ["/articles"],
    "/queue": ["/queue"],
    "/channels": ["/channels"],
    "/channels/new/{kind}": ["/channels/new/webhook"],
    "/brand": ["/brand"],
    "/account": ["/account"],
}

#: And in one that is furnished, as `house.furnish` does it.
FULL = {
    "/": ["/"],
    "/calendar": [
        "/calendar",
        "/calendar?view=week",
        "/calendar?view=day",
        "/calendar?view=list",
    ],
    "/articles": ["/articles"],
    "/articles/{article_id}": ["/articles/1"],
    "/articles/{article_id}/schedule": ["/articles/1/schedule"],
    "/pieces/{piece_id}": ["/pieces/1", "/pieces/1?channel=1", "/pieces/6", "/pieces/10"],
    "/pieces/{piece_id}/look": ["/pieces/1/look"],
    "/queue": ["/queue", "/queue?show=problems", "/queue?show=sent"],
    "/deliveries/{delivery_id}": ["/deliveries/1", "/deliveries/2"],
    "/channels": ["/channels"],
    "/channels/{channel_id}": ["/channels/1"],
    "/channels/{channel_id}/settings": ["/channels/1/settings"],
    "/brand": ["/brand"],
    "/account": ["/account"],
    "/stop": ["/stop"],
}


def addresses(rooms: dict[str, list[str]]) -> list[str]:
    return list(chain.from_iterable(rooms.values()))
