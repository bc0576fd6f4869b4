"""The sheets of a volume at their worst and at their emptiest, and what they never say by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mediation.documents.authority import POWERS, Powers, powers_of
from mediation.documents.casefile import Casefile, Representative
from mediation.documents.render import Mark
from mediation.documents.spine import columns_of
from mediation.documents.volume_parts import BoundVolume, Deed, Exhibit, IndexEntry, MinuteLine
from tests.documents.paper import MM, bare, blank, example, letter, printed
from tests.documents.test_stress import ENDLESS, LONG, NAMES, company, person

FIVE = (*(person(n) for n in range(4)), company(4))
TITLE = "阿不都热合曼·买买提吐尔逊等五人与桂花社区集体资产经营管理有限责任公司土地流转费用纠纷"
FAR = "新疆维吾尔自治区伊犁哈萨克自治州霍尔果斯市亚欧街道阿克托别社区人民调解委员会"


def of_five(folder: str, **parts: object) -> Casefile:
    case = example(folder)
    told = replace(case.dispute, title=TITLE)
    return replace(case, parties=FIVE, dispute=told, **parts)  # type: ignore[arg-type]


# Authority: a tick is a word that somebody wrote.


@pytest.mark.parametrize(
    ("authority", "powers"),
    [
        ("", Powers()),
        ("全权代理", Powers()),
        ("一般授权，代为参加调解", Powers(general=True)),
        ("代为承认、放弃、变更请求，进行和解", Powers(special=True, named=POWERS[:4])),
        ("特别授权：签署协议、共同申请司法确认", Powers(special=True, named=POWERS[4:])),
        ("可以参加调解，不得放弃请求", Powers()),
        ("特别授权，除和解以外", Powers()),
    ],
)
def test_a_power_is_ticked_where_it_is_written_and_nowhere_else(
    authority: str, powers: Powers
) -> None:
    assert powers_of(authority) == powers
    case = replace(
        example("power_of_attorney"), agent=Representative(name="陈小河", authority=authority)
    )
    text = printed(letter(case)).text
    ticked = {"一般授权", "特别授权", *POWERS}
    expected = {*powers.named, *(("一般授权",) * powers.general), *(("特别授权",) * powers.special)}
    assert {one for one in ticked if f"✓{one}" in text} == expected
    assert bare(authority) in text


def test_a_paper_that_nobody_has_answered_has_no_ticks() -> None:
    for folder in ("identity_sheet", "inquiry_record", "performance_sheet", "power_of_attorney"):
        assert "✓" not in printed(letter(blank(folder), address=None)).text, folder
    for folder in ("identity_sheet", "inquiry_record"):
        assert "✓" not in printed(letter(example(folder))).text, folder


@pytest.mark.parametrize("label", ["甲方", "戊方"])
def test_long_names_keep_the_identity_sheet_on_one_page(label: str) -> None:
    made = printed(letter(of_five("identity_sheet", addressee=label)))
    assert made.overlaps == []
    assert len(made.pages) == 1
    assert bare(next(p.name for p in FIVE if p.label == label)) in made.text
    assert ("营业执照" in made.text) == (label == "戊方")
    assert ("居民身份证" in made.text) == (label == "甲方")
    assert [round(box.width / MM) for box in made.boxes("paste")] == [153, 153]


@pytest.mark.parametrize("label", ["甲方", "戊方"])
def test_a_long_authority_keeps_signatures_with_words(label: str) -> None:
    agent = Representative(
        name=ENDLESS, tie="所在村民委员会推荐的公民", authority="代为和解、" * 40
    )
    made = printed(letter(of_five("power_of_attorney", addressee=label, agent=agent)))
    assert made.overlaps == []
    last = made.pages[-1]
    assert "受托人指印" in last
    assert "起诉" in last
    assert ("委托人指印" in last) == (label == "甲方")
    assert ("委托人（盖章）" in last) == (label == "戊方")


def test_forty_exhibits_keep_their_heading_and_their_sum() -> None:
    rows = tuple(
        Exhibit(
            name="厨房墙面受潮发霉情况的彩色照片" * 2,
            source=NAMES[n % 10],
            pages=n + 1,
            received_on=date(2026, 10, 12),
            shows="受潮发霉的范围、程度和形成的时间",
            note="原件在当事人处",
        )
        for n in range(40)
    )
    made = printed(letter(of_five("evidence_list", exhibits=rows)))
    assert made.overlaps == []
    assert "以上共40件，820页。" in made.text
    assert all("序号" in page for page in made.pages)
    assert made.text.count("2026年10月12日") == 40
    uncounted = (*rows[:3], replace(rows[3], pages=None))
    said = printed(letter(of_five("evidence_list", exhibits=uncounted))).text
    assert "以上共4件，页。" in said


def test_many_deeds_stay_whole_and_are_summed_only_where_done() -> None:
    deed = Deed(
        debtor="戊方",
        creditor="甲方",
        what="土地流转费用",
        amount_fen=98_765_432_100,
        due_on=date(2026, 10, 12),
        done_on=date(2026, 10, 12),
        proof="银行转账回单，收款人出具的收条",
        complete=True,
    )
    open_still = replace(deed, done_on=None, complete=None)
    made = printed(letter(of_five("performance_sheet", deeds=(*(deed,) * 12, open_still))))
    assert made.overlaps == []
    assert "已付合计人民币11,851,851,852.00元" in made.text
    assert made.text.count("✓全部") == 12
    for page in made.pages[:-2]:
        assert page.count("义务人") == page.count("履行情况")


@pytest.mark.parametrize("number", [1, 2, 5, 11, 15, 20, 26])
def test_an_inquirys_signature_stands_with_words(number: int) -> None:
    case = example("inquiry_record")
    lines = tuple(
        line
        for n in range(number)
        for line in (
            MinuteLine(speaker="周敏", mark="问", text=f"第{n}个问题是什么？"),
            MinuteLine(speaker=LONG, mark="答", text="下雨的时候看见水打在窗台上。" * (n % 3 + 1)),
        )
    )
    made = printed(letter(replace(case, inquiry=replace(case.inquiry, asked=LONG, lines=lines))))
    assert made.overlaps == []
    last = made.pages[-1]
    assert len(last[: last.index("以上记录共")]) > 20
    assert f"以上记录共{len(made.pages)}页" in last
    for page in made.pages[:-1]:
        assert not page.split("被调查人逐页签名")[0].endswith("？"), "a question ends no page"


def test_an_inquiry_of_twenty_thousand_characters() -> None:
    case = example("inquiry_record")
    lines = (MinuteLine(speaker=LONG, mark="答", text="说来话长，" * 4000),)
    made = printed(letter(replace(case, inquiry=replace(case.inquiry, asked=LONG, lines=lines))))
    assert made.overlaps == []
    assert "".join(p.split("被调查人逐页签名")[0] for p in made.pages).count("说来话") > 3900
    assert all("被调查人逐页签名" in page for page in made.pages)
    assert "来话长，以上记录共" in made.pages[-1]


def test_an_inquiry_of_one_line_is_one_page() -> None:
    case = example("inquiry_record")
    one = replace(case.inquiry, lines=case.inquiry.lines[:1])
    made = printed(letter(replace(case, inquiry=one)))
    assert len(made.pages) == 1
    assert "以上记录共1页" in made.text


# The volume's own papers.


def bound(folder: str, entries: int = 13) -> Casefile:
    names = ("人民调解记录（第2次）", "厨房墙面受潮发霉情况的彩色照片" * 3, "IMG_20261012" * 8)
    volume = BoundVolume(
        title=TITLE,
        year=2026,
        from_on=date(2026, 10, 12),
        to_on=date(2026, 12, 28),
        keeper=LONG,
        checker=LONG,
        bound_on=date(2027, 2, 5),
        keep="长期",
        note="全卷共二册，本册为第一册，共400页；照片四十张，光盘两张附后",
        pages=400,
        entries=tuple(
            IndexEntry(name=names[n % 3], first=2 * n + 1, last=2 * n + n % 2 + 1, note="复印件")
            for n in range(entries)
        ),
        missing=tuple(f"第{n}期收条" for n in range(9)),
        said="说明一下。" * 150,
    )
    case = example(folder)
    number = "（2026）霍尔果斯亚欧阿克托别人调字第1031号"
    return replace(
        case,
        committee=replace(case.committee, name=FAR),
        dispute=replace(case.dispute, title=TITLE, number=number),
        staff=replace(case.staff, mediators=(LONG, "王𬭚", "周敏")),
        volume=volume,
    )


@pytest.mark.parametrize("entries", [0, 1, 20, 21, 47])
def test_an_index_has_twenty_rows_a_sheet(entries: int) -> None:
    made = printed(letter(bound("volume_index", entries), address=None))
    assert made.overlaps == []
    sheets = max(1, -(-entries // 20))
    assert len(made.pages) == sheets
    assert all("卷号：（2026）霍尔果斯" in page for page in made.pages)
    assert [page.count("立卷人（签名）") for page in made.pages] == [0] * (sheets - 1) + [1]
    for sheet in made.sheets:
        high = [box.height / MM for box in sheet.boxes if "list" in box.classes]
        assert high == [pytest.approx(21 * 9.2, abs=1)] * len(high)
        assert high


def test_an_index_says_the_pages_of_the_volume() -> None:
    text = printed(letter(bound("volume_index", 2), address=None)).text
    assert "1人民调解记录（第2次）1复印件" in text
    assert "3—4复印件" in text


def test_the_longest_cover_stays_on_its_page() -> None:
    for address in (None, "HTTPS://DIAOJIE.LINXI.EXAMPLE/V/7K3M9QX2T4WB"):
        made = printed(letter(bound("volume_cover"), address=address))
        assert len(made.pages) == 1
        assert made.overlaps == []
        assert ("扫码查卷" in made.text) == (address is not None)
        assert all(ink.bottom < 271 * MM for ink in made.sheets[0].inks)


def test_the_makers_of_a_volume_are_never_parted() -> None:
    made = printed(letter(bound("volume_back"), address=None))
    last = made.pages[-1]
    assert made.overlaps == []
    assert last.index("立卷人") < last.index("检查人") < last.index("立卷日期2027年2月5日")


def test_a_spine_is_read_from_top_to_bottom_and_from_the_right() -> None:
    short = columns_of("（2026）桂花人调字第031号", 9, 50, 12)
    assert short.columns == (("2026", *"桂花人调字第", "031", "号"),)
    long = columns_of("甲" * 18 + "乙" * 18, 19, 88, 20)
    assert long.columns == (("乙",) * 18, ("甲",) * 18)
    assert long.points * 18 * 1.14 <= 88 * 72 / 25.4 + 0.2
    assert columns_of("", 9, 50, 12).columns == ()


def test_every_slip_has_its_width_whatever_stands_on_it() -> None:
    for case in (bound("volume_spine"), blank("volume_spine"), example("volume_spine")):
        made = printed(letter(case, address=None))
        assert len(made.pages) == 1
        assert made.overlaps == []
        assert sorted({round(box.width / MM, 1) for box in made.boxes("slip")}) == [10, 15, 20, 30]
        for box in made.boxes("signs"):
            assert box.width <= 30 * MM


def test_the_papers_of_a_volume_promise_no_check() -> None:
    for folder in ("volume_cover", "volume_index", "volume_back", "volume_spine"):
        for mark in (Mark.NONE, Mark.SAMPLE):
            text = printed(letter(example(folder), mark, address=None)).text
            assert "校验码" not in text
            assert "核对真伪" not in text
