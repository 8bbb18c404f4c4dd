import re

from scheduler.channels import kinds
from scheduler.domain.piece import Recipe
from scheduler.domain.quote import Quote, Segment
from scheduler.render.cards import CardRenderer
from scheduler.render.environment import default_templates, environment
from scheduler.services.compose import Studio
from scheduler.services.produce import produce
from scheduler.store import pieces, quotes
from scheduler.store.engine import writing
from tests import world

STUDIO = Studio(
    CardRenderer([default_templates() / "cards"]), environment([]), base_url="https://news.ledger.example"
)


def make(engine, clock, body=world.BODY, recipe=Recipe(min_words=3)):
    with writing(engine) as session:
        article = world.article(session, clock())
        article.body = body
        end = body.index("”")
        quotes.replace_for(
            session, article.id, [Quote((Segment(1, end),), "Dana Okafor", score=1, confidence=1)]
        )
        return produce(session, article, recipe, STUDIO, now=clock())


def test_writes_for_every_kind_that_takes_posts(engine, clock):
    card = make(engine, clock).pieces[0]
    social = {kind for kind, cls in kinds().items() if cls.can.mail is None}
    assert set(pieces.content(card).texts) == {"", *social}


def test_a_card_that_cannot_be_drawn_is_refused_before_the_queue(engine, clock):
    found = make(engine, clock, "“The river \U000130d8 reads the rain and nothing else,” says Dana Okafor.")
    assert "card" not in {piece.kind for piece in found.pieces}
    assert any("No card with" in note for note in found.notes)


def test_a_carousel_of_more_frames_than_a_channel_takes_is_refused_before_the_queue(engine, clock):
    said = " ".join(
        f"On day {n} the river took house {n}, and nobody in the town hall wrote it down."
        for n in range(1, 25)
    )
    recipe = Recipe(
        min_words=3,
        carousel_words=500,
        card_size="link",
    ).all_cards_in("carousel")
    card = make(engine, clock, f"“{said},” says Dana Okafor.", recipe).pieces[0]
    content = pieces.content(card)
    assert "webhook" in content.texts  # which takes ten
    assert 4 < content.frames <= 10
    assert re.fullmatch(
        r"This carousel has \d+ frames, and Bluesky takes 4 images", content.refused["bluesky"]
    )
