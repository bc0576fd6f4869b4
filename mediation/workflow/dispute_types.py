"""What disputes are about: the official list, the pictures people tap, and what each type asks for."""

from __future__ import annotations

from dataclasses import dataclass

from mediation.wording import Text
from mediation.workflow.deadlines import Deadline

# The list of 18 in use since 2017. A case keeps the version of the list with its code, so that a
# newer list never changes what an old case was counted as.
LIST_VERSION = "A-2017"

_LABOUR_WAY = Text("可以申请劳动仲裁", "may go to labour arbitration")
_LAND_WAY = Text("可以申请农村土地承包仲裁", "may go to rural land arbitration")
_MONEY = Text("付款、时间写清楚，可以确认", "clear sums and dates can be confirmed")


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeType:
    """One official type.

    `oral_allowed`: False where a law wants the agreement in writing. `fingerprint_enough`: False
    where a law names signature or seal only. `e_signature_allowed`: False for papers on marriage,
    adoption and inheritance (电子签名法 3). `confirmable` says that the type as such can go to the
    court; `confirmable_hint` what in it cannot. `arbitration` is the way to arbitration, where
    there is one, and `clock` the type's own time for mediation. `basis` carries the reasons.
    """

    code: str
    label: Text
    list_version: str = LIST_VERSION
    oral_allowed: bool = True
    fingerprint_enough: bool = True
    e_signature_allowed: bool = True
    confirmable: bool = True
    confirmable_hint: Text = _MONEY
    arbitration: Text | None = None
    clock: Deadline | None = None
    basis: tuple[str, ...] = ()


def _type(code: str, zh: str, en: str, **rest: object) -> DisputeType:
    return DisputeType(code=code, label=Text(zh, en), **rest)  # type: ignore[arg-type]


def _labour(code: str, zh: str, en: str) -> DisputeType:
    return DisputeType(
        code=code, label=Text(zh, en), oral_allowed=False, fingerprint_enough=False,
        arbitration=_LABOUR_WAY, clock=Deadline.LABOUR_MEDIATION,
        confirmable_hint=Text(
            "欠薪、工伤、补偿可以确认，也可以申请支付令",
            "wages, injury and compensation can be confirmed, or go by payment order",
        ),
        basis=("LAB_14", "LAB_16", "LAB_27"),
    )  # fmt: skip


_OWNERSHIP = Text(
    "使用、补偿、拆让可以确认；归谁所有不能确认",
    "use, payment and removal can be confirmed; who owns it cannot",
)

OFFICIAL: tuple[DisputeType, ...] = (
    _type(
        "family", "婚姻家庭", "Marriage and family", e_signature_allowed=False,
        confirmable_hint=Text(
            "赡养、抚养、分财产的钱和做法可以确认；结婚离婚、亲子、收养不能确认",
            "money and care can be confirmed; marriage, parentage and adoption cannot",
        ),
        basis=("INT_355", "ESL_3"),
    ),
    _type("neighbours", "邻里", "Neighbours"),
    _type(
        "homestead", "房屋宅基地", "Houses and homesteads",
        confirmable_hint=_OWNERSHIP, basis=("INT_355",),
    ),
    _type("contract", "合同", "Contracts"),
    _type("business", "生产经营", "Production and business"),
    _type("damage", "损害赔偿", "Damages"),
    _type(
        "land", "山林土地", "Land and forest", oral_allowed=False, arbitration=_LAND_WAY,
        confirmable_hint=_OWNERSHIP, basis=("RLA_10", "INT_355"),
    ),
    _type(
        "demolition", "征地拆迁", "Land taking and demolition",
        confirmable_hint=_OWNERSHIP, basis=("INT_355",),
    ),
    _type("environment", "环境污染", "Environment"),
    _labour("wages", "拖欠农民工工资", "Unpaid wages of migrant workers"),
    _labour("labour", "其他劳动争议", "Other labour disputes"),
    _type("tourism", "旅游", "Tourism"),
    _type("e_commerce", "电子商务", "Electronic commerce"),
    _type("consumption", "其他消费", "Other consumer disputes"),
    _type(
        "medical", "医疗", "Medical", oral_allowed=False, fingerprint_enough=False,
        clock=Deadline.MEDICAL_MEDIATION,
        confirmable_hint=Text(
            "应当告诉双方可以司法确认", "the parties must be told of judicial confirmation"
        ),
        basis=("MED_38", "MED_39", "MED_42"),
    ),
    _type("traffic", "道路交通事故", "Road traffic accidents"),
    _type("property_management", "物业", "Property management"),
    _type("other", "其他", "Other"),
)  # fmt: skip

TYPES = {row.code: row for row in OFFICIAL}
OTHER = TYPES["other"]


@dataclass(frozen=True, slots=True)
class EverydayKind:
    """A picture on the register page, in the words people use; `code` also names its drawing."""

    code: str
    label: Text
    type_code: str

    @property
    def type(self) -> DisputeType:
        return TYPES[self.type_code]


def _kind(code: str, zh: str, en: str, type_code: str) -> EverydayKind:
    return EverydayKind(code, Text(zh, en), type_code)


EVERYDAY: tuple[EverydayKind, ...] = (
    _kind("family", "家里的事", "Family matters", "family"),
    _kind("elders", "养老人", "Care of elders", "family"),
    _kind("neighbours", "邻居之间", "Between neighbours", "neighbours"),
    _kind("house", "房子地基", "House and plot", "homestead"),
    _kind("fields", "田地山林", "Fields and woods", "land"),
    _kind("debt", "借钱欠钱", "Money lent and owed", "contract"),
    _kind("wages", "欠工钱", "Unpaid wages", "wages"),
    _kind("trade", "买卖合同", "Buying and selling", "contract"),
    _kind("injury", "碰伤损坏", "Injury and damage", "damage"),
    _kind("traffic", "车祸", "Road accident", "traffic"),
    _kind("estate", "物业小区", "Estate and its management", "property_management"),
    _kind("noise", "污水噪声", "Dirty water and noise", "environment"),
)
NOT_LISTED = _kind("other", "都不像，我来说说", "None of these: let me tell you", "other")
KINDS = {kind.code: kind for kind in (*EVERYDAY, NOT_LISTED)}

# How the collections of cases that we import name their kinds.
_IMPORTED = {
    "劳资劳动纠纷": "labour",
    "家庭婚姻纠纷": "family",
    "环境污染纠纷": "environment",
    "社区邻里纠纷": "neighbours",
    "经济债务纠纷": "contract",
    "治安刑事纠纷": "damage",
    "交通事故纠纷": "traffic",
    "房产土地纠纷": "homestead",
    "校园教育纠纷": "damage",
    "公司经营纠纷": "business",
    "医疗健康纠纷": "medical",
    "消费旅游纠纷": "consumption",
    "遗产继承纠纷": "family",
}


def dispute_type(code: str) -> DisputeType:
    """Raises KeyError for a code that is not in the list."""
    return TYPES[code]


def everyday_kind(code: str) -> EverydayKind:
    """Raises KeyError for a picture that is not on the page."""
    return KINDS[code]


def recognise(name: str) -> DisputeType | None:
    """The official type for a name from outside: a code, an official, everyday or imported name.

    None where nothing fits; the importer then asks, and does not guess.
    """
    said = name.strip()
    code = _IMPORTED.get(said) or _NAMES.get(said.removesuffix("纠纷").removesuffix("争议"))
    return TYPES.get(code or said)


_NAMES = {
    **{kind.label.zh: kind.type_code for kind in EVERYDAY},
    **{row.label.zh.removesuffix("争议"): row.code for row in OFFICIAL},
    **{row.label.en: row.code for row in OFFICIAL},
    "环境污染(保护)": "environment",
    "环境保护": "environment",
    "劳动": "labour",
    "消费": "consumption",
    "房屋、宅基地": "homestead",
}
