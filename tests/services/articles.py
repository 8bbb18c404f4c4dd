"""Articles invented for the tests of splitting, and quotes found in them by the simplest of rules."""

from __future__ import annotations

import re
from datetime import datetime

from sqlmodel import Session

from scheduler.domain.article import Article
from scheduler.domain.quote import Quote, Segment
from scheduler.store import articles, quotes, workspaces
from scheduler.store.tables import ArticleRow

BEES = Article(
    title="Forty hives above the tram depot",
    author="Rosa Lind",
    language="en",
    url="https://gazette.example/city/hives?ref=home#top",
    site="The Gazette",
    body="""Since April, forty beehives stand on the roof of the old tram depot in Harbour Street.

Ada Quist looks after them. Quist drove a tram for thirty years before she had ever seen a hive from inside.

“I came up here because it was quiet,” says Quist. “I stayed because it was not.”

What has the first winter taught her?

“You can do nothing for a hive in January,” says Quist. “You stand there in the snow with your ear on the wood \
and you listen. If they hum, you go home and sleep. If they do not hum, you go home as well, but you do not sleep. \
I have slept badly for a whole month. I would do it again.”

The depot belongs to the city, and not everybody there was glad about the new tenants.

“We had three complaints and one sting in six months,” says Omar Reyes, who runs the building. “The pigeons were \
worse.”

Reyes keeps two jars of honey in his desk drawer for visitors from the council.

“Nobody has ever voted against honey,” says Reyes.

She laughs about that.

“I came up here because it was quiet, and I stayed because it was not,” says Quist.

Children from the school next door come up on Fridays, in white suits that are too large for them.

“The first question is always whether it hurts,” says Quist. “The second one is whether they may do it again.”

Quist wants sixty hives next year, and a second pair of hands.

“A roof is a meadow that nobody has sown yet,” says Quist.""",
)

HEISE = Article(
    title="Vierzig Bienenstöcke über dem Straßenbahndepot",
    language="de",
    url="https://stadtblatt.example/bienen",
    body="""Seit April stehen vierzig Bienenstöcke auf dem Dach des alten Depots.

„Ich kam, weil es hier oben still war“, sagt Ada Quist.

Im Winter kann niemand den Bienen helfen.

„Man steht im Schnee und hört zu, ob sie noch summen“, sagt Ada Quist.

Der Hausmeister Omar Reyes sieht es gelassen.

„Gegen Honig hat noch niemand gestimmt“, sagt Omar Reyes.""",
)

_MARKED = re.compile(r"“([^”]*)”|„([^“]*)“")


def found_in(article: Article) -> list[Quote]:
    """One quote for each paragraph; whoever is named in it said it; the later, the better."""
    found: list[Quote] = []
    for paragraph in re.finditer(r"[^\n]+", article.body):
        spans = [
            Segment(
                paragraph.start() + m.start(m.lastindex or 1), paragraph.start() + m.end(m.lastindex or 1)
            )
            for m in _MARKED.finditer(paragraph[0])
        ]
        if spans:
            name = "Omar Reyes" if "Reyes" in paragraph[0] else "Ada Quist"
            found.append(Quote(tuple(spans), name, confidence=0.9, score=len(found) / 10))
    return found


def stored(session: Session, article: Article, now: datetime, found: list[Quote] | None = None) -> ArticleRow:
    """The article in the store, with its quotes."""
    workspace = workspaces.find(session) or workspaces.add(
        session, "Gazette", zone="UTC", language="en", now=now
    )
    row = articles.add(session, workspace.id, article, origin="test", now=now)
    quotes.replace_for(session, row.id, found_in(article) if found is None else found)
    return row
