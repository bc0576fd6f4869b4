"""Every letter: what it says, how long it is, what it is drawn with, how it looks laid out."""

from __future__ import annotations

import io
import re
import subprocess

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from mediation.documents.render import Mark
from mediation.workflow.documents import (
    CourtDraft,
    CovenantPaper,
    VolumePaper,
)
from tests.documents.paper import (
    ADDRESS,
    CHINESE,
    FOLDERS,
    MM,
    bare,
    blank,
    example,
    letter,
    of_example,
    printed,
)

PAGES = {
    "acceptance_proof": 1,
    "case_slip": 1,
    "closing_report": 1,
    "confirmation_application": 2,
    "covenant_a3": 1,
    "covenant_a4": 1,
    "covenant_a4_en": 1,
    "covenant_a5": 1,
    "covenant_signatures": 4,
    "evidence_list": 2,
    "extension_consent": 1,
    "handover_list": 1,
    "identity_sheet": 1,
    "inquiry_record": 2,
    "intake_register": 1,
    "mediation_agreement": 2,
    "mediation_agreement_en": 1,
    "mediation_application": 1,
    "mediation_notice": 1,
    "mediation_proof": 1,
    "mediation_record": 2,
    "non_acceptance_notice": 1,
    "notice_letter": 2,
    "oral_agreement_register": 1,
    "other_ways_notice": 2,
    "performance_sheet": 2,
    "personal_data_consent": 2,
    "persuasion_record": 2,
    "power_of_attorney": 1,
    "referral_letter": 1,
    "return_visit_record": 1,
    "rights_notice": 2,
    "ruling_draft": 2,
    "service_address": 1,
    "service_receipt": 1,
    "settlement_letter": 2,
    "settlement_letter_en": 2,
    "termination_notice": 1,
    "urging_letter": 1,
    "volume_back": 1,
    "volume_cover": 1,
    "volume_index": 1,
    "volume_note": 1,
    "volume_numbers": 3,
    "volume_spine": 1,
    "volume_stand_in": 1,
    "withdrawal_request": 1,
}
FACTS = {
    "acceptance_proof": [
        *["陈桂兰：", "2026年9月15日受理", "第十七条", "2026年9月14日起中断", "不说明谁对谁错"],
    ],
    "closing_report": [
        *["填表时间2027年3月2日", "结案时间2027年2月28日", "✓当事人申请", "（当面来说）"],
        *["退休工人", "收条三张", "样张诉前调确5号", "审核意见", "审核人（签名）"],
    ],
    "covenant_a5": ["公用有序", "赞成147人", "不限制任何人依法起诉的权利", "第3版"],
    "covenant_signatures": [
        *["第3版", "2026年8月20日通过", "不限制任何人依法起诉的权利", "户主（签名）"],
        *["住址", "备注", "94"],
    ],
    "mediation_notice": [
        *["2026年9月26日14时30分", "服务中心一楼调解室", "1.身份证", "罗秋云，10000000101"],
        *["来不来由您自己决定", "第二十三条", "签收"],
    ],
    "mediation_proof": [
        *[
            "临溪县人民法院：",
            "自2026年9月15日至2026年9月26日",
            "第2次2026年9月26日",
            "✓委员会指派",
        ],
        *["（2026）桂花人调字第031号（书面）", "陈桂兰同意（当面说的）", "由人民法院审查"],
    ],
    "notice_letter": [
        "王𬭚：",
        "正在调解。",
        "2026年9月26日14时30分",
        "随时可以去法院起诉",
        "12348",
    ],
    "personal_data_consent": [
        *[
            "临溪县桂花社区人民调解委员会，",
            "保管期限：长期",
            "第十七条",
            "第二十九条",
            "第二十三条",
        ],
        *["单独同意", "撤回同意", "不满十四周岁", "方框由本人打勾"],
    ],
    "ruling_draft": [
        *["临溪县人民法院民事裁定书", "申请人（协议甲方）：陈桂兰", "申请人（协议乙方）：王𬭚"],
        *["2026年10月9日立案", "第三期1,800.00元，2027年1月31日前付。", "本院经审查认为："],
        *["第二百零六条", "裁定如下：", "没有认定，也没有判断"],
    ],
    "service_address": [
        *["王𬭚（乙方）", "桂花巷12号1单元202室", "10000000142", "电子送达", "错过日期"],
        *["可以随时改", "受送达人（签名盖章或按指印）："],
    ],
    "service_receipt": [
        *["✓当面交给本人", "调解通知书（2026）桂花人调通字第031号", "代收人", "拒收", "见证人单位"],
        *["罗秋云（签名）", "不表示同意其中的内容"],
    ],
    "case_slip": ["GH-7K3M-9QX2", "0131", "周敏"],
    "confirmation_application": [
        *["申请人（协议甲方）：陈桂兰", "申请人（协议乙方）：王𬭚", "1958年5月16日出生"],
        *["人民币6,800.00元（大写：陆仟捌佰元整）", "第三期1,800.00元，2027年1月31日前付。"],
        *["双方承诺", "没有恶意串通", "临溪县人民法院", "第二百零五条", "附：1.人民调解协议书原件"],
    ],
    "covenant_a3": [
        "公用有序",
        "到会151人",
        "不限制任何人依法起诉的权利",
        "2026年8月25日报安澜街道",
    ],
    "covenant_a4": ["公用有序", "赞成147人", "不限制任何人依法起诉的权利", "自愿签名"],
    "covenant_a4_en": ["Sharedspace", "TheChinesetextbinds", "147infavour"],
    "evidence_list": [
        *["厨房墙面和窗台照片", "陈桂兰2026年9月15日", "厨房墙面发霉、窗台积水", "复印件"],
        *["以上共4件，8页。", "乙方提供人（签名）", "接收人（签名）", "证据材料粘贴页"],
    ],
    "extension_consent": ["2026年10月15日前", "2026年11月14日", "随时要求终止调解"],
    "handover_list": ["临溪县安澜街道人民调解委员会", "现场照片", "王𬭚同意（电话"],
    "identity_sheet": [
        *["甲方陈桂兰", "女，68岁", "桂花巷12号1单元102室", "居民身份证", "户口簿"],
        *[
            "复印件（正面）",
            "复印件（反面）",
            "本页不印证件号码",
            "复印件与原件核对一致",
            "核对人（签名）",
        ],
    ],
    "inquiry_record": [
        *["10时00分至10时40分", "林秀珍家中", "何长庚（小组长，陪同）", "楼下邻居", "10000000157"],
        *["问（周敏）：", "答（林秀珍）：", "不要伤了和气", "以上记录共2页", "被调查人逐页签名"],
        *["被调查人（签名）", "调查人（签名）", "（以下空白）", "内部卷宗"],
    ],
    "intake_register": ["✓①当事人申请", "✓邻里", "甲方称：", "乙方称：", "✓不公开", "五金店店主"],
    "mediation_agreement": [
        *["陈桂兰", "王𬭚", "退休工人", "10000000142", "（一）改装。", "2026年10月20日前"],
        *["人民币6,800.00元（大写：陆仟捌佰元整）", "32027年1月31日1,800.00壹仟捌佰元整"],
        *[
            "陆仟捌佰元整",
            "（七）救济。",
            "申请司法确认",
            "向人民法院提起诉讼",
            "一式三份",
        ],
    ],
    "mediation_agreement_en": [
        "ChenGuilan(陈桂兰)",
        "RMB6,800.00",
        "31January2027",
        "notforsignature",
    ],
    "mediation_application": ["请王𬭚改装雨棚", "自愿申请人民调解", "此致", "退休工人"],
    "mediation_record": [
        "答（王𬭚）：",
        "14时30分至16时10分",
        "以上记录共2页",
        "✓已向本人宣读",
        "内部卷宗",
    ],
    "non_acceptance_notice": ["已经由临溪县人民法院立案受理", "第二十二条", "签收"],
    "oral_agreement_register": [
        "货架",
        "2026年9月28日前",
        "自达成之日起生效",
        "双方表示不需要书面协议",
    ],
    "other_ways_notice": ["起诉状", "12348", "临溪县文庙街1号", "三年"],
    "performance_sheet": [
        *["乙方王𬭚", "甲方陈桂兰", "人民币3,000.00元（大写：叁仟元整）", "2026年10月30日"],
        *["银行转账回单", "✓全部", "✓部分", "还有500.00元未付", "肆仟伍佰元整", "收条、汇款单"],
    ],
    "persuasion_record": ["何长庚", "退休教师", "和：以和为贵", "第四条", "不再安排"],
    "power_of_attorney": [
        *["陈桂兰", "陈小河", "女儿", "10000000136", "✓特别授权", "✓承认调解请求", "✓签订调解协议"],
        *["只写“全权代理”的", "委托期限", "委托人指印", "受托人指印", "可以变更或者撤销委托"],
    ],
    "referral_letter": ["综合行政执法队", "现场照片4页", "第二十五条"],
    "return_visit_record": ["按期履行", "不再滴水", "回访人（签名）", "受到尊重"],
    "rights_notice": ["第二十三条", "第二十四条", "更换", "公开进行或者不公开进行", "告知人"],
    "settlement_letter": [
        "王𬭚付给您3,000元",
        "最晚2026年10月26日",
        "6,800元（陆仟捌佰元整）",
        "12348",
    ],
    "settlement_letter_en": ["WangChunpaysyouRMB3,000.00", "26October2026", "12348"],
    "termination_notice": ["第二十六条", "2026年9月14日起中断", "签收", "再次调解"],
    "urging_letter": ["王𬭚：", "2026年11月30日", "2,000.00", "2026年12月12日前履行"],
    "volume_back": [
        "（2026）桂花人调字第031号",
        "本卷共29页，文书材料13件",
        "缺：当事人王𬭚",
        "检查人",
    ],
    "volume_cover": [
        *["临溪县桂花社区人民调解委员会", "调解卷宗", "陈桂兰与王𬭚雨棚滴水纠纷", "2026年"],
        *["2026年9月15日至2026年9月26日", "罗秋云", "2027年2月5日", "30年", "照片4张"],
    ],
    "volume_index": [
        "卷号：（2026）桂花人调字第031号",
        "7人民调解证据材料10—17照片4张",
        "立卷人（签名）",
    ],
    "volume_note": ["本卷按照一案一卷立卷", "1.当事人王𬭚的身份证明复印件", "29页", "检查人：周敏"],
    "volume_numbers": ["卷内第1页", "卷内第2页", "已撤回卷内第3页"],
    "volume_stand_in": [
        *["雨夜滴水的录像", "2026年9月21日", "印不到纸上", "MP4，3.2兆", "7f3a92c10b6e4d5f"],
        "存放地点本案电子卷宗",
    ],
    "volume_spine": ["2026", "陈桂兰与王𬭚雨棚滴水纠纷", "30年", "宽10毫米", "宽30毫米"],
    "withdrawal_request": ["现申请撤回", "没有人要求我撤回"],
}
# Around a bound volume: no number of their own, no code, and only the index has a footer.
VOLUME = tuple(paper.folder for paper in VolumePaper)
# The court's own paper and the agency's list do not go to a party as advice.
INSIDE = {"inquiry_record", "volume_note", *VOLUME}
COVENANT = tuple(paper.folder for paper in CovenantPaper)
# For the court's own use: a draft whatever is asked for, so without number and code.
COURT = tuple(paper.folder for paper in CourtDraft)
PARTY_PAPERS = sorted(
    set(CHINESE) - {"confirmation_application", "mediation_record", *COVENANT, *COURT} - INSIDE
)
# The large code stands on their second page.
CODE_BEHIND = ("settlement_letter", "notice_letter")


def test_every_letter_has_its_rows_here() -> None:
    assert set(FOLDERS) == set(PAGES) == set(FACTS)


@pytest.mark.parametrize("folder", FOLDERS)
def test_says_every_fact(folder: str) -> None:
    text = of_example(folder).text
    assert [fact for fact in FACTS[folder] if fact not in text] == []
    coded = folder not in (*VOLUME, *COURT)
    assert (example(folder).check_code.replace(" ", "") in text) == coded


@pytest.mark.parametrize("folder", FOLDERS)
def test_has_its_number_of_pages_and_each_says_which(folder: str) -> None:
    pages = of_example(folder).pages
    assert len(pages) == of_example(folder).drawn.pages == PAGES[folder]
    if folder in COVENANT and folder != "covenant_signatures":
        return
    if folder in VOLUME and folder not in ("volume_index", "volume_stand_in"):
        return
    for place, page in enumerate(pages, 1):
        english = f"Page{place}of{len(pages)}"
        said = english if folder.endswith("_en") else f"第{place}页共{len(pages)}页"
        assert page.count(said) == 1
        assert bare(example(folder).paper.number) in page


@pytest.mark.parametrize("folder", FOLDERS)
def test_is_drawn_with_our_faces_alone(folder: str) -> None:
    done = subprocess.run(
        ["pdffonts", "-"], input=of_example(folder).drawn.pdf, capture_output=True, check=True
    )
    rows = [row.split() for row in done.stdout.decode().splitlines()[2:]]
    assert rows
    assert all(
        re.fullmatch(r"[A-Z]{6}\+Wusong-(Song|Kai|Hei)(-Full)?(-Bold)?", row[0]) for row in rows
    )
    assert all("CFF" not in " ".join(row) for row in rows)


@pytest.mark.parametrize("folder", FOLDERS)
def test_its_text_has_no_broken_or_look_alike_characters(folder: str) -> None:
    odd = re.compile("[\ufffd\ue000-\uf8ff\u2e80-\u2fdf\uf900-\ufaff]")
    assert odd.findall(of_example(folder).text) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_two_lines_lie_on_each_other(folder: str) -> None:
    assert of_example(folder).overlaps == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_runs_off_the_sheet(folder: str) -> None:
    for sheet in of_example(folder).sheets:
        for ink in sheet.inks:
            assert 6 * MM <= ink.left <= ink.right <= sheet.width - 6 * MM, ink
            assert 6 * MM <= ink.top <= ink.bottom <= sheet.height - 6 * MM, ink


@pytest.mark.parametrize("folder", FOLDERS)
def test_can_be_printed_blank(folder: str) -> None:
    made = printed(letter(blank(folder), address=None))
    assert "None" not in made.text
    assert made.overlaps == []


@pytest.mark.parametrize("folder", PARTY_PAPERS)
def test_a_party_paper_names_the_way_to_court_and_that_nothing_is_charged(folder: str) -> None:
    text = of_example(folder).text
    assert re.search("起诉|提起诉讼|诉讼", text)
    assert re.search("不收费|不收取任何费用", text)


@pytest.mark.parametrize("folder", [f for f in CHINESE if f not in ("covenant_a3", "covenant_a4")])
def test_a_draft_cannot_be_signed_or_taken_for_the_paper(folder: str) -> None:
    case = example(folder)
    pages = printed(letter(case, Mark.DRAFT)).pages
    for page in pages:
        assert "草稿" in page
        assert "校验码" not in page
        assert "指印）：" not in page
        assert "甲方指印" not in page
    if case.paper.number not in ("", case.dispute.number, case.agreement.number):
        assert bare(case.paper.number) not in "".join(pages)


@pytest.mark.parametrize("mark", [Mark.SAMPLE, Mark.WITHDRAWN, Mark.COPY])
def test_marks_stand_on_every_page(mark: Mark) -> None:
    for folder in (
        "mediation_agreement",
        "settlement_letter",
        "mediation_agreement_en",
        "covenant_a4",
    ):
        assert all(mark.value in page for page in of_example(folder, mark).pages)


@pytest.mark.parametrize("folder", sorted(set(FOLDERS) - {*VOLUME, *COURT} | {"volume_cover"}))
def test_its_code_can_be_read(folder: str) -> None:
    done = subprocess.run(
        ["pdftoppm", "-r", "150", "-gray", "-png", "-singlefile", "-l", "1", "-"],
        input=_page_with_code(folder),
        capture_output=True,
        check=True,
    )
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(done.stdout)))
    assert [code.text for code in found] == [ADDRESS]


def _page_with_code(folder: str) -> bytes:
    """The first page, or the second of a plain letter whose large code stands there."""
    if folder not in CODE_BEHIND:
        return of_example(folder).drawn.pdf
    with pikepdf.open(io.BytesIO(of_example(folder).drawn.pdf)) as whole:
        del whole.pages[0]
        out = io.BytesIO()
        whole.save(out)
        return out.getvalue()


def test_without_a_public_address_there_is_no_code() -> None:
    made = letter(example("mediation_agreement"), address=None)
    assert made.assets == {}
    assert "来电可核对真伪" in printed(made).text


@pytest.mark.parametrize(
    "folder", ["mediation_agreement", "mediation_record", "confirmation_application"]
)
def test_places_for_finger_and_seal_have_their_size(folder: str) -> None:
    squares = of_example(folder).boxes("square")
    assert len(squares) == 2
    for square in squares:
        assert square.width / MM == pytest.approx(30, abs=0.2)
        assert square.height / MM == pytest.approx(30, abs=0.2)


def test_a_signature_page_carries_words_of_the_agreement() -> None:
    last = of_example("mediation_agreement").pages[-1]
    assert last.index("三、协议份数") < last.index("甲方（签名盖章或按指印）")
