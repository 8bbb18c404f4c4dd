import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.services.setup import change, set_up
from scheduler.store import workspaces
from scheduler.store.engine import writing


def test_the_first_workspace_is_made_once(engine, clock):
    with writing(engine) as session:
        made = set_up(session, "Ledger", zone_name="UTC", language="en", address="1 Quay", now=clock())
        assert made.brand == {"name": "Ledger", "address": "1 Quay"}
        assert set_up(session, "Another", zone_name="UTC", language="en", now=clock()) is None
        assert workspaces.find(session).name == "Ledger"


def test_what_is_given_changes_and_nothing_else(engine, clock):
    with writing(engine) as session:
        row = set_up(session, "Ledger", zone_name="UTC", language="en", now=clock())
        change(session, row, brand={"accent": "#00aa77"})
        assert (row.zone, row.language, row.brand) == ("UTC", "en", {"name": "Ledger", "accent": "#00aa77"})
        change(session, row, zone_name="Asia/Tokyo", language="ja", brand={"accent": ""})
        assert (row.zone, row.language, row.brand) == ("Asia/Tokyo", "ja", {"name": "Ledger"})


@pytest.mark.parametrize("wrong", [{"zone_name": "Tokyo", "brand": {}}, {"brand": {"accent": "red"}}])
def test_what_is_no_zone_or_colour_is_refused(engine, clock, wrong):
    with writing(engine) as session:
        row = set_up(session, "Ledger", zone_name="UTC", language="en", now=clock())
        with pytest.raises(PullquoteError):
            change(session, row, **wrong)
