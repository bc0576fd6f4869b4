"""The facts people record about a dispute: what they are called, when they are open, when done.

Facts come first, then the transition: the guards look at what these records leave behind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, unique

from mediation.wording import Text
from mediation.workflow.documents import Document
from mediation.workflow.facts import Facts
from mediation.workflow.stages import BEFORE_EFFECT, ENDS, OPEN, Phase, Stage

# fmt: off
# Rows are set as a table: one look shows a whole record.
S = Stage
_TALKING = (S.ACCEPTED, S.PERSUADING, S.MEDIATING, S.DRAFTING, S.SIGNING)
_AGREED = (
    S.ORALLY_AGREED, S.DONE_ON_SPOT, S.EFFECTIVE, S.CONFIRMATION_PREPARED, S.CONFIRMATION_FILED,
    S.CONFIRMATION_ACCEPTED, S.CONFIRMED, S.CONFIRMATION_NOT_ACCEPTED, S.CONFIRMATION_REFUSED,
    S.CONFIRMATION_WITHDRAWN, S.PERFORMING, S.BREACH, S.ENFORCEMENT,
)
_WITH_COURT = (
    S.CONFIRMATION_FILED, S.CONFIRMATION_ACCEPTED, S.CONFIRMED, S.PERFORMING, S.BREACH,
    S.ENFORCEMENT, S.PERFORMED, S.CONFIRMATION_REFUSED,
)


def _never(_: Facts) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """`task` puts it on the case page's task list; `court` ones are the liaison officer's to write.

    `done` is whether the task is settled; `not_yet` says what has to come first. An `optional` task
    is shown while it can be done, and missed by nobody. `papers` are issued with the record itself.
    """

    label: Text
    told: Text
    phase: Phase
    open_in: tuple[Stage, ...]
    done: Callable[[Facts], bool] = _never
    not_yet: Text = Text("还没到这一步。", "It is not time for this yet.")
    task: bool = False
    optional: bool = False
    court: bool = False
    papers: tuple[Document, ...] = ()


def _row(zh: str, en: str, told_zh: str, told_en: str, **rest: object) -> RecordRow:
    return RecordRow(label=Text(zh, en), told=Text(told_zh, told_en), **rest)  # type: ignore[arg-type]


@unique
class Record(Enum):
    """`label` is the task, verb first; `told` is the same as history tells it."""

    PARTY = _row(
        "写上当事人", "Write down the parties", "登记了当事人", "registered a party",
        phase=Phase.INTAKE, open_in=OPEN, done=lambda f: f.sides >= 2, task=True,
    )
    REPRESENTATIVE = _row(
        "写上代理人或监护人", "Write down an agent or guardian",
        "登记了代理人或监护人", "registered an agent or guardian",
        phase=Phase.INTAKE, open_in=OPEN,
    )
    DANGER_CHECK = _row(
        "看看有没有危险", "Check for danger", "看过有没有危险", "checked for danger",
        phase=Phase.INTAKE, open_in=OPEN,
        done=lambda f: f.danger_checked and not f.danger_open, task=True,
    )
    CONSENT = _row(
        "问当事人，记下回答", "Ask the parties and record the answers",
        "记下了当事人的回答", "recorded a party's answer",
        phase=Phase.INTAKE, open_in=(*OPEN, *ENDS, S.CLOSED),
        done=lambda f: f.everyone_asked, task=True,
    )
    ASSIGNMENT = _row(
        "定下调解员", "Name the mediator", "定了调解员", "named the mediator",
        phase=Phase.INTAKE, open_in=(*OPEN, S.CLOSED), done=lambda f: f.mediator_named, task=True,
    )
    CONFLICT = _row(
        "写明调解员的关系", "Declare the mediator's ties",
        "写明了调解员的关系", "declared the mediator's ties",
        phase=Phase.INTAKE, open_in=OPEN,
    )
    RIGHTS_READING = _row(
        "念权利义务", "Read out rights and duties", "念了权利义务", "read out rights and duties",
        phase=Phase.INTAKE, open_in=BEFORE_EFFECT, done=lambda f: f.rights_told, task=True,
    )
    NON_ACCEPTANCE = _row(
        "写不予受理的理由", "Write why it is not accepted",
        "写了不予受理的理由", "wrote why it is not accepted",
        phase=Phase.INTAKE, open_in=(S.REGISTERED,),
    )
    REFERRAL = _row(
        "写转介给谁", "Write to whom it is referred", "写了转介给谁", "wrote to whom it is referred",
        phase=Phase.INTAKE, open_in=(S.REGISTERED,),
    )
    PERSUASION = _row(
        "记一次劝导", "Record a persuasion", "劝导了一次", "a persuasion was held",
        phase=Phase.MORAL_PERSUASION, open_in=(S.PERSUADING,),
        done=lambda f: f.persuasion_results > 0,
        not_yet=Text("双方同意请人劝导后才能记。", "Possible once both sides agree to it."), task=True,
    )
    INQUIRY = _row(
        "记一次调查", "Record an inquiry", "调查了一次", "somebody was asked who knows of it",
        phase=Phase.MEDIATION, open_in=_TALKING, done=lambda f: f.inquiries_held > 0,
        not_yet=Text("受理以后、协议生效以前才能记。", "From acceptance until an agreement takes effect."),
        task=True, optional=True, papers=(Document.INQUIRY_RECORD,),
    )
    SITTING = _row(
        "记一次调解", "Record a mediation session", "坐下来调解了一次", "a session was held",
        phase=Phase.MEDIATION, open_in=(S.MEDIATING, S.DRAFTING),
        done=lambda f: f.sittings_held > 0,
        not_yet=Text("先开始调解。", "Begin mediation first."), task=True,
    )
    EVIDENCE = _row(
        "存一份证据", "Keep a piece of evidence", "存了一份证据", "evidence was kept",
        phase=Phase.MEDIATION, open_in=(*OPEN, *ENDS),
    )
    TERMS = _row(
        "写协议内容", "Write the terms", "写了协议内容", "wrote the terms",
        phase=Phase.MEDIATION,
        open_in=(S.PERSUADING, S.MEDIATING, S.DRAFTING),
        done=lambda f: f.terms_complete,
        not_yet=Text("先坐下来谈。", "Talk first."), task=True,
    )
    SIGNATURE = _row(
        "记下签字盖章", "Record signatures and seal", "签了字", "signed",
        phase=Phase.MEDIATION, open_in=(S.SIGNING, S.ORALLY_AGREED, S.PERFORMING),
        done=lambda f: f.everyone_signed and f.mediator_signed and f.sealed,
        not_yet=Text("先印出签字稿。", "Issue the signing copy first."), task=True,
    )
    ESCALATION = _row(
        "写上交给哪个委员会", "Name the receiving committee",
        "写了上交给谁", "named the receiving committee",
        phase=Phase.MEDIATION, open_in=(S.PERSUADING, S.MEDIATING),
    )
    TERMINATION = _row(
        "写终止的原因", "Write why it ends", "写了终止的原因", "wrote why it ends",
        phase=Phase.MEDIATION, open_in=BEFORE_EFFECT[1:],
    )
    APPLICATION = _row(
        "选定确认的法院", "Choose the court", "选定了法院", "chose the court",
        phase=Phase.JUDICIAL_CONFIRMATION,
        open_in=(
            S.EFFECTIVE, S.ORALLY_AGREED, S.PERFORMING, S.CONFIRMATION_PREPARED,
            S.CONFIRMATION_WITHDRAWN, S.CONFIRMATION_NOT_ACCEPTED,
        ),
        done=lambda f: f.court_competent,
        not_yet=Text("协议生效后，双方都愿意才做。", "After the agreement takes effect, if both want it."),
        task=True,
    )
    FILING = _row(
        "记下哪天交到法院", "Record the day of filing", "交到了法院", "filed it with the court",
        phase=Phase.JUDICIAL_CONFIRMATION, open_in=(S.CONFIRMATION_PREPARED,),
        done=lambda f: f.filed_on is not None,
        not_yet=Text("先准备申请。", "Prepare the application first."), task=True,
    )
    COURT_ANSWER = _row(
        "记下法院的答复", "Record the court's answer", "法院答复了", "the court answered",
        phase=Phase.JUDICIAL_CONFIRMATION, open_in=_WITH_COURT, court=True,
    )
    SERVICE = _row(
        "记下送达", "Record service", "裁定送达了", "the ruling was served",
        phase=Phase.JUDICIAL_CONFIRMATION,
        open_in=(S.CONFIRMED, S.CONFIRMATION_REFUSED, S.PERFORMING, S.BREACH, S.PERFORMED),
        court=True,
    )
    PERFORMANCE = _row(
        "记一笔履行", "Record a performance", "履行了一项", "an item was performed",
        phase=Phase.JUDICIAL_CONFIRMATION, open_in=(S.PERSUADING, S.MEDIATING, *_AGREED),
        done=lambda f: f.obligations > 0 and f.everything_proved,
        not_yet=Text("谈成以后才有。", "After an agreement."), task=True,
    )
    URGING = _row(
        "督促一次", "Urge performance", "督促了一次", "urged performance",
        phase=Phase.JUDICIAL_CONFIRMATION, open_in=(S.PERFORMING, S.BREACH),
    )
    NEW_DATE = _row(
        "记下双方约的新日子", "Record the new date both agreed",
        "双方约了新日子", "both agreed a new date",
        phase=Phase.JUDICIAL_CONFIRMATION, open_in=(S.BREACH,),
    )
    VISIT = _row(
        "回访一次", "Visit again", "回访了一次", "visited again",
        phase=Phase.JUDICIAL_CONFIRMATION, open_in=(*_AGREED, *ENDS, S.CLOSED),
        done=lambda f: f.visited_or_excused,
        not_yet=Text("谈成或结束以后再回访。", "After the agreement or the end."), task=True,
    )
    NO_VISIT = _row(
        "写明为什么不回访", "Write why there is no return visit",
        "写明了为什么不回访", "wrote why there is no return visit",
        phase=Phase.JUDICIAL_CONFIRMATION, open_in=ENDS,
    )
    RETENTION = _row(
        "定保管期限", "Choose the retention period", "定了保管期限", "chose the retention period",
        phase=Phase.JUDICIAL_CONFIRMATION, open_in=(S.CLOSED,), done=lambda f: f.retention_chosen,
    )
    CORRECTION = _row(
        "更正写错的地方", "Correct something written wrong",
        "更正了一处", "corrected something",
        phase=Phase.INTAKE, open_in=tuple(s for s in Stage if s is not Stage.ARCHIVED),
    )

    @property
    def label(self) -> Text:
        return self.value.label

    @property
    def slug(self) -> str:
        return self.name.lower().replace("_", "-")


def record_by_slug(slug: str) -> Record:
    """Raises KeyError for a name that is not in the book."""
    return Record[slug.upper().replace("-", "_")]
