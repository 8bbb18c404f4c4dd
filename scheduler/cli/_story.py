"""The story of the demo: the commands that a person would type, and the real daemon.

Everything but the services on the other side is the product itself: the same commands, daemon and transport.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

import typer
from rich.rule import Rule
from rich.text import Text

from scheduler.bootstrap import Pullquote, bootstrap
from scheduler.cli._show import add, line, number, output, progress, say, state, table, word
from scheduler.cli._start import Start
from scheduler.demo import stage
from scheduler.demo.networks import SIGNING_SECRET, TOKEN
from scheduler.demo.shelf import kept
from scheduler.domain.calendar import zone
from scheduler.domain.delivery import OPEN, Status
from scheduler.domain.errors import PullquoteError
from scheduler.domain.piece import PieceKind
from scheduler.domain.subscriber import RecipientState
from scheduler.services import schedule
from scheduler.services.listing import Sending, sendings
from scheduler.settings import read_settings
from scheduler.store import pieces, queue, recipients
from scheduler.store.tables import ReceiptRow

PATIENCE = 90.0  # seconds until every delivery must be settled
AHEAD, APART = timedelta(seconds=4), timedelta(milliseconds=150)  # of the compressed schedule
EVERYTHING = 1000  # more deliveries than a demo has
READERS = """email,name
ada@example.com,Ada Quist
ben@example.com,Ben Osei
chloe@example.com,Chloé Marchand
gone@example.com,Somebody who changed jobs
not an address,Nobody
"""
NEWSROOM = """email,name
desk@ledger.example,The desk
proof@ledger.example,The proofreader
"""
SOCIAL = {  # kind -> zone and slots
    "mastodon": ("Europe/Amsterdam", "mon-fri 09:00 12:30 17:00"),
    "bluesky": ("America/New_York", "daily 08:30 18:00"),
    "discord": ("Asia/Tokyo", "mon,wed,fri 10:00; sat 12:00"),
    "webhook": ("Asia/Kolkata", "daily 07:15"),
}
MAIL = {
    "postmark": ("Europe/London", "tue,thu 06:30"),
    "mailpit": ("UTC", "daily 06:00"),
}


@dataclass(frozen=True)
class Told:
    """Where the story is told."""

    ctx: typer.Context
    article: Path
    address: str  # of the receiver
    received: Path  # what it gets


def tell(told: Told) -> None:
    _set_up(told)
    app = bootstrap(read_settings())
    try:
        _make(told)
        _connect(told)
        _queue(told, app)
        _hurry(app)
        _send(told, app)
        _end(told, app)
    finally:
        app.close()


def _act(title: str, *lines: str) -> None:
    output().print()
    output().print(Rule(Text(title, "bold"), align="left", style="dim"))
    say(*lines)


def _type(told: Told, *words: str) -> None:
    """Run a command as it would be typed, in this process."""
    say(Text.assemble("\n", ("$ ", "dim"), (f"pullquote {_quoted(words)}", "bold")))
    root = told.ctx.find_root().command
    if root.main(args=list(words), prog_name="pullquote", standalone_mode=False, obj=Start()):
        raise PullquoteError("The demo stopped here: this command should have worked.")


def _quoted(words: Iterable[str]) -> str:
    """As a shell takes it; every field on a line of its own."""
    return " ".join(map(shlex.quote, words)).replace(" --set ", " \\\n    --set ")


def _set_up(told: Told) -> None:
    """Settings as a person writes them. Only this lets the daemon call an address on this machine."""
    _act("1  A folder for a brand")
    port = stage.free_port()
    settings = (
        'allow_networks = ["127.0.0.0/8"]  # the services of this demo\n'
        f'port = {port}\nbase_url = "http://127.0.0.1:{port}"  # readers unsubscribe there\n'
    )
    Path("pullquote.toml").write_text(settings, encoding="utf-8")
    say(Text("pullquote.toml", "bold"), settings.rstrip())
    where = "12 Quay Street, 1011 AB Amsterdam"
    _type(told, "init", "--name", "The Harbour Ledger", "--zone", "Europe/Amsterdam", "--address", where)


def _make(told: Told) -> None:
    _act("2  An article goes in")
    _type(told, "add", str(told.article))
    _type(told, "articles", "show", "1", "--paragraphs", "4")
    _type(told, "quotes", "1")
    _act("3  Pieces come out")
    _type(told, "split", "1")


def _connect(told: Told) -> None:
    _act("4  Channels, each in its own zone", f"Six services are played by a receiver at {told.address}.")
    for kind, fields in _fields(told.address).items():
        zone, slots = {**SOCIAL, **MAIL}[kind]
        given = [part for name, value in fields.items() for part in ("--set", f"{name}={value}")]
        _type(told, "channels", "add", kind, "--zone", zone, "--slots", slots, *given)
    _type(told, "channels")
    for name, people in (("Readers", READERS), ("Newsroom", NEWSROOM)):
        file = f"{name.lower()}.csv"
        Path(file).write_text(people, encoding="utf-8")
        _type(told, "lists", "create", name)
        _type(told, "lists", "import", file, "--list", name)


def _fields(address: str) -> dict[str, dict[str, str]]:
    sender = {"from_address": "news@ledger.example", "from_name": "The Harbour Ledger"}
    return {
        "mastodon": {"server": f"{address}/mastodon", "token": TOKEN},
        "bluesky": {"server": f"{address}/bluesky", "handle": "ledger.demo", "app_password": TOKEN},
        "discord": {"webhook_url": f"{address}/discord/api/webhooks/1/{TOKEN}"},
        "webhook": {
            "url": f"{address}/webhook/in",
            "signing_secret": SIGNING_SECRET,
            "id_field": "id",
            "url_field": "url",
            "repeat_is_safe": "true",
        },
        "postmark": {"server": f"{address}/postmark", "server_token": TOKEN, **sender},
        "mailpit": {"server": f"{address}/mailpit", **sender},
    }


def _queue(told: Told, app: Pullquote) -> None:
    """The readers get the issue through one service, the newsroom its proof through the other."""
    _act("5  The schedule")
    _type(told, "preview", "1", "--channel", "bluesky", "--open", "preview")
    _type(told, "queue", "all", "1", "--list", "Readers")
    with app.reading() as session:
        issue = next(row.id for row in pieces.of_article(session, 1) if row.kind == PieceKind.ISSUE)
    _type(told, "queue", "add", str(issue), "--channel", "mailpit", "--list", "Newsroom")


def _hurry(app: Pullquote) -> None:
    now = app.clock()
    with app.writing() as session:
        rows = queue.listed(session, statuses=[Status.SCHEDULED], limit=EVERYTHING)
        for place, row in enumerate(rows):
            schedule.move(session, row, now + AHEAD + place * APART, now)
    seconds = (AHEAD + len(rows) * APART).total_seconds()
    _act(
        "6  The daemon sends",
        f"So that nobody waits for weeks, the {len(rows)} deliveries are moved into the next {seconds:.0f} "
        "seconds. They keep their order.",
    )


def _send(told: Told, app: Pullquote) -> None:
    """The daemon, as `pullquote run` starts it, in a process of its own."""
    say(Text("\n$ pullquote run &", "bold"))
    with stage.daemon([sys.executable, "-m", "scheduler.cli", "run"], Path("daemon.log")) as process:
        _wait(app)
        _leave(told)
        code, seconds = stage.drain(process)
    if code:
        raise PullquoteError(f"The daemon ended with exit code {code}: see daemon.log.")
    output().print(Text(Path("daemon.log").read_text("utf-8"), "dim"), soft_wrap=True)
    say(f"Every delivery is settled. On SIGTERM the daemon drained and ended in {seconds:.1f} seconds.")


def _wait(app: Pullquote) -> None:
    started = monotonic()
    with progress() as bar:
        task = bar.add_task("Sending", total=None)
        while True:
            with app.reading() as session:
                counts = queue.counts(session)
            left = sum(counts.get(status, 0) for status in OPEN)
            bar.update(task, total=sum(counts.values()), completed=sum(counts.values()) - left)
            if not left:
                return
            if monotonic() - started > PATIENCE:
                raise PullquoteError(
                    f"{left} deliveries are not settled after {PATIENCE:g} s: see daemon.log."
                )
            sleep(0.1)


def _leave(told: Told) -> None:
    """The first reader leaves, with the link in the mail and the daemon's own pages."""
    mails = kept(told.received / "postmark", "mail")
    if not mails:
        raise PullquoteError("No mail arrived at Postmark: see daemon.log.")
    headers = {header["Name"]: header["Value"] for header in mails[0]["Headers"]}
    stage.one_click(headers["List-Unsubscribe"].strip("<>"))
    say(f"\n{mails[0]['To']} has the mail, and unsubscribes with one click.\n")


def _end(told: Told, app: Pullquote) -> None:
    with app.reading() as session:
        found = sendings(session, queue.listed(session, limit=EVERYTHING))
        receipts = {each.row.id: queue.receipts(session, each.row.id) for each in found}
        mails = {
            each.row.id: len(recipients.of_delivery(session, each.row.id, RecipientState.SENT))
            for each in found
        }
    _act("7  Deliveries and receipts")
    shown = table(number("ID"), word("Sent"), word("Channel"), word("Piece"), word("State"), line("Receipt"))
    for each in found:
        at = each.row.settled_at.astimezone(zone(each.channel.zone)) if each.row.settled_at else None
        add(
            shown,
            each.row.id,
            f"{at:%H:%M:%S %Z}" if at else "",
            each.channel.name,
            f"{each.piece.kind} {each.piece.id}",
            state(each.row.status),
            _proof(receipts[each.row.id]),
        )
    say(shown)
    slowed = next(each for each in found if each.channel.kind == "discord")
    _type(told, "queue", "show", str(slowed.row.id))
    _type(told, "lists", "show", "Readers")
    expected = {
        kind: sum(mails[i] if kind in MAIL else len(receipts[i]) for i in _ids(found, kind))
        for kind in (*SOCIAL, *MAIL)
    }
    _compare(told, expected, found)


def _proof(receipts: list[ReceiptRow]) -> str:
    first = next((receipt.url or receipt.remote_id for receipt in receipts), "")
    more = f" and {len(receipts) - 1} more" if len(receipts) > 1 else ""
    return first.partition("://")[2] + more if "://" in first else first + more


def _ids(found: Iterable[Sending], kind: str) -> list[int]:
    return [each.row.id for each in found if each.channel.kind == kind]


def _compare(told: Told, expected: dict[str, int], found: list[Sending]) -> None:
    _act("8  What the receiver has")
    shown = table(word("Service"), number("We say sent"), number("It received"), word(""))
    wrong: list[object] = [each.row.id for each in found if each.row.status != Status.SENT]
    for kind, sent in expected.items():
        there = len(kept(told.received / kind, "mail" if kind in MAIL else "post"))
        agreed = there == sent > 0
        wrong += [] if agreed else [kind]
        add(shown, kind, sent, there, Text("✓", "green") if agreed else Text("✗", "red"))
    say(shown)
    files = sorted(path.relative_to(Path.cwd()) for path in told.received.rglob("*") if path.is_file())
    cards, mails = [f for f in files if f.suffix == ".png"], [f for f in files if f.suffix == ".html"]
    say(
        f"\n{Path.cwd()}",
        f"  {len(cards)} cards, such as {cards[0]}",
        f"  {len(mails)} mails, such as {mails[0]}",
    )
    if wrong:
        raise PullquoteError(
            f"These do not agree: {', '.join(map(str, wrong))}. See daemon.log and received/."
        )
