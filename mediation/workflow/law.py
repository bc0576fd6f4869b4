"""The legal basis as data: which laws there are, which articles we cite, and how they are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, unique

from mediation.wording import Text
from mediation.workflow.articles import ARTICLES

_FIGURES = "零一二三四五六七八九"
_WORKING_RULE = Text("工作规定", "working rule")


@dataclass(frozen=True, slots=True)
class LawRow:
    """`in_force_from` is the day the cited version took effect.

    `working_rule` marks rules below the statutes whose present force was not checked: they are
    shown as such and never as the law. `file` is the name of its text among the statute texts.
    """

    full: Text
    short: Text
    in_force_from: date
    file: str = ""
    working_rule: bool = False


def _law(
    full: tuple[str, str], short: tuple[str, str], since: str, file: str, *, rule: bool = False
) -> LawRow:
    return LawRow(Text(*full), Text(*short), date.fromisoformat(since), file, rule)


@unique
class Law(Enum):
    """Every law and rule cited; the key is the first half of a citation's key."""

    PML = _law(
        ("中华人民共和国人民调解法", "People's Mediation Law"),
        ("人民调解法", "People's Mediation Law"),
        "2011-01-01",
        "PML",
    )
    CPL = _law(
        ("中华人民共和国民事诉讼法", "Civil Procedure Law"),
        ("民事诉讼法", "Civil Procedure Law"),
        "2024-01-01",
        "CPL",
    )
    INT = _law(
        (
            "最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释",
            "Supreme People's Court Interpretation of the Civil Procedure Law",
        ),
        ("民诉法解释", "SPC Interpretation of the CPL"),
        "2022-04-10",
        "INT",
    )
    SPC11 = _law(
        (
            "最高人民法院关于人民调解协议司法确认程序的若干规定",
            "Supreme People's Court Rules on Confirming People's Mediation Agreements",
        ),
        ("司法确认程序规定", "SPC Confirmation Rules"),
        "2011-03-30",
        "SPC11",
    )
    SPC16 = _law(
        (
            "最高人民法院关于人民法院特邀调解的规定",
            "Supreme People's Court Rules on Court-Invited Mediation",
        ),
        ("特邀调解规定", "SPC Invited Mediation Rules"),
        "2016-07-01",
        "SPC16",
    )
    SPC21 = _law(
        ("人民法院在线调解规则", "Online Mediation Rules of the People's Courts"),
        ("在线调解规则", "Online Mediation Rules"),
        "2022-01-01",
        "SPC21",
    )
    LIM = _law(
        (
            "最高人民法院关于审理民事案件适用诉讼时效制度若干问题的规定",
            "Supreme People's Court Rules on Limitation in Civil Cases",
        ),
        ("诉讼时效规定", "SPC Limitation Rules"),
        "2021-01-01",
        "LIM",
    )
    FEE = _law(
        ("诉讼费用交纳办法", "Measures on Litigation Costs"),
        ("诉讼费用交纳办法", "Litigation Costs Measures"),
        "2007-04-01",
        "FEE",
    )
    CC = _law(
        ("中华人民共和国民法典", "Civil Code"),
        ("民法典", "Civil Code"),
        "2021-01-01",
        "CC-general",
    )
    ESL = _law(
        ("中华人民共和国电子签名法", "Electronic Signature Law"),
        ("电子签名法", "Electronic Signature Law"),
        "2019-04-23",
        "ESL",
    )
    PSA = _law(
        ("中华人民共和国治安管理处罚法", "Public Security Administration Punishments Law"),
        ("治安管理处罚法", "Public Security Punishments Law"),
        "2026-01-01",
        "PSA",
    )
    LAB = _law(
        (
            "中华人民共和国劳动争议调解仲裁法",
            "Labour Dispute Mediation and Arbitration Law",
        ),
        ("劳动争议调解仲裁法", "Labour Dispute Law"),
        "2008-05-01",
        "LAB",
    )
    RLA = _law(
        (
            "中华人民共和国农村土地承包经营纠纷调解仲裁法",
            "Rural Land Contract Dispute Mediation and Arbitration Law",
        ),
        ("农村土地承包经营纠纷调解仲裁法", "Rural Land Dispute Law"),
        "2010-01-01",
        "RLA",
    )
    MED = _law(
        (
            "医疗纠纷预防和处理条例",
            "Regulations on the Prevention and Handling of Medical Disputes",
        ),
        ("医疗纠纷条例", "Medical Dispute Regulations"),
        "2018-10-01",
        "MED",
    )
    LA = _law(
        ("中华人民共和国法律援助法", "Legal Aid Law"),
        ("法律援助法", "Legal Aid Law"),
        "2022-01-01",
        "LA",
    )
    DV = _law(
        ("中华人民共和国反家庭暴力法", "Anti-Domestic Violence Law"),
        ("反家庭暴力法", "Anti-Domestic Violence Law"),
        "2016-03-01",
        "DV",
    )
    MIN = _law(
        ("中华人民共和国未成年人保护法", "Law on the Protection of Minors"),
        ("未成年人保护法", "Minors Protection Law"),
        "2024-04-26",
        "MIN",
    )
    RES = _law(
        (
            "中华人民共和国城市居民委员会组织法",
            "Organic Law of the Urban Residents' Committees",
        ),
        ("居民委员会组织法", "Residents' Committees Law"),
        "2026-01-01",
        "RES",
    )
    VIL = _law(
        ("中华人民共和国村民委员会组织法", "Organic Law of the Villagers' Committees"),
        ("村民委员会组织法", "Villagers' Committees Law"),
        "2025-10-28",
        "VIL",
    )
    PIPL = _law(
        ("中华人民共和国个人信息保护法", "Personal Information Protection Law"),
        ("个人信息保护法", "Personal Information Protection Law"),
        "2021-11-01",
        "PIPL",
    )
    ARC = _law(
        ("中华人民共和国档案法", "Archives Law"),
        ("档案法", "Archives Law"),
        "2021-01-01",
        "ARC",
    )
    HOL = _law(
        ("全国年节及纪念日放假办法", "Measures on National Holidays"),
        ("放假办法", "Holiday Measures"),
        "2025-01-01",
        "HOL",
    )
    LOC_B = _law(
        ("宁波市人民调解条例", "Ningbo People's Mediation Regulations"),
        ("宁波市人民调解条例", "Ningbo Mediation Regulations"),
        "2015-06-01",
        "LOC-B",
        rule=True,
    )
    MOJ02 = _law(
        ("人民调解工作若干规定", "Provisions on People's Mediation Work"),
        ("人民调解工作若干规定", "People's Mediation Provisions"), "2002-11-01", "", rule=True,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """One article, found by its key (`PML_33`); `words` must stand in the text of the article."""

    key: str
    row: LawRow
    article: int
    note: Text
    words: tuple[str, ...] = ()

    @property
    def law(self) -> Text:
        return self.row.full

    @property
    def in_force_from(self) -> date:
        return self.row.in_force_from

    @property
    def working_rule(self) -> bool:
        return self.row.working_rule

    @property
    def full(self) -> Text:
        """For papers: 《中华人民共和国人民调解法》第三十三条."""
        number = article_number(self.article)
        return Text(f"《{self.law.zh}》第{number}条", f"{self.law.en}, art. {self.article}")

    @property
    def short(self) -> Text:
        """For screens: 人民调解法第33条; a working rule says that it is one."""
        law = self.row.short
        mark = _WORKING_RULE if self.working_rule else None
        return Text(
            f"{law.zh}第{self.article}条" + (f"（{mark.zh}）" if mark else ""),
            f"{law.en}, art. {self.article}" + (f" ({mark.en})" if mark else ""),
        )


def article_number(number: int) -> str:
    """An article's number in Chinese, from 1 to 1999: 12 is 十二, 205 is 二百零五."""
    said, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure = number // unit % 10
        if figure:
            said += ("零" if said and gap else "") + _FIGURES[figure] + name
        gap = not figure
    return said.removeprefix("一") if 10 <= number < 20 else said


def _citations() -> dict[str, Citation]:
    rows = (
        Citation(f"{law}_{article}", Law[law].value, article, Text(zh, en), tuple(words.split()))
        for law, article, zh, en, words in ARTICLES
    )
    return {citation.key: citation for citation in rows}


CITATIONS = _citations()


def cite(key: str) -> Citation:
    """Raises KeyError for an article that is not in the book: nothing is cited by heart."""
    return CITATIONS[key]


def basis(keys: Iterable[str]) -> Text:
    """Several articles in one breath, in the short form."""
    short = [cite(key).short for key in keys]
    return Text("、".join(text.zh for text in short), "; ".join(text.en for text in short))


def basis_in_full(keys: Iterable[str]) -> Text:
    """The same as papers cite it; a law is named once for articles that follow each other."""
    zh, law = "", None
    cited = [cite(key) for key in keys]
    for one in cited:
        said = one.full.zh.partition("》")[2] if one.row is law else one.full.zh
        zh, law = f"{zh}、{said}" if zh else said, one.row
    return Text(zh, "; ".join(one.full.en for one in cited))
