"""pullquote pause and pullquote resume: the panic button."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer
from rich.text import Text
from sqlmodel import Session

from scheduler.cli import _complete
from scheduler.cli._ask import somebody_is_there
from scheduler.cli._options import AsJson
from scheduler.cli._show import add, emit, hint, number, say, table, word
from scheduler.cli._start import open_app, the_workspace
from scheduler.domain.errors import PullquoteError
from scheduler.domain.pause import AfterPause, Reach, Target
from scheduler.services import panic
from scheduler.store import articles, channels, pauses, workspaces
from scheduler.store.tables import ChannelRow

All = Annotated[bool, typer.Option("--all", help="Everything, of every workspace.")]
Workspace = Annotated[str | None, typer.Option("--workspace", metavar="NAME", help="One workspace.")]
Channel = Annotated[
    str | None, typer.Option("--channel", help="One channel.", autocompletion=_complete.channels)
]
Article = Annotated[
    int | None,
    typer.Option(
        "--article",
        help="The campaign of an article: its pieces and its issue.",
        autocompletion=_complete.articles,
    ),
]
By = Annotated[str | None, typer.Option("--by", help="Who says so.", show_default="your name here")]


def pause(
    ctx: typer.Context,
    everything: All = False,
    workspace: Workspace = None,
    channel: Channel = None,
    article: Article = None,
    why: Annotated[str, typer.Option(help="The reason, for the others.")] = "",
    by: By = None,
) -> None:
    """The panic button: nothing of it is sent from now on, not even what a worker has in its hands."""
    app = open_app(ctx)
    with app.writing() as session:
        target = _target(session, everything, workspace, channel, article)
        done = panic.press(session, target, by=by or _me(), why=why, now=app.clock())
        name = pauses.name(session, target)
    with app.writing() as session:
        panic.park(session, target)
    say(f"{_first_upper(name)} is paused{'' if done else ' already'}: nothing of it is sent.")
    hint("Let it go on with `pullquote resume`: it asks what to do with what was missed.")


def resume(
    ctx: typer.Context,
    everything: All = False,
    workspace: Workspace = None,
    channel: Channel = None,
    article: Article = None,
    missed: Annotated[
        AfterPause | None,
        typer.Option(
            help="What becomes of deliveries whose time passed: send them spread out, put them into the next free "
            "slots, hold them, skip them, or as each channel's policy says."
        ),
    ] = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Let it go on after a pause. What missed its time is shown first, and nothing is done with it unasked."""
    app = open_app(ctx)
    now = app.clock()
    with app.reading() as session:
        asked = everything or workspace or channel or article
        target = _target(session, everything, workspace, channel, article) if asked else _only_pause(session)
        found = panic.missed(session, target, now)
        name = pauses.name(session, target)
    if found and not as_json:
        _show(found)
    then = missed or _ask(found)
    with app.writing() as session:
        count = panic.release(session, target, then, by=by or _me(), now=now)
    if as_json:
        emit({"resumed": name, "missed": count, "then": then})
        return
    say(f"{_first_upper(name)} goes on." + (f" {count:,} missed their time: {then}." if count else ""))


def _target(
    session: Session, everything: bool, workspace: str | None, channel: str | None, article: int | None
) -> Target:
    given = [everything or None, workspace, channel, article]
    if sum(each is not None for each in given) != 1:
        raise PullquoteError("Say what: one of --all, --workspace NAME, --channel NAME or --article NUMBER.")
    if everything:
        return Target(Reach.ALL)
    if workspace is not None:
        row = workspaces.find(session, workspace)
        if row is None:
            raise PullquoteError(f"There is no workspace called {workspace!r}.")
        return Target(Reach.WORKSPACE, row.id)
    if channel is not None:
        return Target(Reach.CHANNEL, channels.by_name(session, the_workspace(session).id, channel).id)
    return Target(Reach.ARTICLE, articles.get(session, article or 0).id)


def _only_pause(session: Session) -> Target:
    found = pauses.listed(session)
    if not found:
        raise PullquoteError("Nothing is paused, but for what `pullquote channels` shows.")
    if len(found) > 1:
        names = ", ".join(pauses.name(session, pause.target) for pause in found)
        raise PullquoteError(f"Several pauses stand ({names}): say which one goes.")
    return found[0].target


def _show(found: list[tuple[ChannelRow, int]]) -> None:
    shown = table(word("Channel"), number("Missed"), word("Its policy"))
    for channel, count in found:
        add(shown, channel.name, f"{count:,}", Text(channel.missed))
    say(shown)


def _ask(found: list[tuple[ChannelRow, int]]) -> AfterPause:
    if not found:
        return AfterPause.POLICY
    if not somebody_is_there():
        count = sum(number for _, number in found)
        raise PullquoteError(
            f"Deliveries that missed their time: {count:,}. Say what becomes of them with --missed "
            f"{'|'.join(AfterPause)}."
        )
    said: str = typer.prompt(
        "What becomes of them (send, slots, hold, skip, policy)", AfterPause.POLICY.value, err=True
    )
    try:
        return AfterPause(said.strip().lower())
    except ValueError:
        raise PullquoteError(f"{said!r} is none of {', '.join(AfterPause)}: nothing was resumed.") from None


def _me() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container without a name for its user
        return "somebody at the command line"


def _first_upper(text: str) -> str:
    return text[0].upper() + text[1:]
