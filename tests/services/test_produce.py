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


def make(engine, clock, body=world.BODY):
    with writing(engine) as session:
        article = world.article(session, clock())
        article.body = body
        end = body.index("”")
        quotes.replace_for(
            session, article.id, [Quote((Segment(1, end),), "Dana Okafor", score=1, confidence=1)]
        )
        return produce(session, article, Recipe(min_words=3), STUDIO, now=clock())


def test_writes_for_every_kind_that_takes_posts(engine, clock):
    card = make(engine, clock).pieces[0]
    social = {kind for kind, cls in kinds().items() if cls.can.mail is None}
    assert set(pieces.content(card).texts) == {"", *social}


def test_a_card_that_cannot_be_drawn_is_refused_before_the_queue(engine, clock):
    found = make(engine, clock, "“The river \U000130d8 reads the rain and nothing else,” says Dana Okafor.")
    assert "card" not in {piece.kind for piece in found.pieces}
    assert any("No card with" in note for note in found.notes)
