"""Large print for everybody: at least 16 pt, at most two pages, sentences of 20 signs on average."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from mediation.bench.reading import Ink
from mediation.documents.casefile import Casefile, Enforcement
from mediation.workflow.documents import Document, Standing
from mediation.workflow.plain_words import TOLD
from tests.documents.paper import MM, bare, blank, example, letter, printed
from tests.documents.test_stress import LONG, PLACE, crowd

LETTERS = tuple(
    document.folder
    for document in Document
    if document.value.standing is Standing.PLAIN and document is not Document.CASE_SLIP
)
LARGE = 16 * 96 / 72
FOOT = (297 - 30) * MM
TITLE = f"{LONG}等五方关于桂花巷一百二十八号雨棚滴水和楼道堆物的纠纷"
_PARAGRAPH = re.compile(r"<p[^>]*>(.*?)</p>|<td[^>]*>(.*?)</td>", re.DOTALL)


def longest(folder: str, label: str = "甲方") -> Casefile:
    """Five parties, long names and places, twelve instalments, everything filled in."""
    case = crowd(folder, 5).for_party(label)
    stage = max(TOLD.values(), key=lambda told: len(told.stands.zh + told.next.zh))
    return replace(
        case,
        committee=replace(
            case.committee, name=f"{PLACE[:11]}物业联合人民调解委员会", address=PLACE
        ),
        dispute=replace(case.dispute, title=TITLE, stands=stage.stands.zh, follows=stage.next.zh),
        staff=replace(case.staff, mediators=(LONG,)),
        ways=replace(case.ways, court="临溪县安澜经济技术开发区人民法院", court_address=PLACE),
        agreement=replace(case.agreement, total_fen=None),
        meeting=replace(case.meeting, spot=PLACE, bring=("照片、收据、合同和聊天记录等材料",) * 6),
    )


def ruled(folder: str) -> Casefile:
    found = Enforcement(
        court="临溪县安澜经济技术开发区人民法院", number="（2026）临溪样张诉前调确12345号",
        ruled_on=date(2026, 11, 2), apply_by_on=date(2028, 12, 1),
    )  # fmt: skip
    return replace(longest(folder), enforcement=found)


def sentences(html: str) -> list[str]:
    """What ends in a full stop, of the words said to the reader; rows without one are no sentences."""
    main = html[html.index("<main>") : html.index("</main>")]
    said = (bare(unescape(re.sub("<[^>]*>", "", a or b))) for a, b in _PARAGRAPH.findall(main))
    return [one for text in said for one in re.findall("[^。！？]+(?=[。！？])", text)]


def _size(ink: Ink) -> float:
    """An ink box is .88 of its type high."""
    return (ink.bottom - ink.top) / 0.88


@pytest.mark.parametrize("folder", LETTERS)
def test_it_is_short_and_large_however_much_there_is_to_say(folder: str) -> None:
    for case in (example(folder), longest(folder), longest(folder, "乙方"), ruled(folder)):
        made = printed(letter(case))
        assert len(made.pages) <= 2
        assert made.overlaps == []
        small = {
            ink.text
            for sheet in made.sheets
            for ink in sheet.inks
            if ink.top < FOOT and _size(ink) < LARGE - 0.1
        }
        assert small == set()


@pytest.mark.parametrize("folder", LETTERS)
def test_it_speaks_in_short_sentences(folder: str) -> None:
    for case in (example(folder), longest(folder), longest(folder, "乙方"), ruled(folder)):
        found = sentences(letter(case).html)
        assert len(found) >= 6
        assert sum(map(len, found)) / len(found) <= 20, found


@pytest.mark.parametrize("folder", LETTERS)
def test_a_blank_one_still_names_the_court_and_that_nothing_is_charged(folder: str) -> None:
    text = printed(letter(blank(folder), address=None)).text
    assert "起诉" in text
    assert "不收费" in text


def test_the_slip_is_large_too() -> None:
    (sheet,) = printed(letter(example("case_slip"))).sheets
    assert [i for i in sheet.inks if i.top < FOOT and _size(i) < LARGE - 0.1] == []


def test_without_a_day_the_letter_promises_none() -> None:
    case = example("notice_letter")
    text = printed(letter(replace(case, meeting=replace(case.meeting, on=None, spot="")))).text
    assert "接下来" in text
    assert case.dispute.follows in text
    assert "时间不合适" not in text
    assert "年月日" not in text


def test_once_something_is_agreed_the_letter_no_longer_says_that_it_can_be_stopped() -> None:
    case = example("notice_letter")
    assert "说一声就停" in printed(letter(case)).text
    over = replace(case, dispute=replace(case.dispute, talking=False))
    text = printed(letter(over)).text
    assert "说一声就停" not in text
    assert "随时可以去法院起诉" in text


def test_a_ruling_that_holds_is_enforced_and_not_sued_upon() -> None:
    text = printed(letter(ruled("notice_letter"))).text
    assert "直接请法院强制执行" in text
    assert "随时可以去法院起诉" not in text
    assert "另外去法院起诉" in text
