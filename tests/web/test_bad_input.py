"""Every form of the site, filled in by clumsy and by hostile hands: a sentence, nothing lost, no crash.

The forms are found by walking the routes: a new form is covered by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle

import pytest
from sqlalchemy import func, select

from mediation.models.database import db
from mediation.models.history import AuditEntry, DoneAct, Event
from tests import questions
from tests.browsers import Browser, Page, parse
from tests.doors import Browsers, Door, doors
from tests.questions import CHOSEN, TYPED, WRITTEN, Form, Question
from tests.standing import Standing

# Each is refused beside its question, and what can be seen of it stays; tests/forms has many more.
UNCLEAN = {"turned and hidden": "张\u202e\u200b三", "nul": "张\x00三"}
# Words that look dangerous and are only words: kept as they are, or refused; never run, never lost.
HARMLESS = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "{{7*7}}${7*7}%s%n{0.__class__}",
    "'; DROP TABLE dispute; --",
    "=cmd|' /C calc'!A0",
    "王𬭚和张䶮",
    "../../etc/passwd",
    "张三\r\nSet-Cookie: a=b",
)
BY_KIND = {
    "day": ("0001-01-01", "9999-12-31", "昨天"),
    "money": ("0", "12.345", "-1"),
    "count": ("-1", "9" * 5000),
    "phone": ("123",),
    "id_number": ("999999195804120310", "99999920990412031X"),
}
# Not the site's own forms of acts: signing in and looking up answer one sentence for all that is wrong.
NOT_SAID_WHERE = {"sign_in.sign_in", "lookup.enter", "verify.verify"}

_TAGS = re.compile(r"<script>alert|<img src=x")
# Written in letters of their own.
NOT_WORDS = ("login", "code", "second", "begins", "ends")


@dataclass
class Counter:
    """Fills the forms of one page in, again and again, and notes what went wrong."""

    standing: Standing
    door: Door
    browser: Browser
    forms: list[Form] = field(default_factory=list)

    @property
    def today(self) -> str:
        return self.standing.site.clock.clock.today().isoformat()

    def open(self) -> list[Form]:
        """The forms of the page as it is now; none when the page is there no more."""
        response = self.browser.raw(self.door.url)
        return questions.forms(parse(response)) if response.status_code == 200 else []

    def send(self, form: Form, changed: dict[str, str]) -> Page:
        return self.browser.answer(form.action, {**form.sensible(self.today), **changed})


@dataclass
class Report:
    """What went wrong, one line a finding: a whole run is read at once."""

    lines: list[str] = field(default_factory=list)

    def note(self, counter: Counter, tried: str, what: str) -> None:
        self.lines.append(f"{counter.door.endpoint} [{tried}] {what}")

    def refused(self, counter: Counter, form: Form, tried: str, changed: dict[str, str]) -> None:
        """Send it, and expect a sentence beside every changed field, all of it kept on the page."""
        try:
            page = counter.send(form, changed)
        except Exception as error:
            self.note(counter, tried, f"{type(error).__name__}: {error}"[:300])
            return
        if page.status != 422:
            self.note(counter, tried, f"answered with {page.status}")
            return
        silent = set(changed) - questions.wrong(page)
        if silent and counter.door.endpoint not in NOT_SAID_WHERE:
            self.note(counter, tried, f"nothing is said beside {sorted(silent)}")
        kept = questions.kept(page)
        lost = [n for n, v in changed.items() if n in kept and seen(kept[n]) != seen(v)]
        if lost:
            self.note(counter, tried, f"lost in {lost}: {kept[lost[0]][:60]!r}")

    def __str__(self) -> str:
        return "\n".join(self.lines)


def seen(words: str) -> str:
    """What the eye sees of it: no parser keeps the rest."""
    return "".join(c for c in words if c.isprintable() and c not in "\ufffd\u202e\u200b")


@pytest.fixture(scope="module")
def counters(shared_standing: Standing) -> list[Counter]:
    """A page for every route that takes a form with questions, opened once."""
    found = list(opened_counters(shared_standing))
    assert len({c.door.endpoint for c in found}) > 25
    return found


def opened_counters(standing: Standing) -> Iterator[Counter]:
    browsers = Browsers(standing)
    for door in doors(standing):
        if door.methods >= {"GET", "POST"}:
            counter = Counter(standing, door, browsers[door.who])
            counter.forms = counter.open()
            if counter.forms:
                yield counter


def each_form(
    counters: list[Counter], *kinds: str
) -> Iterator[tuple[Counter, Form, list[Question]]]:
    for counter in counters:
        for form in counter.forms:
            if asked := form.of(*kinds):
                yield counter, form, asked


@pytest.fixture(autouse=True)
def nothing_is_written(request: pytest.FixtureRequest) -> Iterator[None]:
    """What is refused leaves no trace; for the tests that share one site."""
    if "counters" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("counters")
    before = rows()
    yield
    assert rows() == before


def rows() -> tuple[int, ...]:
    """How much was ever recorded: acts in cases, forms used up, whoever looked at what."""
    found = tuple(
        db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in (Event, DoneAct, AuditEntry)
    )
    db.session.rollback()
    return found


@pytest.mark.parametrize("tried", UNCLEAN)
def test_words_that_cannot_be_kept(counters: list[Counter], tried: str) -> None:
    report = Report()
    for counter, form, asked in each_form(counters, *WRITTEN):
        report.refused(counter, form, tried, {q.name: UNCLEAN[tried] for q in asked})
    assert str(report) == ""


def test_a_hundred_thousand_characters(counters: list[Counter]) -> None:
    """Long questions above all, for there people paste; the page is only looked through, not parsed."""
    report, words = Report(), "长" * 100_000
    for counter, form, asked in each_form(counters, "long"):
        data = {**form.sensible(counter.today), asked[0].name: words}
        answer = counter.browser.send_blind(form.action, data)
        if answer.status_code != 422 or words not in answer.text:
            report.note(counter, "100,000", f"answered with {answer.status_code}")
    assert str(report) == ""


@pytest.mark.parametrize("kind", BY_KIND)
def test_bad_values(counters: list[Counter], kind: str) -> None:
    report = Report()
    for counter, form, asked in each_form(counters, kind):
        for value in BY_KIND[kind]:
            report.refused(counter, form, value[:20], {q.name: value for q in asked})
    assert str(report) == ""


def test_what_was_not_offered_is_no_answer(counters: list[Counter]) -> None:
    report = Report()
    for counter, form, asked in each_form(counters, *CHOSEN):
        for value in ("999999", "__class__"):
            report.refused(counter, form, value, {q.name: value for q in asked})
    assert str(report) == ""


def test_an_empty_form_says_what_is_missing(counters: list[Counter]) -> None:
    report = Report()
    for counter, form, asked in each_form(counters, *TYPED, *CHOSEN, "password"):
        needed = [q for q in asked if q.required]
        if needed:
            report.refused(counter, form, "blank", {q.name: "" for q in needed})
    assert str(report) == ""


def test_words_and_days_that_only_look_dangerous(own_standing: Standing) -> None:
    """Kept or refused, never run: the page that answers is clean, whatever it shows.

    Plans may lie ahead; what is said to have happened may not. Neither crashes.
    """
    report, words = Report(), cycle(HARMLESS)
    counters = list(opened_counters(own_standing))
    for counter, form, asked in each_form(counters, "day"):
        survives(report, counter, form, {asked[-1].name: "2099-01-01"})
    for counter, form, asked in each_form(counters, *WRITTEN):
        survives(report, counter, form, {q.name: next(words) for q in asked})
    assert str(report) == ""
    browsers = Browsers(own_standing)
    for door in doors(own_standing):  # and wherever it is shown afterwards
        if "GET" in door.methods and door.who == "hetianming":
            answer = browsers[door.who].look(door.url)
            if answer.mimetype == "text/html":
                assert not {"<script>alert", "<img src=x"} & set(_TAGS.findall(answer.text)), str(
                    door
                )


def survives(report: Report, counter: Counter, form: Form, changed: dict[str, str]) -> None:
    try:
        page = counter.send(form, changed)
    except Exception as error:
        report.note(counter, str(changed), f"{type(error).__name__}: {error}"[:300])
        return
    if page.status not in (200, 303, 409, 422):
        report.note(counter, str(changed), f"answered with {page.status}")


def test_filled_to_the_brim(own_standing: Standing) -> None:
    """As many characters as each question takes, and no more: what a form takes, the database keeps."""
    report = Report()
    for counter, form, asked in each_form(list(opened_counters(own_standing)), *WRITTEN):
        long = {q.name: "长" * 30_000 for q in asked if q.name not in NOT_WORDS}
        limits = questions.limits(counter.send(form, long))
        survives(
            report, counter, form, {name: "长" * limits[name] for name in long if name in limits}
        )
    assert str(report) == ""
