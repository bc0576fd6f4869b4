"""The columns of an outside table of cases: what they may be called and what to write in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from mediation.services.tables import normal
from mediation.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRow:
    """`names` are headings that mean the same; `says` what to write there; `sample` for the template."""

    label: Text
    names: tuple[str, ...]
    says: Text
    sample: Text
    limit: int = 200
    required: bool = False
    in_template: bool = True


def _row(label: Text, names: str, says: Text, sample: Text, **rest: Any) -> ColumnRow:
    return ColumnRow(label=label, names=tuple(names.split()), says=says, sample=sample, **rest)


class Column(Enum):
    """Every column we understand, in the order of the template."""

    DISPUTE_TYPE = _row(
        Text("纠纷类型", "Type"),
        "type dispute_type kind 类型 类别 纠纷类别 案由 disputetype",
        Text("清单里的一种，例如邻里、合同、婚姻家庭", "one of the list, such as Neighbours or Contracts"),
        Text("邻里", "Neighbours"), limit=40, required=True,
    )  # fmt: skip
    FACTS = _row(
        Text("事情经过", "Facts"),
        "facts description 经过 事实 纠纷事实 纠纷简要情况 简要情况 案情 案情简介 基本情况 事由 纠纷情况",
        Text("用自己的话，最多5000字", "in one's own words, at most 5,000 characters"),
        Text("两家为排水沟的走向争了一个月。", "Two families have argued about a ditch for a month."),
        limit=5000, required=True,
    )  # fmt: skip
    APPLICANT = _row(
        Text("申请人", "Applicant"),
        "applicant claimant 申请人姓名 申请方 来访人 当事人甲 甲方",
        Text("几个人用顿号分开", "several people: separate them by commas"),
        Text("陈水根", "Chen Shuigen"), required=True,
    )  # fmt: skip
    APPLICANT_PHONE = _row(
        Text("申请人电话", "Applicant's telephone"), "applicant_phone 申请人联系电话 申请人手机",
        Text("手机或带区号的座机", "mobile, or landline with its area code"),
        Text("10000000001", "10000000001"),
    )  # fmt: skip
    APPLICANT_ID = _row(
        Text("申请人证件号", "Applicant's ID number"),
        "applicant_id applicant_id_number 申请人身份证 申请人身份证号 申请人身份证号码",
        Text("身份证18位；单位写统一社会信用代码", "18 figures; organisations: the social credit code"),
        Text("", ""),
    )  # fmt: skip
    APPLICANT_ADDRESS = _row(
        Text("申请人住址", "Applicant's address"), "applicant_address 申请人地址",
        Text("可以不写", "optional"), Text("柳溪村3组", "Liuxi Village, group 3"), limit=120,
    )  # fmt: skip
    RESPONDENT = _row(
        Text("对方", "Respondent"),
        "respondent 被申请人 被申请人姓名 对方姓名 被申请方 对方当事人 当事人乙 乙方",
        Text("几个人用顿号分开；还不知道可以空着", "several: by commas; may stay empty for now"),
        Text("罗大年", "Luo Danian"),
    )  # fmt: skip
    RESPONDENT_PHONE = _row(
        Text("对方电话", "Respondent's telephone"),
        "respondent_phone 被申请人电话 被申请人联系电话 对方联系电话",
        Text("可以不写", "optional"), Text("10000000002", "10000000002"),
    )  # fmt: skip
    RESPONDENT_ID = _row(
        Text("对方证件号", "Respondent's ID number"),
        "respondent_id respondent_id_number 被申请人证件号 被申请人身份证号 对方身份证号",
        Text("可以不写", "optional"), Text("", ""),
    )  # fmt: skip
    RESPONDENT_ADDRESS = _row(
        Text("对方住址", "Respondent's address"), "respondent_address 被申请人住址 被申请人地址 对方地址",
        Text("可以不写", "optional"), Text("", ""), limit=120,
    )  # fmt: skip
    OTHERS = _row(
        Text("其他有关的人", "Others concerned"), "others third_parties 第三人 其他当事人",
        Text("可以不写", "optional"), Text("", ""),
    )  # fmt: skip
    PLACE = _row(
        Text("发生地点", "Place"), "place location 地点 村社区 所属村 所属社区 村 社区 网格 所在地",
        Text("您管的镇街、村、社区、网格的名字；空着就用选定的地方",
             "a town, village, community or grid of yours; if empty, the place that was chosen"),
        Text("柳溪村", "柳溪村"), limit=60,
    )  # fmt: skip
    CLAIMS = _row(
        Text("诉求", "Claims"), "claims 请求 调解请求 申请事项 想要什么",
        Text("可以不写", "optional"), Text("把沟改到路边", "Move the ditch to the roadside"),
        limit=2000,
    )  # fmt: skip
    HAPPENED_ON = _row(
        Text("发生日期", "Happened on"), "happened_on date 日期 发生时间 纠纷发生时间 纠纷发生日期",
        Text("例如2026-11-23", "such as 2026-11-23"), Text("2026-06-20", "2026-06-20"),
    )  # fmt: skip
    REGISTERED_ON = _row(
        Text("登记日期", "Registered on"), "registered_on 登记时间 受理登记日期",
        Text("纸上登记簿的日期；空着就是今天", "the day in the paper register; today if empty"),
        Text("", ""),
    )  # fmt: skip
    CHANNEL = _row(
        Text("怎么知道的", "Channel"), "channel 来源渠道 纠纷来源 信息来源",
        Text("当面来说、打电话、上门走访、网格发现……", "in person, by telephone, on a home visit ..."),
        Text("", ""), limit=40,
    )  # fmt: skip
    INITIATION = _row(
        Text("谁提起的", "Initiation"), "initiation 案件来源 受理方式",
        Text("当事人申请，或主动调解", "on application, or on the committee's own motion"),
        Text("当事人申请", "on application"), limit=40,
    )  # fmt: skip
    URGENCY = _row(
        Text("急不急", "Urgency"), "urgency 紧急程度",
        Text("一般、要快、马上", "ordinary, soon, at once"), Text("", ""), limit=20,
    )  # fmt: skip
    TITLE = _row(
        Text("一句话叫它什么", "Title"), "title 标题 名称 案件名称 纠纷名称",
        Text("不写就按当事人和类型起名", "made from names and type if empty"), Text("", ""), limit=40,
    )  # fmt: skip
    ID = _row(
        Text("原编号", "Own number"), "id number no 编号 案号 原案号 序号",
        Text("原来登记簿里的编号，记在经过里", "its number in the old register; kept in the history"),
        Text("", ""), limit=40,
    )  # fmt: skip
    PARTIES = _row(
        Text("当事人", "Parties"), "parties names 当事人姓名 双方当事人",
        Text("没有分申请人和对方时：头两个是双方", "instead of applicant and respondent: the first "
             "two are the sides"),
        Text("", ""), limit=1000, in_template=False,
    )  # fmt: skip

    @property
    def key(self) -> str:
        return self.name.lower()

    @property
    def label(self) -> Text:
        return self.value.label


_HEADINGS = {
    normal(name): column.key
    for column in Column
    for name in (column.key, column.label.zh, column.label.en, *column.value.names)
}
# What an error file puts in front of the columns; when it comes back they mean nothing.
LINE_NUMBER = Text("行号", "Line")
REASON = Text("为什么没有进来", "Why it was not taken")
OURS = frozenset(word for text in (LINE_NUMBER, REASON) for word in (text.zh, text.en))
# What was said in a collected case; it is counted, and stays in the file.
TALKS = "dialogue"

_MISSING = Text(
    "缺这几列：{names}。照模板补上列名再导入。",
    "These columns are missing: {names}. Add them as in the template.",
)
_OR_PARTIES = Text("申请人（或当事人）", "Applicant (or Parties)")


def known(heading: str) -> str | None:
    """The column a heading means, by its key."""
    return _HEADINGS.get(normal(heading[:80]))


def missing_columns(names: Sequence[str]) -> Text | None:
    """The sentence about required columns that are not there at all."""
    lacking = [c.label for c in Column if c.value.required and c.key not in names]
    if Column.PARTIES.key in names:
        lacking = [label for label in lacking if label != Column.APPLICANT.label]
    if not lacking:
        return None
    shown = [_OR_PARTIES if label == Column.APPLICANT.label else label for label in lacking]
    return _MISSING.with_(
        names=Text("、".join(one.zh for one in shown), ", ".join(one.en for one in shown))
    )


def unused_columns(names: Sequence[str]) -> tuple[str, ...]:
    keys = {column.key for column in Column}
    return tuple(name for name in names if name not in keys and name not in (*OURS, TALKS))
