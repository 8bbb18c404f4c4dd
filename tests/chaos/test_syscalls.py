"""SIGKILL at the n-th system call. `make chaos` goes through many more of them."""

import pytest

from tests.chaos import strace
from tests.chaos.syscalls import kill_at

pytestmark = [
    pytest.mark.chaos,
    pytest.mark.usefixtures("more_kinds"),
    pytest.mark.skipif(not strace.works(), reason="needs strace, and leave to trace"),
]


@pytest.mark.parametrize(
    ("database", "kind", "call", "number"),
    [
        ("sqlite", "mailpit", "fdatasync", 4),
        ("sqlite", "discord", "pwrite64", 7),
        ("sqlite", "postmark", "sendto", 1),
        ("postgresql", "mastodon", "sendto", 9),
    ],
    indirect=["database"],
)
def test_the_books_balance_wherever_the_kernel_is_asked(tmp_path, database, kind, call, number):
    report = kill_at(tmp_path, database, kind, call, number)
    assert report.faults == []
    assert report.sheet["kills"] == 1
