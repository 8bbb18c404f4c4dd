from scheduler.domain.piece import Passage
from scheduler.render.context import QuoteContext

BODY = "“I came up here,” says Quist. “I stayed.”"
ADDRESS = "https://gazette.example/hives"


def test_a_quote_links_to_its_first_stretch_in_the_words_of_the_article() -> None:
    shown = Passage("I came up here. I stayed. […]", "Quist", ((1, 16), (31, 40)))
    quote = QuoteContext.of(shown, body=BODY, url=ADDRESS, language="en")
    assert quote.source == f"{ADDRESS}#:~:text=I%20came%20up%20here%2C"
    assert (quote.text, quote.marked) == (shown.text, f"“{shown.text}”")


def test_an_article_without_an_address_has_no_link() -> None:
    shown = Passage("I stayed.", "Quist", ((31, 40),))
    assert QuoteContext.of(shown, body=BODY, url="", language="en").source == ""
