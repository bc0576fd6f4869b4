"""People at work in a real browser: by keyboard, on a phone, with and without scripts, two at once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select

from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.workflow.stages import Stage
from tests.browser.conftest import WIDTHS, Open
from tests.browser.kinds import Finder

pytestmark = pytest.mark.browser
REGISTER = "/disputes/register"
MOST_ANSWERS = 8
MOST_TABS = 80
# Milliseconds between two presses.
HASTE = 15
RING = """
e => { const s = getComputedStyle(e); const l = getComputedStyle(e.closest("label") || e);
  return [s, l].some(x => x.outlineStyle !== "none" && parseFloat(x.outlineWidth) >= 3); }
"""

SIZE = """
e => { const s = getComputedStyle(e), b = e.getBoundingClientRect();
  return [Math.round(b.height), Math.round(b.width), s.fontSize, s.fontWeight]; }
"""


def titled(words: str) -> int:
    """How many cases tell this story; each test tells one of its own."""
    found = db.session.scalar(select(func.count(Dispute.id)).where(Dispute.title == words))
    db.session.remove()
    return found or 0


def filled_in(page: Page, title: str) -> Page:
    """The one screen of the oral registration, answered by mouse or finger."""
    page.locator(".tile").filter(has_text=re.compile("邻居|neighbours")).click()
    page.locator("[name=facts]").fill("他家的水沟堵了，水流到我家院子里。")
    page.locator("[name=applicant_name]").fill("欧阳娜仁花")
    page.locator("[name=respondent_name]").fill("罗大年")
    page.locator("[name=place_id]").select_option(index=1)
    page.locator("[name=channel]").select_option(index=1)
    page.locator("summary").click()
    page.locator("[name=title]").fill(title)
    return page


def send(page: Page) -> Locator:
    return page.locator("main form .btn-primary")


class Keys:
    """Only the keyboard: every stop on the way shows where it is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, wanted: str) -> Keys:
        """Tab until the thing with this selector has the focus."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate_handle("document.activeElement").as_element()
            assert here is not None
            if here.evaluate("e => e.tagName") == "BODY":
                continue
            assert here.evaluate(RING), (
                f"no visible focus: {here.evaluate('e => e.outerHTML')[:120]}"
            )
            if here.evaluate("(e, wanted) => e.matches(wanted)", wanted):
                return self
        raise AssertionError(f"the keyboard does not reach {wanted}")

    def press(self, *keys: str) -> Keys:
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def write(self, words: str) -> Keys:
        self.page.keyboard.insert_text(words)
        return self

    def enter(self) -> Keys:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self


def test_a_dispute_is_registered_and_moved_on_by_keyboard_alone(visit: Open) -> None:
    page = visit("/today", who="zhouguilan", width="desk")
    keys = Keys(page).to(f'.doors-wide a[href="{REGISTER}"]').enter()
    keys.to("[name=everyday_kind]").press("Space", "ArrowRight")
    keys.to("[name=facts]").write("墙根渗水，两家说不到一起。")
    keys.to("[name=applicant_name]").write("陈水根")
    keys.to("[name=respondent_name]").write("罗大年")
    keys.to("[name=place_id]").press("ArrowDown")
    keys.to("[name=channel]").press("ArrowDown")
    keys.to("main form .btn-primary").enter()
    expect(page.locator("h1, h2").first).to_contain_text("登记好了")
    case = page.locator("main a[href^='/disputes/']").evaluate_all(
        "all => all.map(a => a.getAttribute('href')).find(h => h.split('/').length === 3)"
    )
    assert case
    keys.to(f'main a[href="{case}"]').enter()
    before = page.locator("#next-step").inner_text()
    keys.to(".next .btn-primary").enter()
    keys.to("main form [type=radio]").press("Space")
    keys.to("main form .btn-primary").enter()
    assert page.url.endswith(case)
    assert page.locator("#next-step").inner_text() != before


def test_the_oral_registration_is_one_screen_with_few_answers(visit: Open) -> None:
    title = "墙外的排水沟被填平了"
    page = visit(REGISTER, who="zhouguilan", width="phone")
    asked = page.locator(
        "main form > .field:not(:has(.optional)), main form > fieldset.field:not(:has(.optional))"
    )
    assert 0 < asked.count() <= MOST_ANSWERS
    assert str(asked.count()) in page.locator(".head-line").inner_text()
    send(filled_in(page, title)).click()
    page.wait_for_url("**/registered")
    assert titled(title) == 1


def pressed_twice(page: Page) -> list[str]:
    """A hasty hand: the second press comes while the first is still on its way. What was sent."""
    sent: list[str] = []
    page.on("request", lambda r: sent.append(r.url) if r.method == "POST" else None)
    send(page).scroll_into_view_if_needed()
    box = send(page).bounding_box()
    assert box is not None
    for _ in range(2):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(HASTE)
    page.wait_for_url("**/registered")
    return sent


def test_a_double_click_is_sent_once_and_makes_one_case(visit: Open) -> None:
    title = "门口的石狮子挡了路"
    page = filled_in(visit(REGISTER, who="zhouguilan"), title)
    assert len(pressed_twice(page)) == 1
    assert titled(title) == 1


def test_without_scripts_a_double_click_makes_one_case_too(visit: Open) -> None:
    """Nothing locks the button: the server answers the second form with what the first led to."""
    title = "两家合用的水泵坏了"
    page = filled_in(visit(REGISTER, who="zhouguilan", java_script_enabled=False), title)
    assert len(pressed_twice(page)) == 2
    assert titled(title) == 1


def test_without_scripts_the_work_goes_on(visit: Open, finder: Finder) -> None:
    title = "晒谷场轮到谁先用"
    page = filled_in(visit(REGISTER, who="zhouguilan", java_script_enabled=False), title)
    send(page).click()
    page.wait_for_url("**/registered")
    page.locator("main a[href^='/disputes/']").filter(has_not_text="小条").first.click()
    page.locator(".next .btn-primary").click()
    expect(page.locator("main form .btn-primary")).to_be_visible()
    path = finder.case(Stage.MEDIATING, "/records/terms")
    page = visit(path, who=finder.keeper_of(path), java_script_enabled=False)
    assert page.locator("[data-row]").count() >= 2, "rows to write in, though nothing adds them"
    page.locator("button[name=language]").first.click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_wrong_form_leads_to_its_summary_and_keeps_what_was_typed(visit: Open) -> None:
    page = visit(REGISTER, who="zhouguilan", status=200)
    page.locator("[name=facts]").fill("第一行\n第二行")
    page.locator("[name=applicant_name]").fill("娜仁花")
    with page.expect_response(lambda r: r.request.method == "POST") as answer:
        send(page).click()
    assert answer.value.status == 422
    page.wait_for_selector("[data-summary]")
    assert page.evaluate("document.activeElement.matches('[data-summary]')")
    assert page.locator("[name=facts]").input_value().splitlines() == ["第一行", "第二行"]
    assert page.locator("[name=applicant_name]").input_value() == "娜仁花"
    links = page.locator("[data-summary] a")
    assert links.count() >= 3
    links.filter(has_text=re.compile("和谁有矛盾")).click()
    assert page.evaluate("document.activeElement.name") == "respondent_name"
    wrong = page.locator("[name=respondent_name]")
    assert wrong.get_attribute("aria-invalid") == "true"
    assert page.locator(f"#{wrong.get_attribute('aria-describedby')}").is_visible()


def test_two_at_once_see_both_texts_and_lose_neither(visit: Open, finder: Finder) -> None:
    path = finder.case(Stage.MEDIATING, "/records/terms")
    keeper = finder.keeper_of(path)
    mine, other = visit(path, who=keeper), visit(path, who=keeper, status=200)
    for page, words in ((other, "先写的人说的事实"), (mine, "后写的人说的事实")):
        page.locator("[name=facts]").fill(words)
    send(other).click()
    other.wait_for_url("**/disputes/*")
    with mine.expect_response(lambda r: r.request.method == "POST") as answer:
        send(mine).click()
    assert answer.value.status == 409
    yours, theirs = mine.locator(".version").all()
    expect(yours).to_contain_text("后写的人说的事实")
    expect(theirs).to_contain_text("先写的人说的事实")
    assert mine.locator("main .btn-primary").count() == 0, "the page takes no side"
    boxes = [b.bounding_box() for b in mine.locator(".version .btn").all()]
    assert len({(round(b["width"]), round(b["height"])) for b in boxes if b}) == 1
    yours.locator(".btn").click()
    mine.wait_for_url("**/disputes/*")
    mine.goto(path)
    assert mine.locator("[name=facts]").input_value() == "后写的人说的事实"


@pytest.mark.parametrize("width", list(WIDTHS))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_other_ways_are_as_large_as_the_next_step(
    width: str, language: str, visit: Open, finder: Finder
) -> None:
    path = finder.case(Stage.PERSUADING)
    page = visit(path, who=finder.keeper_of(path), width=width, language=language)
    step, way = page.locator(".next .btn-primary"), page.locator(".next .btn:not(.btn-primary)")
    assert step.evaluate(SIZE) == way.evaluate(SIZE)
    assert way.evaluate("e => getComputedStyle(e).borderTopWidth") == "2px"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_party_sees_every_road(language: str, visit: Open, finder: Finder) -> None:
    """A worker whose wages are owed: court with its address, arbitration, 12348; large letters."""
    page = visit("/my/case", who="party confirmation_filed", language=language)
    assert page.locator("html.large").count() == 1
    ways = page.locator(".ways")
    for words in (
        "临溪县人民法院",
        "0999-5550200",
        "12348",
        "仲裁" if language == "zh" else "arbitration",
    ):
        expect(ways).to_contain_text(re.compile(words, re.IGNORECASE))
    assert page.locator(".ways a[href='tel:12348']").count() >= 1
    fixed = page.locator(".foot-fixed .btn")
    sizes = {
        (round(b["width"]), round(b["height"]))
        for b in (f.bounding_box() for f in fixed.all())
        if b
    }
    assert fixed.count() == 2
    assert len(sizes) == 1
    assert page.locator(".stages.compact .stage").count() == 4


def test_the_language_changes_where_one_stands(visit: Open, finder: Finder) -> None:
    path = finder.case(Stage.SIGNING)
    page = visit(path, who=finder.keeper_of(path), width="desk")
    page.locator("button[name=language][value=en]").first.click()
    assert page.url.endswith(path)
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("button[name=language][value=zh]").first.click()
    assert page.locator("html").get_attribute("lang") == "zh-Hans"


def test_a_paper_that_was_checked_is_told_plainly(visit: Open, finder: Finder) -> None:
    page = visit("/verify")
    page.locator("[name=code]").fill(finder.agreement[2])
    send(page).click()
    expect(page.locator(".square")).to_contain_text("查到")
    assert "孟" not in page.locator("main").inner_text()


def test_printing_a_case_prints_words_only(visit: Open, finder: Finder) -> None:
    path = finder.case(Stage.SIGNING)
    page = visit(path, who=finder.keeper_of(path), width="desk")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for gone in (".top", ".foot", ".doors-wide", ".doors-phone", ".next-actions", ".person-call"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
