from scheduler.domain.quote import Quote, Segment
from scheduler.render.cards import Card, CardRenderer, Output
from scheduler.render.environment import default_templates, environment
from scheduler.services.card_previews import previews
from scheduler.services.compose import Studio
from scheduler.store import quotes
from scheduler.store.engine import writing
from tests import world

SAID = (
    "The river reads the rain and nothing else at all.",
    "In the end 40% of the harbour stood under water.",
)


class Drawn(CardRenderer):
    def render(self, template, size, text, *rest, **more) -> Card:
        self.figure = text.figure
        return super().render(template, size, text, *rest, **more)


def test_a_card_for_a_number_shows_a_quote_that_has_one(engine, clock):
    cards = Drawn([default_templates() / "cards"])
    body = " ".join(f"“{said}”, says Dana Okafor." for said in SAID)
    with writing(engine) as session:
        article = world.article(session, clock())
        article.body = body
        starts = [body.index(said) for said in SAID]
        found = [
            Quote((Segment(start, start + len(said)),), "Dana Okafor", score=score, confidence=1)
            for start, said, score in zip(starts, SAID, (1, 0.5), strict=True)
        ]
        quotes.replace_for(session, article.id, found)
        studio = Studio(cards, environment([]), base_url="https://news.ledger.example")
        for template, shown in ("fact", "40%"), ("plain", "40%"):
            (cell,) = previews(session, article.id, studio, [template], ["square"], Output())
            assert (cell.reason, cards.figure) == ("", shown if template == "fact" else "")
