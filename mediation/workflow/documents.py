"""The papers a dispute can issue: one row each; their looks lie in `letters/`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, unique

from mediation.wording import Text
from mediation.workflow.facts import Facts


class Standing(Enum):
    """Where a paper comes from: the ministry's set, or an addition we label as such."""

    OFFICIAL = Text("规定文书", "official form")
    SUPPLEMENTARY = Text("补充文书", "supplementary paper")
    PLAIN = Text("便民文书", "plain-language paper")


def _always(_: Facts) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """`series` is the character in its number; a paper without one carries the volume's own number.

    `per_party` papers are issued once to each party. `english` ones also have a courtesy copy.
    """

    label: Text
    series: str
    standing: Standing = Standing.OFFICIAL
    per_party: bool = False
    english: bool = False
    mandatory: bool = False
    when: Callable[[Facts], bool] = _always


def _row(zh: str, en: str, series: str, **rest: object) -> DocumentRow:
    return DocumentRow(label=Text(zh, en), series=series, **rest)  # type: ignore[arg-type]


@unique
class Document(Enum):
    """Names in lower case are the folders under `letters/`. Order is the order of the volume."""

    MEDIATION_APPLICATION = _row(
        "人民调解申请书", "Application for mediation", "申", when=lambda f: f.on_application
    )
    INTAKE_REGISTER = _row("人民调解受理登记表", "Intake register", "登", mandatory=True)
    RIGHTS_NOTICE = _row("权利义务告知书", "Notice of rights and duties", "告", mandatory=True)
    CASE_SLIP = _row("案件码小条", "Case code slip", "码", standing=Standing.PLAIN, per_party=True)
    NON_ACCEPTANCE_NOTICE = _row(
        "不予受理告知书", "Notice of non-acceptance", "不受", standing=Standing.SUPPLEMENTARY
    )
    REFERRAL_LETTER = _row("移送函", "Referral letter", "移", standing=Standing.SUPPLEMENTARY)
    PERSUASION_RECORD = _row(
        "劝导记录",
        "Record of persuasion",
        "劝",
        standing=Standing.SUPPLEMENTARY,
        when=lambda f: f.persuasion_results > 0,
    )
    MEDIATION_RECORD = _row(
        "人民调解记录", "Record of mediation", "录", when=lambda f: f.sittings_held > 0
    )
    EXTENSION_CONSENT = _row(
        "延期调解同意书", "Consent to more time", "延", standing=Standing.SUPPLEMENTARY
    )
    HANDOVER_LIST = _row("移交清单", "Handover list", "交", standing=Standing.SUPPLEMENTARY)
    MEDIATION_AGREEMENT = _row("人民调解协议书", "Mediation agreement", "", english=True)
    ORAL_AGREEMENT_REGISTER = _row("人民调解口头协议登记表", "Oral agreement register", "口")
    SETTLEMENT_LETTER = _row(
        "调解结果告知信",
        "Settlement letter",
        "信",
        standing=Standing.PLAIN,
        per_party=True,
        english=True,
    )
    WITHDRAWAL_REQUEST = _row(
        "撤回调解申请书", "Request to withdraw", "撤", standing=Standing.SUPPLEMENTARY
    )
    TERMINATION_NOTICE = _row(
        "终止调解通知书", "Notice of termination", "终", standing=Standing.SUPPLEMENTARY
    )
    OTHER_WAYS_NOTICE = _row(
        "其他途径告知书", "Notice of other ways", "途", standing=Standing.PLAIN, per_party=True
    )
    CONFIRMATION_APPLICATION = _row("司法确认申请书", "Application for judicial confirmation", "确")
    URGING_LETTER = _row(
        "履行督促函", "Letter urging performance", "督", standing=Standing.SUPPLEMENTARY
    )
    RETURN_VISIT_RECORD = _row("人民调解回访记录", "Record of return visit", "访")

    @property
    def folder(self) -> str:
        return self.name.lower()

    @property
    def label(self) -> Text:
        return self.value.label


@unique
class CovenantPaper(Enum):
    """The papers of a covenant: the same text on a household sheet and on the wall."""

    COVENANT_A4 = Text("无讼公约（A4）", "Covenant, A4 sheet")
    COVENANT_A3 = Text("无讼公约（A3张贴）", "Covenant, A3 poster")

    @property
    def folder(self) -> str:
        return self.name.lower()

    @property
    def label(self) -> Text:
        return self.value
