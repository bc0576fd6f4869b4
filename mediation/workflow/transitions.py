"""Every move a dispute can make: who, from where to where, on what condition, by which article."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

from mediation.roles import Role, Scope
from mediation.wording import Text
from mediation.workflow.documents import Document as D
from mediation.workflow.guards import Condition as C
from mediation.workflow.stages import BEFORE_EFFECT, ENDS, OPEN, Stage
from mediation.workflow.words import Side

# fmt: off
# Rows are set as a table: one look shows a whole move.
S = Stage
_COMMITTEE = (Role.MEDIATOR, Role.COMMITTEE_CHAIR)
_INTAKE = (Role.GRID_WORKER, Role.MEDIATOR, Role.COMMITTEE_CHAIR, Role.TOWNSHIP_MANAGER)
_COURT = (Role.COURT_LIAISON,)
_ON_A_PARTYS_WORD = (Role.PARTY, Role.MEDIATOR, Role.COMMITTEE_CHAIR, Role.TOWNSHIP_MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionRow:
    """`basis` holds citation keys of workflow.law; `exit` marks the ways out a party always has.

    `asks_reason` makes the note a required answer. `step` is the words on the button, verb first.
    `sides` are the parties who may make it themselves, where parties may at all: whoever is only
    concerned (有关的人) ends nobody's mediation, and only who applied takes the application back.
    """

    label: Text
    step: Text
    sources: tuple[Stage, ...]
    target: Stage
    roles: tuple[Role, ...]
    basis: tuple[str, ...]
    guards: tuple[C, ...] = ()
    papers: tuple[D, ...] = ()
    scope: Scope = Scope.HANDLED
    sides: tuple[Side, ...] = (Side.APPLICANT, Side.RESPONDENT)
    exit: bool = False
    asks_reason: bool = False


def _row(zh: str, en: str, step_zh: str, step_en: str, **rest: object) -> TransitionRow:
    return TransitionRow(label=Text(zh, en), step=Text(step_zh, step_en), **rest)  # type: ignore[arg-type]


@unique
class Transition(Enum):
    """Order matters where several are open at once: the first that fits is the usual next step."""

    REGISTER = _row(
        "登记", "Registered", "登记一件事", "Register a matter",
        sources=(), target=S.REGISTERED, roles=_INTAKE, scope=Scope.SEEN,
        basis=("PML_17", "PML_18", "LIM_12"),
        papers=(D.CASE_SLIP, D.MEDIATION_APPLICATION),
    )
    ACCEPT = _row(
        "受理", "Accepted", "受理这件事", "Accept the case",
        sources=(S.REGISTERED,), target=S.ACCEPTED, roles=_COMMITTEE,
        basis=("PML_17", "PML_19", "PML_23", "MOJ02_30"),
        guards=(
            C.TWO_SIDES, C.DANGER_CHECKED, C.NO_OPEN_DANGER, C.NOT_TAKEN_ELSEWHERE,
            C.EVERYONE_ASKED, C.NOBODY_REFUSES, C.MEDIATOR_NAMED, C.NO_OPEN_CONFLICT,
            C.RIGHTS_TOLD,
        ),
        papers=(D.INTAKE_REGISTER, D.RIGHTS_NOTICE),
    )
    DO_NOT_ACCEPT = _row(
        "不予受理", "Not accepted", "不予受理，告知该去哪里", "Do not accept; say where to go",
        sources=(S.REGISTERED,), target=S.NOT_ACCEPTED, roles=_COMMITTEE,
        basis=("PML_17", "MOJ02_22"), guards=(C.GROUND_CHOSEN,),
        papers=(D.NON_ACCEPTANCE_NOTICE,),
    )
    REFER = _row(
        "转介", "Referred", "转给更合适的部门", "Refer to a body better placed",
        sources=(S.REGISTERED,), target=S.REFERRED,
        roles=(*_COMMITTEE, Role.TOWNSHIP_MANAGER),
        basis=("PML_18", "PML_25", "LA_31"), guards=(C.REFERRAL_NAMED,), papers=(D.REFERRAL_LETTER,),
    )
    BEGIN_PERSUASION = _row(
        "开始劝导", "Persuasion begun", "请人劝导", "Begin persuasion",
        sources=(S.ACCEPTED,), target=S.PERSUADING, roles=_COMMITTEE,
        basis=("PML_20", "PML_22"),
        guards=(C.PERSUASION_AGREED, C.NOBODY_REFUSES, C.NO_OPEN_DANGER),
    )
    BEGIN_MEDIATION = _row(
        "开始调解", "Mediation begun", "开始调解", "Begin mediation",
        sources=(S.ACCEPTED, S.PERSUADING), target=S.MEDIATING, roles=_COMMITTEE,
        basis=("PML_21", "PML_22"),
        guards=(C.PERSUASION_ENDED, C.NOBODY_REFUSES, C.NO_OPEN_DANGER),
        papers=(D.PERSUASION_RECORD,),
    )
    DRAFT_AGREEMENT = _row(
        "起草协议", "Agreement drafted", "起草协议书", "Draft the agreement",
        sources=(S.MEDIATING,), target=S.DRAFTING, roles=_COMMITTEE,
        basis=("PML_28", "PML_29"),
        guards=(C.SITTING_HELD, C.TERMS_RECORDED, C.NOBODY_REFUSES, C.NO_OPEN_DANGER),
        papers=(D.MEDIATION_RECORD,),
    )
    SETTLE_ORALLY = _row(
        "达成口头协议", "Settled orally", "记为口头协议", "Record an oral agreement",
        sources=(S.PERSUADING, S.MEDIATING), target=S.ORALLY_AGREED, roles=_COMMITTEE,
        basis=("PML_28", "PML_30"),
        guards=(
            C.ORAL_ALLOWED, C.TERMS_RECORDED, C.CAPACITY_SETTLED, C.NOBODY_REFUSES,
            C.NO_OPEN_DANGER,
        ),
        papers=(
            D.PERSUASION_RECORD, D.MEDIATION_RECORD, D.ORAL_AGREEMENT_REGISTER, D.SETTLEMENT_LETTER
        ),
    )
    PERFORM_ON_SPOT = _row(
        "当场履行", "Performed on the spot", "当场履行完了", "Record performance on the spot",
        sources=(S.PERSUADING, S.MEDIATING), target=S.DONE_ON_SPOT, roles=_COMMITTEE,
        basis=("PML_28", "PML_31"),
        guards=(
            C.ORAL_ALLOWED, C.TERMS_RECORDED, C.CAPACITY_SETTLED, C.NOBODY_REFUSES,
            C.NO_OPEN_DANGER, C.EVERYTHING_PROVED,
        ),
        papers=(
            D.PERSUASION_RECORD, D.MEDIATION_RECORD, D.ORAL_AGREEMENT_REGISTER, D.SETTLEMENT_LETTER
        ),
    )
    ISSUE_SIGNING_COPY = _row(
        "印出签字稿", "Signing copy issued", "印出签字稿", "Issue the signing copy",
        sources=(S.DRAFTING,), target=S.SIGNING, roles=_COMMITTEE, basis=("PML_29",),
        guards=(
            C.TERMS_COMPLETE, C.NO_STATUS_OR_OWNERSHIP, C.CAPACITY_SETTLED, C.CONFIRMATION_ASKED,
        ),
        papers=(D.MEDIATION_AGREEMENT,),
    )
    MAKE_EFFECTIVE = _row(
        "协议生效", "Agreement took effect", "三样齐了，协议生效", "Record that it takes effect",
        sources=(S.SIGNING,), target=S.EFFECTIVE, roles=_COMMITTEE,
        basis=("PML_29", "CC_19", "CC_20", "CC_143"),
        guards=(C.EVERYONE_SIGNED, C.MEDIATOR_SIGNED, C.SEALED, C.CAPACITY_SETTLED),
        papers=(D.SETTLEMENT_LETTER,),
    )
    REVISE_AGREEMENT = _row(
        "撤回签字稿再改", "Signing copy taken back", "撤回签字稿，再改", "Take the copy back and revise",
        sources=(S.SIGNING,), target=S.DRAFTING, roles=_COMMITTEE, basis=("PML_23",),
        asks_reason=True,
    )
    RESUME_MEDIATION = _row(
        "有人不签，回到调解", "Back to mediation", "回到调解再谈", "Go back to mediation",
        sources=(S.DRAFTING, S.SIGNING), target=S.MEDIATING, roles=_COMMITTEE, basis=("PML_23",),
        asks_reason=True,
    )
    EXTEND = _row(
        "延长调解", "Mediation extended", "延长调解期限", "Extend the time",
        sources=(S.MEDIATING,), target=S.MEDIATING, roles=_COMMITTEE,
        basis=("MOJ02_33", "LOC_B_27"), guards=(C.EXTENSION_AGREED, C.BEFORE_EXPIRY),
        papers=(D.EXTENSION_CONSENT,),
    )
    ESCALATE = _row(
        "上交", "Escalated", "交给上一级调解", "Escalate to a higher tier",
        sources=(S.PERSUADING, S.MEDIATING), target=S.ESCALATED,
        roles=(*_COMMITTEE, Role.TOWNSHIP_MANAGER),
        basis=("PML_34", "MOJ02_27"), guards=(C.ESCALATION_NAMED, C.ESCALATION_AGREED),
        papers=(D.HANDOVER_LIST,),
    )
    TAKE_OVER = _row(
        "上级接手", "Taken over", "接手这件事", "Take the case over",
        sources=(S.ESCALATED,), target=S.ACCEPTED, roles=(Role.MEDIATOR, Role.COMMITTEE_CHAIR),
        basis=("PML_34", "PML_19"), guards=(C.MEDIATOR_NAMED, C.NO_OPEN_CONFLICT),
    )
    RETURN_ESCALATED = _row(
        "退回原委员会", "Returned", "退回原委员会", "Return it",
        sources=(S.ESCALATED,), target=S.MEDIATING,
        roles=(Role.COMMITTEE_CHAIR, Role.TOWNSHIP_MANAGER), basis=("MOJ02_27",), asks_reason=True,
    )
    PREPARE_CONFIRMATION = _row(
        "准备司法确认", "Confirmation prepared", "准备司法确认", "Prepare the application",
        sources=(
            S.EFFECTIVE, S.ORALLY_AGREED, S.PERFORMING, S.CONFIRMATION_WITHDRAWN,
            S.CONFIRMATION_NOT_ACCEPTED,
        ),
        target=S.CONFIRMATION_PREPARED, roles=_COMMITTEE,
        basis=("PML_33", "CPL_205", "INT_355"),
        guards=(
            C.EVERYONE_WANTS_CONFIRMATION, C.NOBODY_DENIES, C.NOT_CONFIRMED_YET, C.ANOTHER_COURT,
            C.WITHIN_WINDOW, C.CONFIRMABLE, C.TERMS_WRITTEN, C.COURT_COMPETENT,
        ),
        papers=(D.CONFIRMATION_APPLICATION,),
    )
    FILE_APPLICATION = _row(
        "交到法院", "Application filed", "交到法院", "File it with the court",
        sources=(S.CONFIRMATION_PREPARED,), target=S.CONFIRMATION_FILED, roles=_COMMITTEE,
        basis=("CPL_85", "CPL_205"),
        guards=(C.EVERYONE_WANTS_CONFIRMATION, C.NOBODY_DENIES, C.FILED_IN_TIME),
    )
    DROP_CONFIRMATION = _row(
        "不申请了", "Application dropped", "不申请确认了", "Drop the application",
        sources=(S.CONFIRMATION_PREPARED,), target=S.PERFORMING, roles=_ON_A_PARTYS_WORD,
        basis=("PML_33",), asks_reason=True,
    )
    ACCEPT_APPLICATION = _row(
        "法院受理", "Accepted by the court", "记下法院受理", "Record the court's acceptance",
        sources=(S.CONFIRMATION_FILED,), target=S.CONFIRMATION_ACCEPTED, roles=_COURT,
        basis=("SPC11_4", "CPL_205"), guards=(C.COURT_NUMBER_KNOWN,), scope=Scope.SEEN,
    )
    RETURN_FOR_CORRECTION = _row(
        "退回补正", "Returned for correction", "退回补正", "Return for correction",
        sources=(S.CONFIRMATION_FILED,), target=S.CONFIRMATION_PREPARED, roles=_COURT,
        basis=("INT_354",), guards=(C.CORRECTIONS_NAMED,), scope=Scope.SEEN,
    )
    COURT_DOES_NOT_ACCEPT = _row(
        "法院不予受理", "Not accepted by the court", "记下不予受理", "Record non-acceptance",
        sources=(S.CONFIRMATION_FILED, S.CONFIRMATION_ACCEPTED),
        target=S.CONFIRMATION_NOT_ACCEPTED, roles=_COURT, basis=("INT_355",),
        guards=(C.NOT_ACCEPTANCE_GROUND,), scope=Scope.SEEN,
    )
    CONFIRM = _row(
        "裁定有效", "Confirmed", "记下裁定有效", "Record the confirming ruling",
        sources=(S.CONFIRMATION_ACCEPTED,), target=S.CONFIRMED, roles=_COURT,
        basis=("CPL_206", "INT_356"), guards=(C.RULING_VALID, C.EVERYONE_WANTS_CONFIRMATION, C.NOBODY_DENIES),
        scope=Scope.SEEN,
    )
    REJECT = _row(
        "裁定驳回", "Refused by the court", "记下裁定驳回", "Record the refusing ruling",
        sources=(S.CONFIRMATION_ACCEPTED,), target=S.CONFIRMATION_REFUSED, roles=_COURT,
        basis=("INT_358", "CPL_206"), guards=(C.REFUSAL_GROUND,), scope=Scope.SEEN,
    )
    WITHDRAW_APPLICATION = _row(
        "撤回申请", "Application withdrawn", "记下撤回", "Record the withdrawal",
        sources=(S.CONFIRMATION_FILED, S.CONFIRMATION_ACCEPTED), target=S.CONFIRMATION_WITHDRAWN,
        roles=_COURT, basis=("INT_357",), guards=(C.WITHDRAWAL_RECORDED,), scope=Scope.SEEN,
    )
    REMEDIATE = _row(
        "重新调解", "Mediation again", "重新调解", "Mediate again",
        sources=(
            S.CONFIRMATION_REFUSED, S.CONFIRMATION_NOT_ACCEPTED, S.CONFIRMATION_SET_ASIDE, S.BREACH,
        ),
        target=S.MEDIATING, roles=_COMMITTEE, basis=("CPL_206", "PML_33"),
        guards=(C.EVERYONE_WOULD_REMEDIATE,),
    )
    BEGIN_PERFORMANCE = _row(
        "开始履行", "Performance begun", "跟进履行", "Follow the performance",
        sources=(
            S.EFFECTIVE, S.ORALLY_AGREED, S.CONFIRMED, S.CONFIRMATION_WITHDRAWN,
            S.CONFIRMATION_NOT_ACCEPTED, S.CONFIRMATION_REFUSED,
        ),
        target=S.PERFORMING, roles=_COMMITTEE, basis=("PML_31",), guards=(C.OBLIGATIONS_EXIST,),
    )
    DECLARE_PERFORMED = _row(
        "履行完毕", "Performed", "全部履行完了", "Record that all is performed",
        sources=(S.PERFORMING, S.DONE_ON_SPOT, S.BREACH, S.ENFORCEMENT), target=S.PERFORMED,
        roles=_COMMITTEE, basis=("PML_31",), guards=(C.EVERYTHING_PROVED,),
    )
    DECLARE_BREACH = _row(
        "没有按约履行", "In breach", "记下没有按约履行", "Record the breach",
        sources=(S.PERFORMING,), target=S.BREACH, roles=_COMMITTEE, basis=("PML_31",),
        guards=(C.SOMETHING_OVERDUE, C.URGED), papers=(D.URGING_LETTER,),
    )
    RESUME_PERFORMANCE = _row(
        "恢复履行", "Performance resumed", "恢复履行", "Resume performance",
        sources=(S.BREACH,), target=S.PERFORMING, roles=_COMMITTEE, basis=("PML_31",),
        guards=(C.PAID_OR_NEW_DATE,),
    )
    SEEK_ENFORCEMENT = _row(
        "申请执行", "Enforcement sought", "向法院申请执行", "Apply to the court for enforcement",
        sources=(S.BREACH,), target=S.ENFORCEMENT, roles=_ON_A_PARTYS_WORD,
        basis=("CPL_206", "CPL_250", "INT_460"),
        guards=(C.CONFIRMED_BY_COURT, C.WITHIN_ENFORCEMENT), papers=(D.OTHER_WAYS_NOTICE,),
    )
    SET_ASIDE = _row(
        "裁定被撤销", "Ruling set aside", "记下裁定被撤销", "Record that it was set aside",
        sources=(S.CONFIRMED, S.PERFORMING, S.BREACH, S.ENFORCEMENT, S.PERFORMED),
        target=S.CONFIRMATION_SET_ASIDE, roles=_COURT, basis=("INT_372",),
        guards=(C.CONFIRMED_BY_COURT, C.SET_ASIDE_RECORDED), scope=Scope.SEEN,
    )
    WITHDRAW = _row(
        "撤回", "Withdrawn", "撤回调解申请", "Withdraw the application",
        sources=BEFORE_EFFECT, target=S.WITHDRAWN, roles=_ON_A_PARTYS_WORD, basis=("PML_23",),
        papers=(D.WITHDRAWAL_REQUEST,), exit=True, sides=(Side.APPLICANT,),
    )
    LEAVE = _row(
        "不再调解", "A party left", "不调解了", "Leave mediation",
        sources=BEFORE_EFFECT, target=S.TERMINATED, roles=_ON_A_PARTYS_WORD,
        basis=("PML_23", "PML_26"), papers=(D.TERMINATION_NOTICE,), exit=True,
    )
    TERMINATE = _row(
        "终止调解", "Terminated", "终止调解，告知别的路", "Terminate and tell the other ways",
        sources=BEFORE_EFFECT[1:], target=S.TERMINATED, roles=_COMMITTEE, basis=("PML_26",),
        guards=(C.TERMINATION_REASON,), papers=(D.TERMINATION_NOTICE,),
    )
    TAKE_TO_COURT = _row(
        "去法院或走别的路", "Took it to court or elsewhere",
        "去法院或走别的路", "Go to court or another way",
        sources=(*OPEN, S.TERMINATED), target=S.TO_COURT, roles=_ON_A_PARTYS_WORD,
        basis=("PML_3", "PML_26", "PML_32", "CPL_206", "CPL_225"),
        papers=(D.OTHER_WAYS_NOTICE,), exit=True,
    )
    CLOSE = _row(
        "结案", "Closed", "结案", "Close the case",
        sources=ENDS, target=S.CLOSED, roles=_COMMITTEE, basis=("PML_27", "PML_31"),
        guards=(C.VISITED_OR_EXCUSED,), papers=(D.RETURN_VISIT_RECORD,),
    )
    REOPEN = _row(
        "重新打开", "Reopened", "当事人说没解决，重新打开", "Reopen at a party's request",
        sources=(S.CLOSED,), target=S.MEDIATING, roles=(Role.COMMITTEE_CHAIR, Role.TOWNSHIP_MANAGER),
        basis=("PML_31",), guards=(C.WITHIN_REOPENING, C.NOBODY_REFUSES, C.NEW_OWNER),
        asks_reason=True,
    )
    ARCHIVE = _row(
        "归档", "Archived", "归档", "Archive the volume",
        sources=(S.CLOSED,), target=S.ARCHIVED, roles=_COMMITTEE,
        basis=("PML_27", "ARC_13"), guards=(C.PAPERS_COMPLETE, C.RETENTION_CHOSEN),
    )

    @property
    def label(self) -> Text:
        return self.value.label

    @property
    def slug(self) -> str:
        """Its name in an address: `begin-mediation`."""
        return self.name.lower().replace("_", "-")

    def unmet(self, facts: object) -> tuple[C, ...]:
        """Every guard that does not hold, in the order of the row."""
        return tuple(c for c in self.value.guards if not c.met(facts))  # type: ignore[arg-type]


def by_slug(slug: str) -> Transition:
    """Raises KeyError for a name that is not in the book."""
    return Transition[slug.upper().replace("-", "_")]


def leaving(stage: Stage) -> tuple[Transition, ...]:
    """The moves open from a stage, the usual next one first."""
    return tuple(t for t in Transition if stage in t.value.sources)


def exits(stage: Stage) -> tuple[Transition, ...]:
    return tuple(t for t in leaving(stage) if t.value.exit)
