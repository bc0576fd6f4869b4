"""The names that a site's own template may use: 【甲方姓名】. Words, never a language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import tinyhtml5

from mediation.documents.casefile import Casefile, Party
from mediation.documents.render import Mark, Printing, render
from mediation.money import fen_upper, yuan
from mediation.wording import Text
from mediation.workflow.documents import Document as D

Value = Callable[[Casefile], str]
BLANK = "＿＿＿＿＿＿"
COURT, FREE = "诉讼途径", "不收费"
_LABELS = ("甲方", "乙方", "丙方", "丁方", "戊方")
# What is said of the first two holds for the others.
LIKEWISE = _LABELS[2:]
_AGREED = (
    D.MEDIATION_AGREEMENT, D.ORAL_AGREEMENT_REGISTER, D.SETTLEMENT_LETTER,
    D.CONFIRMATION_APPLICATION, D.MEDIATION_PROOF, D.URGING_LETTER, D.RETURN_VISIT_RECORD,
    D.CLOSING_REPORT,
)  # fmt: skip
_MOVED = (D.REFERRAL_LETTER, D.HANDOVER_LIST, D.EXTENSION_CONSENT, D.WITHDRAWAL_REQUEST)
_CALLED = (D.MEDIATION_NOTICE, D.NOTICE_LETTER)
_ENDED = (D.TERMINATION_NOTICE, D.OTHER_WAYS_NOTICE)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One name, what stands in its place, and on which papers; an empty `on` means on all."""

    name: str
    says: Text
    value: Value
    on: tuple[D, ...] = ()

    @property
    def written(self) -> str:
        return f"【{self.name}】"

    def stands_on(self, document: D) -> bool:
        return not self.on or document in self.on

    def fill(self, case: Casefile) -> str:
        """What it says of this case, or a blank to write in."""
        return self.value(case).strip() or BLANK


def day(value: date | None) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def _terms(case: Casefile) -> str:
    """The terms as the agreement itself says them, a line each: no second wording of a promise."""
    paper = replace(case.paper, kind=D.MEDIATION_AGREEMENT.folder, language="zh", number="")
    html = render(replace(case, paper=paper), Printing(mark=Mark.DRAFT)).html
    tree = tinyhtml5.parse(html, namespace_html_elements=False)
    lines: list[str] = []
    for part in tree.iterfind(".//div[@class='clauses']/*"):
        rows = [part] if part.tag == "p" else list(part.iter("tr"))
        lines += [
            "　".join(_plain(cell) for cell in (row if row.tag == "tr" else [row])) for row in rows
        ]
    return "\n".join(lines)


def _plain(element: object) -> str:
    return "".join("".join(element.itertext()).split())  # type: ignore[attr-defined]  # an element


def _total(case: Casefile) -> int | None:
    sums = [o.amount_fen for o in case.agreement.obligations if o.amount_fen is not None]
    return sum(sums) if sums else None


def _court(case: Casefile) -> str:
    court = case.ways.court or "有管辖权的人民法院"
    where = "，电话".join(part for part in (case.ways.court_address, case.ways.court_phone) if part)
    return f"{court}（{where}）" if where else court


def _way_to_court(case: Casefile) -> str:
    return f"任何一方都可以随时直接向{_court(case)}起诉，调解不是起诉的前提，也不影响起诉。"


def _free(case: Casefile) -> str:
    return f"调解不收取任何费用。法律咨询和法律援助请拨打{case.ways.legal_aid}。"


def _representatives(party: Party) -> str:
    return "、".join(f"{one.name}（{one.kind}）" for one in party.representatives if one.name)


_OF_PARTY: tuple[tuple[str, Text, Callable[[Party], str]], ...] = (
    ("姓名", Text("姓名或单位名称", "name"), lambda p: p.name),
    ("性别", Text("性别", "sex"), lambda p: p.sex),
    ("民族", Text("民族", "ethnicity"), lambda p: p.ethnicity),
    ("年龄", Text("年龄", "age"), lambda p: str(p.age) if p.age is not None else ""),
    ("职业", Text("职业或职务", "occupation"), lambda p: p.occupation),
    ("电话", Text("联系方式", "telephone"), lambda p: p.phone),
    ("住址", Text("单位、住址或住所", "address"), lambda p: p.address),
    ("法定代表人", Text("单位的法定代表人", "head of an organisation"), lambda p: p.head_name),
    ("代理人", Text("代理人、监护人", "who acts for the party"), _representatives),
)


def _of_party(label: str, name: str, says: Text, part: Callable[[Party], str]) -> Placeholder:
    told = Text(f"{label}的{says.zh}", f"{label}: {says.en}")
    return Placeholder(f"{label}{name}", told, lambda case: part(case.party(label) or Party()))


def _row(name: str, zh: str, en: str, value: Value, *on: D) -> Placeholder:
    return Placeholder(name, Text(zh, en), value, on)


# fmt: off
NAMES: tuple[Placeholder, ...] = (
    _row(COURT, "可以起诉的那一句，必须有", "the way to court; must be there", _way_to_court),
    _row(FREE, "不收费的那一句，必须有", "free of charge; must be there", _free),
    _row("编号", "草稿上写明不是正式文书", "on a draft: that it is not the issued paper",
         lambda _: "（草稿，不是正式文书）"),
    _row("日期", "出具的日期", "day of issue", lambda c: day(c.paper.issued_on)),
    _row("调委会", "调解委员会名称", "the committee", lambda c: c.committee.name),
    _row("调委会地址", "调解委员会地址", "its address", lambda c: c.committee.address),
    _row("调委会电话", "调解委员会电话", "its telephone", lambda c: c.committee.phone),
    _row("调解员", "人民调解员", "mediators", lambda c: "、".join(c.staff.mediators)),
    _row("记录人", "记录人", "recorder", lambda c: c.staff.recorder),
    _row("调解员电话", "调解员电话", "the mediator's telephone", lambda c: c.staff.phone or c.committee.phone),
    _row("当事人", "所有当事人的姓名", "names of all parties",
         lambda c: "、".join(p.name for p in c.parties if p.name)),
    _row("收件人", "这份文书给谁", "to whom it goes", lambda c: c.name_of(c.addressee)),
    _row("纠纷名称", "纠纷名称", "title of the dispute", lambda c: c.dispute.title),
    _row("纠纷类型", "纠纷类型", "type", lambda c: c.dispute.type_label),
    _row("卷号", "卷宗号", "number of the volume", lambda c: c.dispute.number),
    _row("登记日期", "登记日期", "registered on", lambda c: day(c.dispute.registered_on)),
    _row("受理日期", "受理日期", "accepted on", lambda c: day(c.dispute.accepted_on)),
    _row("纠纷经过", "纠纷简要情况", "facts", lambda c: c.agreement.facts or c.dispute.facts),
    _row("请求", "申请人的请求，一行一条", "claims, a line each", lambda c: "\n".join(c.dispute.claims)),
    _row("法院", "有管辖权的法院", "the court", lambda c: c.ways.court or "有管辖权的人民法院"),
    _row("法院地址", "法院地址", "its address", lambda c: c.ways.court_address),
    _row("法院电话", "法院电话", "its telephone", lambda c: c.ways.court_phone),
    _row("法律援助电话", "法律咨询和援助电话", "legal aid", lambda c: c.ways.legal_aid),
    *(_of_party(label, *rest) for label in _LABELS for rest in _OF_PARTY),
    _row("协议编号", "协议书编号", "the agreement's number", lambda c: c.agreement.number, *_AGREED),
    _row("争议事项", "争议事项", "issues", lambda c: c.agreement.issues, *_AGREED),
    _row("协议内容", "协议的各条，一行一条，与协议书一字不差", "the terms, word for word", _terms, *_AGREED),
    _row("协议金额", "应付总额", "the whole sum",
         lambda c: f"{yuan(n)}元" if (n := _total(c)) is not None else "", *_AGREED),
    _row("协议金额大写", "应付总额大写", "the sum in capitals",
         lambda c: fen_upper(n) if (n := _total(c)) is not None else "", *_AGREED),
    _row("协议日期", "达成协议的日期", "agreed on", lambda c: day(c.agreement.made_on), *_AGREED),
    _row("生效日期", "协议生效日期", "in effect from", lambda c: day(c.agreement.effective_on), *_AGREED),
    _row("确认截止日期", "最晚哪天申请司法确认", "last day to ask for confirmation",
         lambda c: day(c.agreement.confirm_by_on), *_AGREED),
    _row("答复日期", "请在哪天前答复", "answer by", lambda c: day(c.urging.answer_by_on), D.URGING_LETTER),
    _row("不受理理由", "不予受理的理由", "why it is not taken",
         lambda c: c.non_acceptance.reason, D.NON_ACCEPTANCE_NOTICE),
    _row("可以去哪里", "可以找的地方，一行一处", "where to go, a line each",
         lambda c: "\n".join(c.non_acceptance.go_to), D.NON_ACCEPTANCE_NOTICE),
    _row("终止理由", "为什么终止", "why it ends", lambda c: c.termination.reason, *_ENDED),
    _row("终止日期", "哪天终止", "ended on", lambda c: day(c.termination.ended_on), *_ENDED),
    _row("收件单位", "移送、移交给哪里", "to whom", lambda c: c.move.to, *_MOVED),
    _row("事由", "为什么", "why", lambda c: c.move.reason, *_MOVED),
    _row("延长到", "延长到哪一天", "until", lambda c: day(c.move.until_on), D.EXTENSION_CONSENT),
    _row("调解时间", "请哪天几点来", "when to come", lambda c: f"{day(c.meeting.on)}{c.meeting.at}", *_CALLED),
    _row("调解地点", "请到哪里来", "where to come", lambda c: c.meeting.spot, *_CALLED),
    _row("请带来", "请带来的东西，一行一样", "what to bring, a line each",
         lambda c: "\n".join(c.meeting.bring), *_CALLED),
    _row("回访日期", "哪天回访", "visited on", lambda c: day(c.visit.visited_on), D.RETURN_VISIT_RECORD),
    _row("回访情况", "回访情况", "what was found", lambda c: c.visit.findings, D.RETURN_VISIT_RECORD),
    _row("回访人", "回访人", "visitor", lambda c: c.visit.visitor, D.RETURN_VISIT_RECORD),
    _row("受理法院", "申请交到哪个法院", "the court applied to",
         lambda c: c.confirmation.court or c.ways.court, D.CONFIRMATION_APPLICATION),
)
# fmt: on
_BY_NAME = {one.name: one for one in NAMES}


def names_on(document: D) -> tuple[Placeholder, ...]:
    """The list that is shown beside the upload of a template for this paper."""
    return tuple(one for one in NAMES if one.stands_on(document))


def placeholder(name: str) -> Placeholder | None:
    return _BY_NAME.get(name)


def must_have(document: D) -> tuple[str, ...]:
    """What no template of a paper that parties hold may leave out."""
    held = document.value.for_parties or document.value.per_party
    return (COURT, FREE) if held else ()
