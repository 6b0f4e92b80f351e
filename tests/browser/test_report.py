import io
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from pypdf import PdfReader
from tests.boards import HOSTILE, LINKS, board_of, hostile, launch, many, plant
from tests.browser.opened import Opened

from evtimeline.core.cells import safe

Open = Callable[..., Opened]
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SMALL = {"viewport": {"width": 320, "height": 640}}
DESK = {"viewport": {"width": 1280, "height": 900}}
DARK = {"color_scheme": "dark"}


@pytest.mark.parametrize(("language", "title"), [("en", "Cars"), ("zh", "汽车")])
def test_it_opens_from_disk_and_asks_for_nothing(open_report: Open, language: str, title: str) -> None:
    page = open_report(board_of(launch(), plant(), language=language)).page
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator(".lane")).to_have_count(2)
    assert page.evaluate("document.documentElement.lang") == ("zh-CN" if language == "zh" else "en")


def test_foreign_texts_are_text_and_nothing_of_them_runs(open_report: Open) -> None:
    opened = open_report(board_of(*hostile()))
    page = opened.page
    page.get_by_role("button", name="Open all ledgers").click()
    titles = page.locator(".stands th a").all_inner_texts()
    assert {title.strip() for title in titles} == {" ".join(safe(text).split()) for text in HOSTILE}
    page.locator(".lane .track").nth(1).hover()
    page.locator(".key").first.focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("searchbox").fill("<script>")
    expect(page.locator("#reset")).to_be_visible()
    assert page.evaluate("window.ran") is None
    assert page.locator("img, iframe, base, object, embed, math, form").count() == 0
    assert page.locator("script").count() == page.locator("style").count() == 1
    assert page.locator("[onload], [onerror], [onclick], [onmouseover], [style*=display]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_only_links_to_the_web_can_be_followed(open_report: Open) -> None:
    page = open_report(board_of(*hostile(), launch())).page
    links = [link.get_attribute("href") for link in page.locator("a").all()]
    outside = {link for link in links if link and not link.startswith("#")}
    assert outside and not outside & {*LINKS, *HOSTILE}
    assert all(link.startswith("https://news.example/2025-") for link in outside)


def test_the_filter_finds_titles_publishers_and_words_in_any_language(open_report: Open) -> None:
    opened = open_report(board_of(launch(), plant()))
    page = opened.page
    for typed in ("yu7", "小米YU7上市", "车友热帖", "half", "slips JUNE"):
        page.get_by_role("searchbox").fill(typed)
        found = {"half": 0}.get(typed, 1)
        expect(page.locator("#shown")).to_have_text(f"{found} of 2 shown")
        assert opened.shown(".lane") == opened.shown("details.ledger") == opened.shown(".stands tbody tr") == found
        assert opened.shown(".legend li") == found
    expect(page.locator(".lane:visible")).to_contain_text("Phase II")
    page.get_by_role("button", name="Show all").click()
    assert opened.shown(".lane") == 2
    assert page.evaluate("document.activeElement.id") == "find"


def test_a_status_can_be_picked_out(open_report: Open) -> None:
    opened = open_report(board_of(launch(), plant()))
    chip = opened.page.get_by_role("button", name="1 overdue")
    chip.click()
    expect(opened.page.locator("#shown")).to_have_text("1 of 2 shown")
    assert chip.get_attribute("aria-pressed") == "true"
    assert opened.shown(".stands tbody tr") == 1
    opened.page.get_by_role("searchbox").fill("yu7")
    expect(opened.page.get_by_text("No milestone matches the filter.")).to_be_visible()
    opened.page.get_by_role("searchbox").fill("")
    chip.click()
    expect(opened.page.locator("#shown")).to_have_text("2 of 2 shown")


@pytest.mark.parametrize("window", [DESK, PHONE])
def test_the_timeline_zooms_by_buttons_and_keys(open_report: Open, window: dict[str, object]) -> None:
    opened = open_report(board_of(launch(), plant()), **window)
    page = opened.page
    whole, labels = opened.width(".track"), opened.page.locator(".ruler text:visible").count()
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Zoom in").click()
    assert opened.width(".track") == pytest.approx(2 * whole, rel=0.02)
    page.get_by_role("region", name="Time axis").focus()
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert opened.width(".track") == pytest.approx(6 * whole, rel=0.02)
    assert page.locator(".ruler text:visible").count() > labels
    page.keyboard.press("0")
    assert opened.width(".track") == pytest.approx(whole, rel=0.02)
    page.get_by_role("button", name="Today").click()
    assert opened.width(".track") == pytest.approx(4 * whole, rel=0.02)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_pointer_brings_up_the_sentence(open_report: Open) -> None:
    page = open_report(board_of(launch(), plant())).page
    tip = page.get_by_role("tooltip")
    page.locator(".lane", has_text="YU7").locator(".track").hover()
    expect(tip).to_contain_text("小米YU7今晚正式发布")
    expect(tip).to_contain_text("小米公司, 2025-06-26")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.locator(".large use.forecast[data-c]").hover()
    expect(tip).to_contain_text("We expect September")


def test_everything_can_be_reached_by_keyboard(open_report: Open) -> None:
    page = open_report(board_of(launch(), plant())).page
    tip = page.get_by_role("tooltip")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.get_by_role("region", name="Time axis").focus()
    page.keyboard.press("Tab")
    expect(tip).to_contain_text("小米YU7今晚正式发布")
    page.keyboard.press("Tab")
    expect(tip).to_contain_text("The plant slips to June")
    page.locator(".key", has_text="YU7").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.locator(".large .trace.on").count() == 1
    page.keyboard.press("ArrowRight")
    expect(tip).to_contain_text("计划8月上市")
    page.keyboard.press("ArrowRight")
    expect(tip).to_contain_text("六七月")
    page.keyboard.press("ArrowLeft")
    expect(tip).to_contain_text("计划8月上市")
    page.keyboard.press("Enter")
    ledger = page.locator("details.ledger", has_text="小米YU7")
    expect(ledger).to_have_attribute("open", "")
    expect(ledger.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    assert ledger.get_attribute("open") is None


@pytest.mark.parametrize("window", [DESK, PHONE, SMALL])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_width_needs_scrolling_sideways(open_report: Open, window: dict[str, object], language: str) -> None:
    page = open_report(board_of(launch(), plant(), *hostile(), language=language), **window).page
    page.locator("#all").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_is_dark_in_the_dark_and_prints_on_white(open_report: Open) -> None:
    page = open_report(board_of(launch(), plant()), **DARK).page
    ink = "getComputedStyle(document.body).color", "getComputedStyle(document.body).backgroundColor"
    assert [page.evaluate(each) for each in ink] == ["rgb(230, 233, 238)", "rgb(15, 19, 25)"]
    page.emulate_media(media="print")
    assert [page.evaluate(each) for each in ink] == ["rgb(27, 32, 40)", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("look", [DESK, {**DESK, **DARK}, PHONE, {**PHONE, **DARK}])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_axe_finds_nothing_serious(open_report: Open, look: dict[str, object], language: str) -> None:
    page = open_report(board_of(launch(), plant(), *many(3, 8), language=language), **look).page
    page.locator("#all").click()
    page.locator(".count").first.click()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []


def test_what_is_open_is_printed_and_nothing_else_of_the_ledgers(open_report: Open) -> None:
    page = open_report(board_of(launch(), plant())).page
    page.locator("details.ledger", has_text="Phase II").locator("summary").click()
    document = PdfReader(io.BytesIO(page.pdf(format="A4")))
    printed = " ".join(" ".join(leaf.extract_text() for leaf in document.pages).split())
    for words in ("Cars", "As known on 20 July 2025", "Slip chart", "What stands", "The plant slips to June"):
        assert words in printed
    assert "We expect September" not in printed
    assert "Zoom" not in printed
    assert len(document.pages) <= 4


def test_without_scripts_everything_can_still_be_read(open_report: Open) -> None:
    opened = open_report(board_of(launch(), plant()), java_script_enabled=False)
    assert opened.shown(".tools, .zoom, #all, #tip") == 0
    assert opened.shown(".lane") == opened.shown("details.ledger") == 2
    assert opened.shown(".ruler text") > 3
    opened.page.locator("summary").first.click()
    expect(opened.page.get_by_text("The plant slips to June").last).to_be_visible()


def test_a_large_report_filters_and_opens_its_ledgers(open_report: Open) -> None:
    opened = open_report(board_of(*many(300, 12)))
    expect(opened.page.locator(".large .trace")).to_have_count(40)
    opened.page.get_by_role("searchbox").fill("plant-217")
    expect(opened.page.locator("#shown")).to_have_text("1 of 300 shown")
    opened.page.locator(".lane:visible a").click()
    expect(opened.page.locator("details.ledger[open] h3")).to_have_text("Battery plant 217 starts mass production")
