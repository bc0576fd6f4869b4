"""The papers a dispute can issue: one row each; their looks lie in `letters/`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, unique

from mediation.wording import Text
from mediation.workflow.facts import Facts
from mediation.workflow.stages import OPEN, Stage


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
    do, once `when` holds; `use` says what for. `item` is the place in the bound volume.
    `for_parties` is False for what is written for the committee, a court or an agency: both sides'
    addresses, or what one side said. A paper for one party is never another's, whatever it says here.
    `facts_attached`: a court reads it, so its file carries what it says once more as data.
    """

    label: Text
    series: str
    item: VolumeItem
    standing: Standing = Standing.OFFICIAL
    per_party: bool = False
    english: bool = False
    mandatory: bool = False
    on_request: bool = False
    for_parties: bool = True
    facts_attached: bool = False
    use: Text = Text("", "")
    when: Callable[[Facts], bool] = _always


def _row(zh: str, en: str, series: str, item: VolumeItem, **rest: object) -> DocumentRow:
    return DocumentRow(label=Text(zh, en), series=series, item=item, **rest)  # type: ignore[arg-type]


_SUPPLEMENTARY, _PLAIN = Standing.SUPPLEMENTARY, Standing.PLAIN
# Here nothing is agreed yet: a session may be called, and either side may end it.
TALKING = (
    Stage.ACCEPTED, Stage.PERSUADING, Stage.MEDIATING, Stage.DRAFTING, Stage.SIGNING,
)  # fmt: skip


def _open(f: Facts) -> bool:
    """While something can still happen in it."""
    return f.stage in OPEN


def _not_archived(f: Facts) -> bool:
    """A volume that was bound and handed in takes nothing more but a note on itself."""
    return f.stage is not Stage.ARCHIVED


# fmt: off
@unique
class Document(Enum):
    """Names in lower case are the folders under `letters/`. Order is the order of the volume."""

    MEDIATION_APPLICATION = _row(
        "人民调解申请书", "Application for mediation", "申", I.REQUEST,
        when=lambda f: f.on_application,
    )
    INTAKE_REGISTER = _row(
        "人民调解受理登记表", "Intake register", "登", I.REQUEST, mandatory=True, for_parties=False
    )
    ACCEPTANCE_PROOF = _row(
        "受理证明", "Proof of acceptance", "受", I.SUPPLEMENT,
        standing=_SUPPLEMENTARY, on_request=True, per_party=True,
        when=lambda f: f.accepted and _not_archived(f),
        use=Text(
            "给当事人一张凭据，证明调委会已经受理，从哪天起在调解。",
            "A voucher for the party that the committee took the matter, and since which day.",
        ),
    )
    RIGHTS_NOTICE = _row(
        "权利义务告知书", "Notice of rights and duties", "告", I.NOTICE, mandatory=True
    )
    PERSONAL_DATA_CONSENT = _row(
        "个人信息处理告知与同意书", "Notice and consent on personal data", "个", I.SUPPLEMENT,
        standing=_SUPPLEMENTARY, on_request=True, per_party=True, when=_open,
        use=Text(
            "告诉当事人哪些个人信息会怎样用，由本人自己签字同意或不同意。",
            "Tells the party what is done with their personal data; they sign yes or no themselves.",
        ),
    )
    IDENTITY_SHEET = _row(
        "当事人身份证明", "Proof of identity", "身", I.IDENTITY, on_request=True, per_party=True,
        when=_not_archived,
        use=Text(
            "入卷要有的身份证明：贴身份证复印件，本人核对签字。",
            "The proof of identity that a volume needs: a copy of the card, checked and signed.",
        ),
    )
    POWER_OF_ATTORNEY = _row(
        "授权委托书", "Power of attorney", "委", I.AUTHORITY, on_request=True, per_party=True,
        when=_open,
        use=Text(
            "当事人请别人代为调解时用。登记过的代理人会印上，没有的留空手填。",
            "For a party who has somebody act for them: the agent on record, or blanks to fill in.",
        ),
    )
    SERVICE_ADDRESS = _row(
        "送达地址确认书", "Confirmation of the address for service", "址", I.SUPPLEMENT,
        standing=_SUPPLEMENTARY, on_request=True, per_party=True, when=_open,
        use=Text(
            "由当事人确认文书送到哪里、愿不愿意电子送达。申请司法确认时法院也要。",
            "The party confirms where papers reach them; a court asks for it with an application.",
        ),
    )
    CASE_SLIP = _row(
        "案件码小条", "Case code slip", "码", I.NONE, standing=_PLAIN, per_party=True
    )
    NON_ACCEPTANCE_NOTICE = _row(
        "不予受理告知书", "Notice of non-acceptance", "不受", I.SUPPLEMENT, standing=_SUPPLEMENTARY
    )
    REFERRAL_LETTER = _row(
        "移送函", "Referral letter", "移", I.SUPPLEMENT, standing=_SUPPLEMENTARY,
        for_parties=False,
    )
    INQUIRY_RECORD = _row(
        "人民调解调查记录", "Record of inquiry", "查", I.INQUIRY, for_parties=False
    )
    EVIDENCE_LIST = _row(
        "人民调解证据材料", "Evidence, with its list", "证", I.EVIDENCE, on_request=True,
        for_parties=False, when=lambda f: f.evidence_kept > 0 and _not_archived(f),
        use=Text(
            "卷宗里证据材料前面的清单：已经存下的证据，一份一行。",
            "The list before the evidence in the volume: a line for every piece that is kept.",
        ),
    )
    PERSUASION_RECORD = _row(
        "劝导记录", "Record of persuasion", "劝", I.MINUTES, standing=_SUPPLEMENTARY,
        for_parties=False,
        when=lambda f: f.persuasion_results > 0,
    )
    MEDIATION_NOTICE = _row(
        "调解通知书", "Notice of a mediation session", "通", I.SUPPLEMENT,
        standing=_SUPPLEMENTARY, on_request=True, per_party=True,
        when=lambda f: f.stage in TALKING,
        use=Text(
            "正式通知当事人哪天、几点、到哪里来调解。来不来由当事人自己定。",
            "Tells the party formally when and where the session is. Coming is their own choice.",
        ),
    )
    NOTICE_LETTER = _row(
        "给当事人的通知信", "Letter to a party, in plain words", "函", I.NONE,
        standing=_PLAIN, on_request=True, per_party=True, when=_not_archived,
        use=Text(
            "用大字和大白话写给当事人的信：事情到哪一步了，请他什么时候来、带什么。",
            "A large-print letter in plain words: where the matter stands, when to come, what to bring.",
        ),
    )
    MEDIATION_RECORD = _row(
        "人民调解记录", "Record of mediation", "录", I.MINUTES, when=lambda f: f.sittings_held > 0
    )
    EXTENSION_CONSENT = _row(
        "延期调解同意书", "Consent to more time", "延", I.SUPPLEMENT, standing=_SUPPLEMENTARY
    )
    HANDOVER_LIST = _row(
        "移交清单", "Handover list", "交", I.SUPPLEMENT, standing=_SUPPLEMENTARY, for_parties=False
    )
    MEDIATION_AGREEMENT = _row(
        "人民调解协议书", "Mediation agreement", "", I.AGREEMENT, english=True, facts_attached=True
    )
    ORAL_AGREEMENT_REGISTER = _row(
        "人民调解口头协议登记表", "Oral agreement register", "口", I.AGREEMENT, facts_attached=True
    )
    SETTLEMENT_LETTER = _row(
        "调解结果告知信", "Settlement letter", "信", I.NONE,
        standing=_PLAIN, per_party=True, english=True,
    )
    PERFORMANCE_SHEET = _row(
        "履行凭证", "Proof of performance", "凭", I.PERFORMANCE, on_request=True,
        when=lambda f: f.effective_on is not None and f.obligations > 0 and _not_archived(f),
        use=Text(
            "把已经记下的履行一笔一行列出来，后面贴收条、汇款单。",
            "Lists every performance on record, with room for receipts and transfer slips.",
        ),
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
        "司法确认申请书", "Application for judicial confirmation", "确", I.CONFIRMATION,
        facts_attached=True,
    )
    MEDIATION_PROOF = _row(
        "调解组织主持调解的证明", "Committee's proof that it mediated", "明", I.CONFIRMATION,
        standing=_SUPPLEMENTARY, on_request=True, facts_attached=True,
        when=lambda f: f.effective_on is not None and _not_archived(f),
        use=Text(
            "申请司法确认时交给法院：证明这份协议是调委会主持调解达成的。",
            "For the court, with the application: that this committee mediated the agreement.",
        ),
    )
    URGING_LETTER = _row(
        "履行督促函", "Letter urging performance", "督", I.SUPPLEMENT, standing=_SUPPLEMENTARY
    )
    RETURN_VISIT_RECORD = _row(
        "人民调解回访记录", "Record of return visit", "访", I.RETURN_VISIT,
        for_parties=False,
    )
    SERVICE_RECEIPT = _row(
        "送达回证", "Receipt of service", "送", I.SUPPLEMENT,
        standing=_SUPPLEMENTARY, on_request=True, per_party=True,
        when=lambda f: f.papers_issued > 0 and _not_archived(f),
        use=Text(
            "送文书时让收的人签收，留作送达的凭据。",
            "Signed by whoever receives papers, and kept as proof that they were served.",
        ),
    )
    CLOSING_REPORT = _row(
        "结案报告表", "Closing report", "结", I.SUPPLEMENT,
        standing=_SUPPLEMENTARY, on_request=True,
        for_parties=False, when=lambda f: f.stage.final and _not_archived(f),
        use=Text(
            "结案时填的表：什么时候受理、怎样结束、还有什么没做完，都按已经记下的写。",
            "Filled in at the end: when it came, how it ended, what is open, all as recorded.",
        ),
    )
    VOLUME_NOTE = _row(
        "卷宗情况说明", "Note on the volume", "说", I.NOTE, on_request=True, for_parties=False,
        use=Text(
            "写明卷里缺什么、哪里破损、后来补了什么，装在卷宗最后。",
            "Says what the volume lacks, what is damaged, what was added later; bound at its end.",
        ),
    )

    @property
    def folder(self) -> str:
        return self.name.lower()

    @property
    def slug(self) -> str:
        """Its name in an address: `volume-note`."""
        return self.folder.replace("_", "-")

    @property
    def label(self) -> Text:
        return self.value.label


def asked_for_by_slug(slug: str) -> Document:
    """A paper printed on request. Raises KeyError for any other name."""
    return {d.slug: d for d in Document if d.value.on_request}[slug]


def makes_sense(document: Document, facts: Facts) -> bool:
    """Whether this paper on request may be printed as things stand."""
    return document.value.on_request and document.value.when(facts)
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
    VOLUME_STAND_IN = Text("另存材料说明", "Sheet in the place of what is not bound")
    VOLUME_NUMBERS = Text("卷内页码", "Page numbers of the volume")


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
