"""Deliveries over the real store and transport, against a server that answers as told."""

from scheduler.services.deliver import Office, claim_next, deal_with
from scheduler.store import events, queue
from scheduler.store.engine import reading, writing
from tests import world


def work_off(office: Office) -> int:
    """Deal with everything that is due, and say how many that was."""
    count = 0
    while (work := claim_next(office)) is not None:
        deal_with(office, work)
        count += 1
    return count


def set_up(office, address, kind="webhook", *texts, count=1, **values):
    """`count` deliveries that are due on a channel of `kind`; returns the id of the first."""
    now = office.clock()
    values = values or {"url": address}
    with writing(office.engine) as session:
        row = world.channel(session, now, kind, **values)
        return world.due(session, world.post(session, now, *texts), row, now, count)[0].id


def stored(office, delivery_id=1):
    with reading(office.engine) as session:
        return queue.get(session, delivery_id)


def told(office):
    with reading(office.engine) as session:
        return [event.kind for event in events.latest(session)]
