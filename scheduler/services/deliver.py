"""Send what is due: claim → compose → mark → drive → settle.

Each step is one short transaction; between them nothing is held but the lease. Whatever dies wherever, the row
says what may be done next (domain/delivery.py: next_step). This module alone catches DeliveryError.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from scheduler.channels import Adapter, ProbeFlow
from scheduler.domain import delivery as rules
from scheduler.domain.delivery import Delivery, Outcome, Status, Step
from scheduler.domain.errors import (
    AuthExpired,
    DeliveryError,
    NotSupported,
    Permanent,
    PullquoteError,
    Transient,
)
from scheduler.domain.message import Message, Receipt
from scheduler.domain.pause import Reach
from scheduler.domain.turns import Lane
from scheduler.services import aftermath, compose, connect, limits
from scheduler.services.work import Keeper, Office, Stopped, TooLate, Work
from scheduler.store import channels, queue
from scheduler.store.claimed import Claimed
from scheduler.store.engine import reading, writing
from scheduler.store.queue import LeaseLost
from scheduler.transport import Hooks, Record
from scheduler.transport.steering import in_doubt

__all__ = ["WRITE_TRIES", "Office", "Work", "claim_next", "deal_with", "stumbled"]

log = logging.getLogger(__name__)

WRITE_TRIES = 4  # each as long as the store waits for another writer


def claim_next(office: Office, lane: Lane = Lane.POSTS_FIRST) -> Work | None:
    """Take one delivery that is due, or whose worker died. None when there is none."""
    with writing(office.engine, concurrent=True) as session:
        rows = queue.claim(session, office.clock(), owner=uuid4().hex, lease=office.lease, lane=lane)
        return Work(rows[0], channels.get(session, rows[0].channel_id)) if rows else None


def deal_with(office: Office, work: Work) -> None:
    """Do what may be done with a claimed delivery. Returns quietly where another worker took it over."""
    with office.leases.holding(work):
        _deal_with(office, work)


def _deal_with(office: Office, work: Work) -> None:
    try:
        adapter = work.adapter = connect.open_channel(work.channel, office.vault)
    except PullquoteError as error:  # the channel's trouble, not this delivery's
        settle(office, work, AuthExpired(str(error), "settings"))
        return
    before = queue.decision(work.row)
    step = rules.next_step(
        before, adapter.can, probes=adapter.has("probe"), now=office.clock(), timeout=office.timeout
    )
    try:
        match step:
            case Step.SEND:
                send(office, work, adapter)
            case Step.PROBE:
                probe(office, work, adapter)
            case Step.WAIT:
                wait(office, work, rules.probe_time(before, adapter.can, office.timeout))
            case Step.ASK:
                wait(office, work, None)
            case Step.STOP:
                settle(office, work, Permanent("Whoever tried to send it died over it", "crashed"))
    except LeaseLost:
        return
    except TooLate as late:
        give_back(office, work, late)


def send(office: Office, work: Work, adapter: Adapter) -> None:
    try:
        prepare(office, work, adapter)
    except NotSupported as error:
        settle(office, work, Permanent(str(error), "not-supported"))
        return
    except DeliveryError as error:  # nobody of the batch is left to mail
        settle(office, work, error)
        return
    except PullquoteError as error:  # a person can mend it and release the delivery
        hold(office, work, str(error))
        return
    settle(office, work, publish_items(office, work, adapter))


def prepare(office: Office, work: Work, adapter: Adapter) -> None:
    """Compose once and freeze, so that every retry sends identical bytes; note the attempt."""
    draft = None
    if work.row.message is None:
        with reading(office.engine) as session:
            now, to = office.clock(), work.channel
            draft = compose.compose(session, work.row.piece_id, adapter, office.studio, now, to)
    with writing(office.engine, concurrent=True) as session:
        frozen, now = {}, office.clock()
        if draft is not None:
            frozen["message"] = compose.freeze(session, work.row, draft, office.studio, office.vault, now)
        work.attempt_id = queue.begin_attempt(session, work.row, Step.SEND, now, **frozen)
    work.row.message = frozen.get("message", work.row.message)


def publish_items(office: Office, work: Work, adapter: Adapter) -> Receipt | DeliveryError:
    """Publish what is left of the delivery: one post, or a thread from the item that is next."""
    total = compose.count(work.row)
    while True:
        with reading(office.engine) as session:
            message = compose.thaw(session, work.row)
        try:
            receipt: Receipt = drive(office, work, work.adapter or adapter, partial(compose.flow, message))
        except DeliveryError as error:
            return error
        if work.row.item + 1 >= total:
            return receipt
        now, item = office.clock(), work.row.item
        until = now + office.lease
        _insist(
            office,
            partial(queue.item_sent, row=work.row, item=item, receipt=receipt, now=now, lease_until=until),
        )
        work.step(now, until)
        work.row.item += 1
        work.row.committed_at = work.row.called_at = work.marks = None
        work.row.kept = {}


def drive(office: Office, work: Work, adapter: Adapter, flow: Callable[[Adapter], Any]) -> Any:
    """Drive a flow; where the service no longer knows our session, sign in once and do it again."""
    keeper = Keeper(office, work, adapter.can)
    hooks = Hooks(keeper.before_commit, keeper.last_look, keeper.keep)
    if adapter.has("connect") and not adapter.session:
        adapter = _sign_in(office, work, adapter)
    work.record = work.record or office.transport.recorder(adapter)
    try:
        return office.transport.drive(flow(adapter), adapter, work.record, hooks)
    except AuthExpired:
        if not adapter.has("connect"):
            raise
    adapter = _sign_in(office, work, adapter)
    return office.transport.drive(flow(adapter), adapter, work.record, hooks)


def _sign_in(office: Office, work: Work, adapter: Adapter) -> Adapter:
    fresh = connect.sign_in(
        office.engine, work.channel.id, adapter, transport=office.transport, vault=office.vault
    )
    work.adapter = fresh
    work.record = Record(office.transport.recorder(fresh).redact, work.record.calls if work.record else [])
    return fresh


def probe(office: Office, work: Work, adapter: Adapter) -> None:
    """Look up whether a call that was never answered did publish."""
    with writing(office.engine, concurrent=True) as session:
        work.attempt_id = queue.begin_attempt(session, work.row, Step.PROBE, office.clock())
        message = compose.thaw(session, work.row)
    found: Outcome
    try:
        found = drive(office, work, adapter, partial(_probe, message))
    except DeliveryError as error:
        found = error
    now = office.clock()
    found = rules.with_a_time(found, now, office.spread())
    after = rules.settle_probe(queue.decision(work.row), found, adapter.can, now, office.spread())
    more = isinstance(found, Receipt) and work.row.item + 1 < compose.count(work.row)
    if more:  # an item in the middle of a thread is live: go on behind it
        after = rules.next_item(after, now)
    _write(office, work, after, found)


def _probe(message: Message, adapter: Adapter) -> ProbeFlow:
    asked: ProbeFlow = adapter.probe(message)  # type: ignore[attr-defined] # `next_step` asked whether it has one
    return asked


def settle(office: Office, work: Work, outcome: Receipt | DeliveryError) -> None:
    """Write what became of the delivery, in one transaction with its receipt."""
    now = office.clock()
    known = rules.with_a_time(outcome, now, office.spread())
    after = rules.settle(queue.decision(work.row), known, now, office.spread(), work.marks)
    _write(office, work, after, known)


def _write(office: Office, work: Work, after: Delivery, outcome: Outcome) -> None:
    now = office.clock()
    code, reason = _explained(work.row, outcome)

    def write(session: Session) -> None:
        if isinstance(outcome, Receipt):
            queue.item_sent(session, work.row, work.row.item, outcome, now, now)
        queue.settle(session, work.row, after, now, code=code, reason=reason)
        _end_attempt(session, work, now, outcome)
        aftermath.follow(session, work.row, work.channel, after, outcome, now)
        _teach(office, session, work, outcome, now)

    _insist(office, write)
    level = logging.INFO if after.status is Status.SENT else logging.WARNING
    log.log(level, "Delivery %d to %s: %s %s", work.row.id, work.channel.name, after.status, reason)


def _teach(office: Office, session: Session, work: Work, outcome: Outcome, now: datetime) -> None:
    answers = work.record.answers if work.record else []
    limits.note(
        session,
        work.channel,
        work.adapter,
        work.row.id,
        outcome,
        answers,
        now=now,
        spread=office.spread(),
    )


def _insist(office: Office, write: Callable[[Session], None]) -> None:
    """Nobody else knows what became of a call: a database that is busy for long is asked again."""
    for left in reversed(range(WRITE_TRIES)):
        try:
            with writing(office.engine, concurrent=True) as session:
                write(session)
                return
        except OperationalError:
            if not left:
                raise


def _explained(row: Claimed, outcome: Outcome) -> tuple[str, str]:
    """Code and reason. That a look-up found nothing leaves what the call before it said."""
    match outcome:
        case DeliveryError(reason=reason, code=code):
            return code, reason
        case None:
            return row.code or "crashed", row.reason or aftermath.CRASHED
        case _:
            return "", ""


def _end_attempt(
    session: Session, work: Work, now: datetime, outcome: Receipt | DeliveryError | TooLate | None
) -> None:
    if work.attempt_id:
        failed = outcome if isinstance(outcome, DeliveryError) else None
        reason = str(outcome) if isinstance(outcome, Stopped) else failed.reason if failed else ""
        queue.end_attempt(
            session,
            work.attempt_id,
            now=now,
            outcome=type(outcome).__name__ if outcome is not None else "Absent",
            code=failed.code if failed else "",
            reason=reason,
            calls=work.record.calls if work.record else [],
        )


def wait(office: Office, work: Work, until: datetime | None) -> None:
    """In doubt: look it up later, or, where nothing can be looked up, ask a person."""
    after = rules.doubted(queue.decision(work.row), until)
    reason = work.row.reason or aftermath.CRASHED
    with writing(office.engine, concurrent=True) as session:
        queue.settle(session, work.row, after, office.clock(), code=work.row.code or "crashed", reason=reason)
        aftermath.follow(session, work.row, work.channel, after, None, office.clock())


def hold(office: Office, work: Work, reason: str) -> None:
    with writing(office.engine, concurrent=True) as session:
        after = rules.held(queue.decision(work.row))
        queue.settle(session, work.row, after, office.clock(), code="held", reason=reason)
        aftermath.tell_held(session, work.row, work.channel, reason, office.clock())


def give_back(office: Office, work: Work, late: TooLate) -> None:
    """Nothing went out on this try: as it was, to be claimed again at once."""
    now = office.clock()
    try:
        with writing(office.engine, concurrent=True) as session:
            after = rules.resumed(queue.decision(work.row), now)
            if isinstance(late, Stopped) and late.pause.target.reach is Reach.ARTICLE:
                after = rules.parked(after)  # its channel goes on, and would claim it again
            queue.settle(session, work.row, after, now)
            _end_attempt(session, work, now, late)
    except LeaseLost:
        return


def stumbled(office: Office, work: Work, error: Exception) -> None:
    """An error that nobody foresaw. The delivery backs off like any other, so that it cannot loop."""
    code = f"bug:{type(error).__name__}"
    reason = "Something went wrong inside Pullquote: the log has the details"
    outcome: DeliveryError = Transient(reason, code)
    if work.marks is not None and work.adapter is not None:
        outcome = in_doubt(reason, code, work.adapter)
    try:
        settle(office, work, outcome)
    except LeaseLost:
        return
