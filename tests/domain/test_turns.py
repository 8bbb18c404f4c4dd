from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.turns import Candidate, Lane, in_turn, lanes

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def post(number: int, workspace: int = 1, **values: object) -> Candidate:
    return Candidate(number, workspace, mail=False, **values)


def mail(number: int, workspace: int = 1, **values: object) -> Candidate:
    return Candidate(number, workspace, mail=True, **values)


def order(lane: Lane, *candidates: Candidate) -> list[int]:
    return [each.channel_id for each in in_turn(candidates, lane)]


def test_a_post_comes_before_mail_but_for_the_sender_that_minds_the_mail():
    both = (mail(1), post(2, served_at=NOON))
    assert order(Lane.POSTS_FIRST, *both) == [2, 1]
    assert order(Lane.MAIL_FIRST, *both) == [1, 2]
    assert order(Lane.POSTS_ONLY, *both) == [2]


def test_one_sender_is_kept_for_posts_and_one_minds_the_mail():
    assert lanes(1) == [Lane.POSTS_FIRST]
    assert lanes(4) == [Lane.POSTS_ONLY, Lane.MAIL_FIRST, Lane.POSTS_FIRST, Lane.POSTS_FIRST]


def test_whoever_has_fewest_in_hand_comes_first_then_whoever_waited_longest():
    later = NOON + timedelta(seconds=1)
    assert order(Lane.POSTS_FIRST, post(1, in_hand=2), post(2, in_hand=1)) == [2, 1]
    assert order(Lane.POSTS_FIRST, post(1, served_at=later), post(2, served_at=NOON)) == [2, 1]


def test_a_workspace_with_many_channels_gets_no_more_than_one_with_one():
    many = [post(number, in_hand=1) for number in range(1, 9)]
    assert order(Lane.POSTS_FIRST, *many, post(9, 2, in_hand=3))[0] == 9


@given(
    owners=st.lists(st.integers(1, 4), min_size=2, max_size=8),
    senders=st.integers(1, 6),
    lengths=st.lists(st.integers(1, 5), min_size=1, max_size=5),
)
def test_workspaces_that_always_have_work_share_the_senders_evenly(owners, senders, lengths):
    channels = {number: post(number, own) for number, own in enumerate(owners, 1)}
    held: list[tuple[int, int]] = []  # when it ends, of which channel
    time = Counter[int]()
    for now in range(200):
        for _, channel in [each for each in held if each[0] <= now]:
            channels[channel] = replace(channels[channel], in_hand=channels[channel].in_hand - 1)
        held = [each for each in held if each[0] > now]
        while len(held) < senders:
            chosen = in_turn(channels.values(), Lane.POSTS_FIRST)[0]
            at = NOON + timedelta(seconds=now, microseconds=len(held))
            channels[chosen.channel_id] = replace(chosen, in_hand=chosen.in_hand + 1, served_at=at)
            held.append((now + lengths[now % len(lengths)], chosen.channel_id))
        time.update(channels[channel].workspace_id for _, channel in held)
    shares = [time[own] for own in set(owners)]
    assert min(shares) >= 0.5 * max(shares) or senders < len(shares)
    assert min(shares) > 0
