from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from scheduler.channels import kinds as channel_kinds
from scheduler.domain.article import Article
from scheduler.domain.capabilities import Capabilities, Images, Limit, Mail
from scheduler.domain.errors import NotSupported, PullquoteError
from scheduler.domain.fit import stands
from scheduler.domain.piece import Content, Passage, PieceKind, Recipe
from scheduler.domain.quote import Quote, Segment
from scheduler.render.environment import environment
from scheduler.services import split as module
from scheduler.services.carding import Judge
from scheduler.services.split import Split
from scheduler.store import pieces
from scheduler.store.engine import writing
from scheduler.store.tables import ArticleRow
from tests.conftest import Clock, shared
from tests.services.articles import BEES, HEISE, found_in, stored

IMAGES = Images(count=1, max_bytes=10**6, alt=Limit(500))
KINDS = {
    "wide": Capabilities(text=Limit(2000), images=IMAGES),
    "narrow": Capabilities(text=Limit(180), images=IMAGES, threads=True),
    "post": Capabilities(mail=Mail(batch=10, max_bytes=10**6)),
}
TEMPLATES = environment([])
OPENING = "Since April, forty beehives stand on the roof of the old tram depot in Harbour Street."


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with writing(engine) as session:
        yield session


class Splitter:
    """Splits the bees, or another article, and says what came of it."""

    def __init__(self, session: Session, clock: Clock):
        self.session, self.now = session, clock()

    def store(self, article: Article = BEES, found: list[Quote] | None = None) -> ArticleRow:
        return stored(self.session, article, self.now, found)

    def split(
        self, article: ArticleRow | None = None, recipe: Recipe | None = None, **options: object
    ) -> Split:
        given: dict[str, object] = {"kinds": KINDS, "environment": TEMPLATES, "now": self.now, **options}
        return module.split(self.session, article or self.store(), recipe or Recipe(), **given)  # type: ignore[arg-type]

    def contents(self, kind: PieceKind, *args: object, **options: object) -> list[Content]:
        made = self.split(*args, **options).pieces  # type: ignore[arg-type]
        return [pieces.content(row) for row in made if row.kind == kind]


@pytest.fixture
def bees(session: Session, clock: Clock) -> Splitter:
    return Splitter(session, clock)


class TestByTheRecipe:
    def test_five_cards_four_posts_a_thread_and_an_issue(self, bees: Splitter) -> None:
        made = bees.split()
        assert Counter(row.kind for row in made.pieces) == {"card": 5, "post": 4, "thread": 1, "issue": 1}
        assert (made.made, made.notes) == (True, [])

    def test_every_number_is_a_setting(self, bees: Splitter) -> None:
        few = Recipe(name="few", cards=1, posts=2, threads=0, issues=0)
        assert Counter(row.kind for row in bees.split(recipe=few).pieces) == {"card": 1, "post": 2}

    def test_what_the_article_does_not_give_is_said(self, bees: Splitter) -> None:
        made = bees.split(bees.store(HEISE), Recipe(issues=2))
        assert made.notes == [
            "3 of 5 cards: the article gives no more.",
            "3 of 4 posts: the article gives no more.",
            "1 of 2 issues: the article gives no more.",
        ]

    def test_an_article_without_quotes_still_has_its_opening(self, bees: Splitter) -> None:
        made = bees.split(bees.store(found=[]))
        assert Counter(row.kind for row in made.pieces) == {"post": 1, "issue": 1}

    def test_the_same_recipe_makes_nothing_twice(self, bees: Splitter) -> None:
        article = bees.store()
        first, second = bees.split(article), bees.split(article)
        assert not second.made
        assert second.pieces == first.pieces
        assert second.notes == ["The recipe “default” has split this article before: nothing is new."]

    def test_unless_it_is_asked_to(self, bees: Splitter) -> None:
        article = bees.store()
        first, second = bees.split(article), bees.split(article, again=True)
        assert second.made
        assert not {row.id for row in first.pieces} & {row.id for row in second.pieces}

    def test_another_recipe_makes_its_own(self, bees: Splitter) -> None:
        article = bees.store()
        bees.split(article)
        assert bees.split(article, Recipe(name="autumn")).made


class TestCards:
    def test_a_card_has_its_quote_and_an_alternative_text(self, bees: Splitter) -> None:
        best = bees.contents(PieceKind.CARD)[0]
        assert best.passage is not None
        assert best.passage.text == "A roof is a meadow that nobody has sown yet."
        assert best.alt == "“A roof is a meadow that nobody has sown yet.” — Ada Quist. The Gazette"
        assert (best.template, best.size) == ("plain", "square")

    def test_the_piece_points_at_its_quote(self, bees: Splitter) -> None:
        for row in bees.split().pieces:
            assert (row.quote_id is not None) >= (row.kind == PieceKind.CARD)

    def test_beside_it_stands_what_leads_to_the_quote(self, bees: Splitter) -> None:
        texts = [content.texts["wide"][0] for content in bees.contents(PieceKind.CARD)]
        assert texts[0].startswith(
            "Quist wants sixty hives next year, and a second pair of hands.\n\nhttps://"
        )
        assert texts[4].startswith("What has the first winter taught her?\n\nhttps://")
        assert texts[2].startswith(
            "“I came up here because it was quiet, and I stayed"
        )  # nothing leads to it
        assert len(set(texts)) == 5

    def test_a_long_quote_is_shortened_at_the_end_of_a_sentence(self, bees: Splitter) -> None:
        passages = [content.passage for content in bees.contents(PieceKind.CARD)]
        winter = next(p for p in passages if p and p.text.startswith("You can do nothing"))
        assert winter.text.endswith("If they hum, you go home and sleep. […]")

    def test_at_most_two_from_one_utterance(self, bees: Splitter) -> None:
        winter = [quote for quote in found_in(BEES) if "January" in BEES.body[quote.start : quote.end]]
        recipe = Recipe(max_words=15)
        cards = bees.contents(PieceKind.CARD, bees.store(found=winter), recipe)
        assert [card.passage.text for card in cards if card.passage] == [
            "You can do nothing for a hive in January. […]",
            "[…] You stand there in the snow with your ear on the wood and you listen. […]",
        ]

    def test_a_duplicate_a_fragment_and_an_uncertain_speaker_never_make_one(self, bees: Splitter) -> None:
        found = found_in(BEES)
        found[-1] = found[-1]._replace(duplicate_of=0)
        found[-2] = found[-2]._replace(kind="partial")
        found[-3] = found[-3]._replace(confidence=0.3)
        found[-4] = found[-4]._replace(speaker="", mention="he")
        cards = bees.contents(PieceKind.CARD, bees.store(found=found), Recipe(per_utterance=1))
        assert {card.passage.text[:10] for card in cards if card.passage} == {
            "I came up ",
            "You can do",
            "We had thr",
        }

    def test_quotes_left_out_for_their_speaker_are_counted(self, bees: Splitter) -> None:
        found = [quote._replace(confidence=0.3) for quote in found_in(BEES)]
        assert (
            "7 quotes were left out: it is not certain who said them."
            in bees.split(bees.store(found=found)).notes
        )

    def test_a_source_without_a_name_is_shown_as_the_article_has_it(self, bees: Splitter) -> None:
        found = [quote._replace(speaker="", mention="one beekeeper") for quote in found_in(BEES)]
        cards = bees.contents(PieceKind.CARD, bees.store(found=found))
        assert {card.passage.speaker for card in cards if card.passage} == {"One beekeeper"}

    def test_two_that_say_the_same_are_not_both_made(self, bees: Splitter) -> None:
        shown = [c.passage.text for c in bees.contents(PieceKind.CARD, recipe=Recipe(cards=9)) if c.passage]
        assert sum("because it was not" in text for text in shown) == 1

    def test_they_are_spread_over_the_article(self, bees: Splitter) -> None:
        body = "\n\n".join(f"“{' '.join([word] * 6)}.”" for word in "One two three four five six".split())
        article = replace(BEES, body=body)
        found = [quote._replace(score=-n) for n, quote in enumerate(found_in(article))]
        cards = bees.contents(PieceKind.CARD, bees.store(article, found), Recipe(cards=2))
        assert [c.passage.text[:3] for c in cards if c.passage] == ["One", "thr"]

    def test_a_card_that_cannot_be_right_is_shortened_or_left_to_the_next_quote(self, bees: Splitter) -> None:
        def check(passage: Passage, template: str) -> str | None:
            return "it does not fit" if len(passage.text) > 60 else None

        made = bees.split(judge=Judge(check), recipe=Recipe(cards=3))
        shown = [content.passage.text for row in made.pieces if (content := pieces.content(row)).passage]
        assert shown == [
            "A roof is a meadow that nobody has sown yet.",
            "Nobody has ever voted against honey.",
            "You can do nothing for a hive in January. […]",
        ]
        quiet = "I came up here because it was quiet, and I stayed because it was not."
        assert made.notes[0] == f"No card with “{quiet}”: it does not fit"


class TestPosts:
    def test_they_differ_in_kind(self, bees: Splitter) -> None:
        texts = [content.texts["wide"][0].split("\n\nhttps")[0] for content in bees.contents(PieceKind.POST)]
        assert texts == [
            "“Nobody has ever voted against honey.”\n— Omar Reyes",
            f"{BEES.title}\n\n{OPENING}",
            f"Reyes keeps two jars of honey in his desk drawer for visitors from the council.\n\n{BEES.title}",
            "“A roof is a meadow that nobody has sown yet.”\n\nWho said it?",
        ]

    def test_a_question_of_the_article_is_the_best_teaser(self, bees: Splitter) -> None:
        posts = bees.contents(PieceKind.POST, recipe=Recipe(cards=0))
        assert posts[2].texts["wide"][0].startswith("What has the first winter taught her?\n\nForty hives")

    def test_the_fifth_introduces_who_is_speaking_in_the_articles_words(self, bees: Splitter) -> None:
        posts = bees.contents(PieceKind.POST, recipe=Recipe(posts=5))
        assert (
            posts[4]
            .texts["wide"][0]
            .startswith(
                "Quist drove a tram for thirty years before she had ever seen a hive from inside.\n\n“"
            )
        )

    def test_a_quote_never_follows_a_sentence_from_behind_it(self, bees: Splitter) -> None:
        """It would seem to speak of that: of the new roof, say, where it spoke of the old one."""
        body = re.sub("Ada Quist looks|Quist (?=drove|wants)", "She ", BEES.body)
        article = replace(BEES, body=f"{body}\n\nQuist has been offered another roof by the harbour.")
        posts = bees.contents(PieceKind.POST, bees.store(article), Recipe(posts=20))
        texts = [text for post in posts for items in post.texts.values() for text in items]
        assert not [text for text in texts if "another roof" in text and "“" in text]

    def test_no_riddle_where_the_headline_gives_it_away(self, bees: Splitter) -> None:
        article = bees.store(replace(BEES, title="Quist and Reyes share a roof"))
        texts = [content.texts["wide"][0] for content in bees.contents(PieceKind.POST, article)]
        assert not any("Who said it?" in text for text in texts)

    def test_more_posts_are_more_quotes_each_once(self, bees: Splitter) -> None:
        posts = bees.contents(PieceKind.POST, recipe=Recipe(posts=20, cards=0))
        texts = [post.texts["wide"][0] for post in posts]
        assert len(texts) == len(set(texts)) == 9
        assert len({text.partition("“")[2] for text in texts if "“" in text}) == 7

    def test_the_marks_and_the_words_are_those_of_the_language(self, bees: Splitter) -> None:
        texts = [content.texts["wide"][0] for content in bees.contents(PieceKind.POST, bees.store(HEISE))]
        assert texts[0].startswith("„Gegen Honig hat noch niemand gestimmt“\n— Omar Reyes")
        assert "Wer hat das gesagt?" in texts[2]

    def test_hashtags_come_from_the_recipe_alone(self, bees: Splitter) -> None:
        posts = bees.contents(PieceKind.POST, recipe=Recipe(hashtags=("city bees", "#honey")))
        assert all(post.texts["wide"][0].endswith("\n\n#CityBees #honey") for post in posts)


class TestThreadAndIssue:
    def test_the_thread_has_the_headline_the_best_quotes_in_reading_order_and_the_link(
        self, bees: Splitter
    ) -> None:
        (thread,) = bees.contents(PieceKind.THREAD)
        items = thread.texts["narrow"]
        assert items[0].startswith("Forty hives above the tram depot\n\nSince April")
        assert [item.split()[0] for item in items[1:5]] == ["“We", "“I", "“The", "“A"]
        assert items[5].startswith("The whole article: https://gazette.example")
        assert [item.rsplit("\n\n")[-1] for item in items] == [f"{n}/6" for n in range(1, 7)]

    def test_where_there_are_no_threads_it_is_one_text(self, bees: Splitter) -> None:
        (thread,) = bees.contents(PieceKind.THREAD)
        (text,) = thread.texts["wide"]
        assert "1/6" not in text
        assert text.count("\n— ") == 4

    def test_or_one_with_fewer_quotes(self, bees: Splitter) -> None:
        (thread,) = bees.contents(PieceKind.THREAD, kinds={"x": Capabilities(text=Limit(330))})
        (text,) = thread.texts["x"]
        assert text.count("\n— ") == 1
        assert "meadow" in text  # the best is left out last

    def test_the_issue_has_a_subject_a_preheader_and_quotes(self, bees: Splitter) -> None:
        (issue,) = bees.contents(PieceKind.ISSUE)
        assert (issue.subject, issue.template) == ("Forty hives above the tram depot", "issue")
        assert issue.preheader.startswith("Since April")
        assert [passage.text.split()[0] for passage in issue.passages] == ["We", "I", "The", "A"]
        assert issue.texts == {}


class TestEveryText:
    @pytest.mark.parametrize("article", [BEES, HEISE], ids=["en", "de"])
    def test_it_fits_each_kind_that_there_is(self, bees: Splitter, article: Article) -> None:
        kinds = {name: adapter.can for name, adapter in channel_kinds().items()}
        for row in bees.split(bees.store(article), kinds=kinds).pieces:
            content = pieces.content(row)
            assert content.refused == {}
            for kind, items in content.texts.items():
                limit = kinds[kind].text if kind else None
                assert all(item and (limit is None or limit.fits(item)) for item in items)

    def test_its_words_stand_in_the_article(self, bees: Splitter) -> None:
        article = bees.store()
        for row in bees.split(article).pieces:
            content = pieces.content(row)
            shown = [*content.passages, *([content.passage] if content.passage else [])]
            assert all(stands(article.body, passage) for passage in shown)
            texts = " ".join(item for items in content.texts.values() for item in items)
            known = " ".join([article.title, *(passage.text for passage in shown)])
            ours = {"Who", "said", "it", "The", "whole", "article", "Ada", "Omar", "Reyes", "Quist"}
            words = {word.strip("“”‘’.,?!") for word in texts.split() if "://" not in word}
            assert {w for w in words if w.isalpha()} <= ours | {w.strip(".,?!") for w in known.split()}

    def test_links_say_where_a_reader_comes_from(self, bees: Splitter) -> None:
        recipe = Recipe(utm={"utm_source": "{kind}", "utm_content": "{piece}", "utm_campaign": "{article}"})
        made = bees.split(recipe=recipe).pieces
        card, issue = pieces.content(made[0]), pieces.content(made[-1])
        tail = "utm_content=card&utm_campaign=forty-hives-above-the-tram-depot#top"
        assert f"{BEES.url.partition('#')[0]}&utm_source=wide&{tail}" in card.texts["wide"][0]
        assert f"{BEES.url.partition('#')[0]}&{tail}" in card.texts[""][0]
        assert issue.link == f"{BEES.url.partition('#')[0]}&utm_medium=email&utm_source=newsletter#top"
        assert card.link == BEES.url

    def test_an_article_without_an_address_has_no_link(self, bees: Splitter) -> None:
        made = bees.split(bees.store(replace(BEES, url=""))).pieces
        assert not any("http" in str(row.content) for row in made)

    def test_a_place_in_the_parameters_that_nothing_fills_is_a_mistake(self, bees: Splitter) -> None:
        with pytest.raises(PullquoteError, match=r"\{channel\}"):
            bees.split(recipe=Recipe(utm={"utm_source": "{channel}"}))

    def test_a_kind_of_mail_gets_no_post(self, bees: Splitter) -> None:
        assert not any("post" in content.texts for content in bees.contents(PieceKind.POST))

    def test_what_is_too_long_becomes_a_thread_or_is_shortened(self, bees: Splitter) -> None:
        winter = [quote for quote in found_in(BEES) if "January" in BEES.body[quote.start : quote.end]]
        can = Capabilities(text=Limit(320))
        kinds = {"threads": replace(can, threads=True), "none": can, "narrow": KINDS["narrow"]}
        (post, *_) = bees.contents(PieceKind.POST, bees.store(found=winter), Recipe(cards=0), kinds=kinds)
        quote, link = post.texts["threads"]
        assert quote.startswith("“You can do nothing for a hive in January.")
        assert quote.endswith("I would do it again.”\n— Ada Quist")
        assert link.startswith("https://")
        (short,) = post.texts["none"]
        assert "but you do not sleep. […]”\n— Ada Quist\n\nhttps://" in short
        (shorter,) = post.texts["narrow"]  # it has threads, but an item cannot hold the whole quote
        assert shorter.startswith("“You can do nothing for a hive in January. […]”\n— Ada Quist\n\nhttps://")

    def test_a_kind_that_cannot_hold_one_sentence_refuses_and_the_others_do_not(self, bees: Splitter) -> None:
        kinds = {"tiny": Capabilities(text=Limit(20), images=IMAGES, threads=True), "wide": KINDS["wide"]}
        for row in bees.split(kinds=kinds).pieces[:-1]:
            content = pieces.content(row)
            assert content.for_kind("wide")
            with pytest.raises(NotSupported, match=r"too long for Tiny: \d+/20 characters"):
                content.for_kind("tiny")

    def test_a_kind_without_images_refuses_cards(self, bees: Splitter) -> None:
        card = bees.contents(PieceKind.CARD, kinds={"blind": Capabilities()})[0]
        assert card.refused == {"blind": "Blind takes no images"}

    def test_a_template_of_ones_own_for_one_kind(self, bees: Splitter, tmp_path: Path) -> None:
        own = tmp_path / "posts/quote.wide.txt.j2"
        own.parent.mkdir()
        own.write_text(
            '{% extends "default:posts/quote.txt.j2" %}{% block ending %}via {{ kind }}{% endblock %}'
        )
        post = bees.contents(PieceKind.POST, environment=environment([tmp_path]))[0]
        assert post.texts["wide"] == ["“Nobody has ever voted against honey.”\n— Omar Reyes\n\nvia wide"]
        assert "via" not in post.texts["narrow"][0]


def test_the_seed_article(bees: Splitter) -> None:
    gold = json.loads(shared("data/seed-article.gold.json").read_text(encoding="utf-8"))
    article = Article(title=gold["title"], body=gold["text"], author=gold["author"], language="en")
    found = [
        Quote(
            tuple(Segment(s["start"], s["end"]) for s in each["segments"]),
            each["speaker"],
            confidence=0.9,
            score=-abs(len(each["text"]) - 150),
            duplicate_of=12 if each["where"] == "headline" else None,
        )
        for each in gold["utterances"]
    ]
    kinds = {name: adapter.can for name, adapter in channel_kinds().items()}
    made = bees.split(bees.store(article, found), kinds=kinds)
    assert Counter(row.kind for row in made.pieces) == {"card": 5, "post": 4, "thread": 1, "issue": 1}
    for row in made.pieces:
        content = pieces.content(row)
        assert content.refused == {}
        assert all(stands(article.body, passage) for passage in content.passages)
        for kind, items in content.texts.items():
            limit = kinds[kind].text if kind else None
            assert all(item and (limit is None or limit.fits(item)) for item in items)
