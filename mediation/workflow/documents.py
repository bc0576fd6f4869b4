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


@unique
class VolumeItem(Enum):
    """The items of a bound volume 卷宗, in their order, and whether each must be there (4.1)."""

    REQUEST = Text("申请书、受理登记表", "application or intake register")
    NOTICE = Text("权利义务告知书", "notice of rights and duties")
    IDENTITY = Text("当事人身份证明", "proof of identity")
    AUTHORITY = Text("授权委托书", "power of attorney")
    INQUIRY = Text("人民调解调查记录", "record of inquiry")
    EVIDENCE = Text("人民调解证据材料", "evidence")
    MINUTES = Text("劝导记录、人民调解记录", "records of persuasion and mediation")
    AGREEMENT = Text("人民调解协议书、口头协议登记表", "agreement, written or oral")
    PERFORMANCE = Text("履行凭证", "proof of performance")
    RETURN_VISIT = Text("人民调解回访记录", "record of return visit")
    CONFIRMATION = Text("司法确认有关材料", "papers of judicial confirmation")
    SUPPLEMENT = Text("其他文书", "other papers")
    NOTE = Text("卷宗情况说明", "note on the volume")
    NONE = Text("不入卷", "not bound")

    @property
    def label(self) -> Text:
        return self.value


I = VolumeItem  # noqa: E741
# 必须: what a volume is not whole without; everything else is there when it is needed (4.1).
MUST_ITEMS = frozenset({I.REQUEST, I.NOTICE, I.IDENTITY, I.MINUTES, I.AGREEMENT})


def _always(_: Facts) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """`series` is the character in its number; a paper without one carries the volume's own number.

    `per_party` papers are issued once to each party. `english` ones also have a courtesy copy.
    `on_request` papers are printed when somebody asks for one on the case's page, as often as they
    do. `item` is the place in the bound volume.
    """

    label: Text
    series: str
    item: VolumeItem
    standing: Standing = Standing.OFFICIAL
    per_party: bool = False
    english: bool = False
    mandatory: bool = False
    on_request: bool = False
    when: Callable[[Facts], bool] = _always


def _row(zh: str, en: str, series: str, item: VolumeItem, **rest: object) -> DocumentRow:
    return DocumentRow(label=Text(zh, en), series=series, item=item, **rest)  # type: ignore[arg-type]


_SUPPLEMENTARY, _PLAIN = Standing.SUPPLEMENTARY, Standing.PLAIN


# fmt: off
@unique
class Document(Enum):
    """Names in lower case are the folders under `letters/`. Order is the order of the volume."""

    MEDIATION_APPLICATION = _row(
        "人民调解申请书", "Application for mediation", "申", I.REQUEST,
        when=lambda f: f.on_application,
    )
    INTAKE_REGISTER = _row(
        "人民调解受理登记表", "Intake register", "登", I.REQUEST, mandatory=True
    )
    ACCEPTANCE_PROOF = _row(
        "受理证明", "Proof of acceptance", "受", I.SUPPLEMENT,
        standing=_SUPPLEMENTARY, on_request=True, per_party=True,
    )
    RIGHTS_NOTICE = _row(
        "权利义务告知书", "Notice of rights and duties", "告", I.NOTICE, mandatory=True
    )
    PERSONAL_DATA_CONSENT = _row(
        "个人信息处理告知与同意书", "Notice and consent on personal data", "个", I.SUPPLEMENT,
        standing=_SUPPLEMENTARY, on_request=True, per_party=True,
    )
    IDENTITY_SHEET = _row(
        "当事人身份证明", "Proof of identity", "身", I.IDENTITY, on_request=True, per_party=True
    )
    POWER_OF_ATTORNEY = _row(
        "授权委托书", "Power of attorney", "委", I.AUTHORITY, on_request=True, per_party=True
    )
    SERVICE_ADDRESS = _row(
        "送达地址确认书", "Confirmation of the address for service", "址", I.SUPPLEMENT,
        standing=_SUPPLEMENTARY, on_request=True, per_party=True,
    )
    CASE_SLIP = _row(
        "案件码小条", "Case code slip", "码", I.NONE, standing=_PLAIN, per_party=True
    )
    NON_ACCEPTANCE_NOTICE = _row(
        "不予受理告知书", "Notice of non-acceptance", "不受", I.SUPPLEMENT, standing=_SUPPLEMENTARY
    )
    REFERRAL_LETTER = _row(
        "移送函", "Referral letter", "移", I.SUPPLEMENT, standing=_SUPPLEMENTARY
    )
    INQUIRY_RECORD = _row("人民调解调查记录", "Record of inquiry", "查", I.INQUIRY)
    EVIDENCE_LIST = _row(
        "人民调解证据材料", "Evidence, with its list", "证", I.EVIDENCE, on_request=True
    )
    PERSUASION_RECORD = _row(
        "劝导记录", "Record of persuasion", "劝", I.MINUTES, standing=_SUPPLEMENTARY,
        when=lambda f: f.persuasion_results > 0,
    )
    MEDIATION_NOTICE = _row(
        "调解通知书", "Notice of a mediation session", "通", I.SUPPLEMENT,
        standing=_SUPPLEMENTARY, on_request=True, per_party=True,
    )
    NOTICE_LETTER = _row(
        "给当事人的通知信", "Letter to a party, in plain words", "函", I.NONE,
        standing=_PLAIN, on_request=True, per_party=True,
    )
    MEDIATION_RECORD = _row(
        "人民调解记录", "Record of mediation", "录", I.MINUTES, when=lambda f: f.sittings_held > 0
    )
    EXTENSION_CONSENT = _row(
        "延期调解同意书", "Consent to more time", "延", I.SUPPLEMENT, standing=_SUPPLEMENTARY
    )
    HANDOVER_LIST = _row("移交清单", "Handover list", "交", I.SUPPLEMENT, standing=_SUPPLEMENTARY)
    MEDIATION_AGREEMENT = _row(
        "人民调解协议书", "Mediation agreement", "", I.AGREEMENT, english=True
    )
    ORAL_AGREEMENT_REGISTER = _row(
        "人民调解口头协议登记表", "Oral agreement register", "口", I.AGREEMENT
    )
    SETTLEMENT_LETTER = _row(
        "调解结果告知信", "Settlement letter", "信", I.NONE,
        standing=_PLAIN, per_party=True, english=True,
    )
    PERFORMANCE_SHEET = _row(
        "履行凭证", "Proof of performance", "凭", I.PERFORMANCE, on_request=True
    )
    WITHDRAWAL_REQUEST = _row(
        "撤回调解申请书", "Request to withdraw", "撤", I.SUPPLEMENT, standing=_SUPPLEMENTARY
    )
    TERMINATION_NOTICE = _row(
        "终止调解通知书", "Notice of termination", "终", I.SUPPLEMENT, standing=_SUPPLEMENTARY
    )
    OTHER_WAYS_NOTICE = _row(
        "其他途径告知书", "Notice of other ways", "途", I.NONE, standing=_PLAIN, per_party=True
    )
    CONFIRMATION_APPLICATION = _row(
        "司法确认申请书", "Application for judicial confirmation", "确", I.CONFIRMATION
    )
    MEDIATION_PROOF = _row(
        "调解组织主持调解的证明", "Committee's proof that it mediated", "明", I.CONFIRMATION,
        standing=_SUPPLEMENTARY, on_request=True,
    )
    URGING_LETTER = _row(
        "履行督促函", "Letter urging performance", "督", I.SUPPLEMENT, standing=_SUPPLEMENTARY
    )
    RETURN_VISIT_RECORD = _row(
        "人民调解回访记录", "Record of return visit", "访", I.RETURN_VISIT
    )
    SERVICE_RECEIPT = _row(
        "送达回证", "Receipt of service", "送", I.SUPPLEMENT,
        standing=_SUPPLEMENTARY, on_request=True, per_party=True,
    )
    CLOSING_REPORT = _row(
        "结案报告表", "Closing report", "结", I.SUPPLEMENT,
        standing=_SUPPLEMENTARY, on_request=True,
    )
    VOLUME_NOTE = _row("卷宗情况说明", "Note on the volume", "说", I.NOTE, on_request=True)

    @property
    def folder(self) -> str:
        return self.name.lower()

    @property
    def label(self) -> Text:
        return self.value.label
# fmt: on


class _Folder(Enum):
    """Papers with a label alone: they have no number of their own series."""

    @property
    def folder(self) -> str:
        return self.name.lower()

    @property
    def label(self) -> Text:
        label: Text = self.value
        return label


@unique
class CovenantPaper(_Folder):
    """The papers of a covenant: the same text on the wall, for the household, for the pocket."""

    COVENANT_A4 = Text("无讼公约（A4）", "Covenant, A4 sheet")
    COVENANT_A3 = Text("无讼公约（A3张贴）", "Covenant, A3 poster")
    COVENANT_A5 = Text("无讼公约（A5卡片）", "Covenant, A5 household card")
    COVENANT_SIGNATURES = Text("无讼公约签名册", "Covenant, signature book")


@unique
class VolumePaper(_Folder):
    """What a bound volume is put between. Drawn with the volume, never issued by itself."""

    VOLUME_COVER = Text("卷宗封面", "Cover of the volume")
    VOLUME_INDEX = Text("卷内目录", "Index of the volume")
    VOLUME_BACK = Text("卷宗封底", "Back cover of the volume")
    VOLUME_SPINE = Text("卷脊条", "Spine slip")


@unique
class CourtDraft(_Folder):
    """For the court's own use: a draft on every page, without number, kept nowhere (5)."""

    RULING_DRAFT = Text("民事裁定书（草稿）", "Draft of a ruling")


def paper_label(folder: str) -> Text:
    """What the paper in this folder is called. Raises KeyError."""
    name = folder.upper()
    for kind in (Document, CovenantPaper, VolumePaper, CourtDraft):
        if name in kind.__members__:
            label: Text = kind[name].label
            return label
    raise KeyError(folder)
