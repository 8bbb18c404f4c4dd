"""From an empty installation to a post that was received, as a person would do it; then the rooms, one by one."""

from __future__ import annotations

import re
from pathlib import Path

from scheduler.demo.networks import TOKEN
from scheduler.demo.shelf import kept
from tests.browser.conftest import Visit

EXAMPLE = Path(__file__).parents[2] / "examples" / "interview.md"


def test_ten_clicks_from_nothing_to_the_first_post(visit: Visit) -> None:
    page, house = visit.page, visit.house
    page.goto(house.welcome)
    page.fill("#name", "Ada Quist")
    page.fill("#email", "ada@example.com")
    page.fill("#password", "nine harbour gulls")
    visit.click("Make the account")
    assert "Three steps to the first post" in visit.text()
    visit.click("Connect a channel", "link")
    visit.click("Mastodon", "link")
    page.fill("#field-server", f"{house.receiver}/mastodon")
    page.fill("#field-token", TOKEN)
    visit.click("Connect and test")
    assert "Mastodon is connected." in visit.text()
    visit.click("Articles", "link")
    page.locator("summary").click()
    visit.clicks += 1
    page.set_input_files("#file", EXAMPLE)
    visit.click("Read it")
    assert "14 quotes, 11 pieces." in visit.text()
    page.locator(".pieces a").first.click()
    visit.clicks += 1
    page.wait_for_load_state()
    visit.click("Send now")
    page.wait_for_selector(".state.sent")  # the page finds out by itself
    assert visit.clicks <= 10, f"{visit.clicks} clicks"
    assert len(kept(house.received / "mastodon", "post")) == 1


def test_an_article_becomes_a_campaign_and_is_taken_back(owner: Visit) -> None:
    owner.go("/articles/1/schedule")
    assert "Nothing is scheduled yet." in owner.text()
    owner.click("deliveries")
    assert "deliveries are scheduled." in owner.text()
    owner.click("Undo")
    assert "deliveries are taken back." in owner.text()


def scheduled(owner: Visit) -> str:
    """The address of a delivery that waits."""
    owner.go("/pieces/2")
    owner.click("Next free slot")
    return str(owner.page.url)


def test_a_piece_is_dragged_to_another_day(owner: Visit) -> None:
    number = scheduled(owner).rpartition("/")[2]
    page = owner.page
    page.set_viewport_size({"width": 1440, "height": 1400})
    owner.go("/calendar")
    piece = page.locator(f'[data-delivery="{number}"]')
    days = page.locator("td[data-day]:not(.past)")
    start, end = piece.bounding_box(), days.last.bounding_box()
    page.mouse.move(start["x"] + 20, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 40, start["y"] + 20, steps=4)
    page.mouse.move(end["x"] + 40, end["y"] + end["height"] - 6, steps=8)
    page.mouse.up()
    page.wait_for_selector("#say:not([hidden])")
    assert re.match("Moved to ", page.inner_text("#say"))
    page.wait_for_selector(f'td:last-child [data-delivery="{number}"]')


def test_a_piece_is_moved_by_keyboard(owner: Visit) -> None:
    number = scheduled(owner).rpartition("/")[2]
    page = owner.page
    owner.go("/calendar")
    page.locator(f'[data-delivery="{number}"]').focus()
    page.keyboard.press("m")
    assert "Enter puts it there" in page.inner_text("#say")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_text("Moved to ").wait_for()


def test_the_counter_counts_while_somebody_types(owner: Visit) -> None:
    owner.go("/pieces/6")
    page = owner.page
    page.fill("#text-1", "“It is always summer in the workshop.” " + "x" * 501)
    page.wait_for_selector("#everywhere .over-limit")
    assert "/500" in page.inner_text("#everywhere")
    assert "Draft saved" in page.inner_text("#saved")
    owner.go("/pieces/6")  # what was typed is there again
    assert page.input_value("#text-1").endswith("x" * 501)
    page.locator("#text-1").evaluate("field => field.setSelectionRange(39, 39)")
    owner.click("Split part 1")
    assert page.input_value("#text-2") == "x" * 501
    assert page.evaluate("document.activeElement.id") == "text-2"
    owner.click("Use these words")
    owner.wrong.clear()  # a refusal is an answer of 422
    assert page.evaluate("document.activeElement.id") == "wrong"
    owner.click("does not stand in the article", "link")
    assert page.evaluate("document.activeElement.id") == "text-1"
    owner.click("Throw the draft away")


def test_what_is_cancelled_comes_back(owner: Visit) -> None:
    address = scheduled(owner)
    owner.click("Cancel")
    assert "It is cancelled." in owner.text()
    owner.click("Undo")
    assert "It is back in the queue." in owner.text()
    assert owner.page.url == address


def test_without_a_script_everything_but_dragging_works(owner: Visit, chromium: object) -> None:
    state = owner.page.context.storage_state()
    context = chromium.new_context(java_script_enabled=False, storage_state=state)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"{owner.house.address}/articles")
    page.locator("summary").click()
    page.fill("#text", "# Rain\n\n“It rains on the harbour today,” said Ada Quist.")
    page.get_by_role("button", name="Read it").click()
    assert "Ada Quist" in page.inner_text("main")
    page.goto(f"{owner.house.address}/channels/1")
    page.fill("#why", "A drill")
    page.get_by_role("button", name="Pause").click()
    assert "A drill" in page.inner_text("main")
    page.get_by_role("button", name="Let it run again").click()
    assert "runs again" in page.inner_text("main")
    context.close()
