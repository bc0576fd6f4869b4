"""The supplementary papers: what is left to the hand, to the court, and what no amount of data breaks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediation.documents.casefile import Casefile, Clause, Covenant
from mediation.documents.render import Mark
from tests.documents.paper import MM, bare, blank, example, letter, printed
from tests.documents.test_stress import LONG, PLACE, company, crowd, person

TO_PARTIES = (
    "acceptance_proof", "personal_data_consent", "service_address", "service_receipt",
    "mediation_notice",
)  # fmt: skip
OTHERS = ("mediation_proof", "closing_report", "ruling_draft")
# One page for everybody's data but the very longest.
ONE_PAGE = ("acceptance_proof", "service_address", "mediation_notice")


def long(folder: str, number: int) -> Casefile:
    case = crowd(folder, number)
    title = f"{LONG}等{number}方关于桂花巷雨棚滴水和楼道堆物的纠纷"
    said = "多次上门，面对面、背对背调解，双方看了现场，" * 30
    return replace(
        case.for_party("甲方") if folder in TO_PARTIES else case,
        dispute=replace(case.dispute, title=title, facts=said),
        staff=replace(case.staff, mediators=(LONG, "欧阳䶮", "李𫓧")),
        closing=replace(case.closing, process=said, performance=said, left=said, handler=LONG),
        mediated=replace(
            case.mediated,
            sessions=tuple(f"第{n}次　2026年9月{n}日14时30分，{PLACE}" for n in range(1, 11)),
            willing=tuple(f"{p.name}同意（当面说的）" for p in case.parties),
        ),
        meeting=replace(case.meeting, spot=PLACE, bring=("证明损失的照片、收据、合同",) * 5),
        service=replace(case.service, items=("调解通知书（2026）桂花人调通字第031号",) * 9, address=PLACE),
        agreement=replace(case.agreement, total_fen=None),
    )  # fmt: skip


@pytest.mark.parametrize("number", [2, 3, 5, 10])
@pytest.mark.parametrize("folder", [*TO_PARTIES, *OTHERS])
def test_long_data_breaks_nothing(folder: str, number: int) -> None:
    case = long(folder, number)
    made = printed(letter(case))
    assert made.overlaps == []
    assert "None" not in made.text
    for sheet in made.sheets:
        assert all(ink.right <= sheet.width - 28 * MM for ink in sheet.inks if ink.top < 250 * MM)
    if folder in OTHERS:
        assert all(bare(party.name) in made.text for party in case.parties)
    assert bare(LONG) in made.text


@pytest.mark.parametrize("folder", ONE_PAGE)
def test_two_parties_with_usual_data_take_one_page(folder: str) -> None:
    case = example(folder)
    far = tuple(replace(person(n), name=f"欧阳某某{n}") for n in range(2))
    assert len(printed(letter(replace(case, parties=far))).pages) == 1


@pytest.mark.parametrize("number", [2, 5, 10])
def test_the_closing_form_is_whole_on_its_first_page(number: int) -> None:
    pages = printed(letter(long("closing_report", number))).pages
    assert "审核人（签名）" in pages[0]
    assert "续页" in pages[1]
    assert "".join(pages[1:]).count("多次上门，") == 4 * 30


def test_two_companies_with_agents_leave_the_closing_form_whole() -> None:
    case = replace(long("closing_report", 2), parties=(company(0), company(1)))
    assert "审核人（签名）" in printed(letter(case)).pages[0]


@pytest.mark.parametrize("folder", ["personal_data_consent", "service_address"])
def test_a_choice_is_left_to_the_hand(folder: str) -> None:
    """Whatever is on record, no box of theirs is ticked by the program."""
    made = printed(letter(long(folder, 5)))
    assert made.text.count("不同意") >= 1
    assert "✓" not in made.text
    assert len(made.boxes("square")) == 1


def test_consent_is_asked_for_each_purpose_by_itself() -> None:
    text = printed(letter(example("personal_data_consent"))).text
    assert text.count("（单独同意）") == 3
    assert text.count("不同意") >= 4


@pytest.mark.parametrize("folder", ["mediation_notice", "service_receipt", "closing_report"])
def test_a_day_nobody_set_is_a_blank(folder: str) -> None:
    text = printed(letter(blank(folder), address=None)).text
    assert "年月日" in text
    assert "2026" not in text


def test_the_proof_says_no_more_about_free_will_than_the_record() -> None:
    case = example("mediation_proof")
    assert "陈桂兰同意（当面说的）" in printed(letter(case)).text
    silent = replace(case, mediated=replace(case.mediated, willing=()))
    said = printed(letter(silent)).text
    assert "同意（" not in said
    assert "由人民法院审查" in said


def test_a_request_interrupts_and_a_start_of_our_own_does_not() -> None:
    case = example("acceptance_proof")
    own = replace(case, dispute=replace(case.dispute, source="own_motion"))
    assert "起中断" in printed(letter(case)).text
    assert "起中断" not in printed(letter(own)).text


@pytest.mark.parametrize("mark", list(Mark))
def test_the_ruling_draft_is_a_draft_whatever_is_asked_for(mark: Mark) -> None:
    case = example("ruling_draft")
    numbered = replace(case, paper=replace(case.paper, number="（2026）桂花人调字第031号"))
    made = letter(numbered, mark)
    assert made.assets == {}
    pages = printed(made).pages
    assert 'class="draft"' in made.html
    for page in pages:
        assert "草稿供人民法院自用不是裁判文书" in page
        assert "民事裁定书（草稿）" in page
        assert "校验码" not in page


def test_the_ruling_draft_decides_nothing() -> None:
    text = printed(letter(example("ruling_draft"))).text
    found = text.partition("本院经审查认为：")[2].partition("没有认定")[0]
    assert not any(word in found for word in ("有效", "驳回", "准许", "自愿", "审判员", "书记员"))
    assert "（）号" in text


def test_the_ruling_draft_holds_forty_terms_in_full() -> None:
    case = example("ruling_draft")
    more = tuple(Clause(head="约定", text=f"第{n}处楼道不堆放杂物" * 4) for n in range(40))
    terms = replace(case.agreement, clauses=more, manner="银行转账", spot="桂花社区调解室")
    whole = replace(case, agreement=terms)
    pages = printed(letter(whole)).pages
    assert len(pages) > 3
    assert "履行方式：银行转账。" in "".join(pages)
    assert "履行地点：桂花社区调解室。" in "".join(pages)
    assert "".join(pages).count("处楼道不堆放杂物") == 160


def test_the_signature_book_is_voluntary_on_every_page_and_names_nobody() -> None:
    made = printed(letter(example("covenant_signatures")))
    assert all("签名出于自愿" in page and "不签没有任何后果" in page for page in made.pages)
    assert "不限制任何人依法起诉的权利" in made.pages[0]
    assert all("第3版" in page and "备注" in page for page in made.pages)
    assert len(made.pages) == 4
    assert [page.count("户主（签名）") for page in made.pages] == [1, 1, 1, 1]
    assert not any(word in made.text for word in ("未签", "拒签", "没有签"))


def test_a_pledge_has_its_book_too_and_says_that_nobody_voted() -> None:
    text = printed(letter(replace(example("covenant_signatures"), covenant=Covenant()))).text
    assert "无讼倡议签名册" in text
    assert "自愿倡议，供各户参考" in text
    assert "通过" not in text
