"""What must be true before a transition: each guard is a sentence, a test and the record that answers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, unique

from mediation.wording import Text
from mediation.workflow.facts import Facts
from mediation.workflow.stages import Stage


@dataclass(frozen=True, slots=True)
class Guard:
    """`sentence` is true when met; `todo` is what to do while it is not; `record` is where."""

    sentence: Text
    todo: Text
    test: Callable[[Facts], bool]
    record: str = ""


def _before(facts: Facts, name: str) -> bool:
    """Whether the day in that fact has not passed; an unknown day never bars."""
    due = getattr(facts, name)
    return due is None or facts.today <= due


@unique
class Condition(Enum):
    """Every guard of the book of law."""

    TWO_SIDES = Guard(
        Text("双方当事人都登记了", "both sides are registered"),
        Text("写上另一方是谁", "Write down who the other side is"),
        lambda f: f.sides >= 2,
        "party",
    )
    EVERYONE_ASKED = Guard(
        Text("每一方都问过愿不愿意调解", "every party has been asked whether they want mediation"),
        Text(
            "问每一方愿不愿意调解，记下回答",
            "Ask each party whether they want mediation; record it",
        ),
        lambda f: f.everyone_asked,
        "consent",
    )
    NOBODY_REFUSES = Guard(
        Text("没有人明确拒绝调解", "nobody clearly refuses mediation"),
        Text(
            "有一方不愿意，不能调解，请走别的路",
            "A party refuses: do not mediate, offer the other ways",
        ),
        lambda f: not f.somebody_refuses,
        "consent",
    )
    NOBODY_DENIES = Guard(
        Text("没有人说这件事不属实", "nobody says that the matter is not as written"),
        Text("有人说不属实或没有这回事，先弄清楚", "A party denies it: clear that up first"),
        lambda f: not f.somebody_denies,
        "consent",
    )
    DANGER_CHECKED = Guard(
        Text("看过有没有危险", "dangers have been looked for"),
        Text("看一看有没有暴力、未成年人、轻生等危险", "Check for violence, minors, self-harm"),
        lambda f: f.danger_checked,
        "danger_check",
    )
    NO_OPEN_DANGER = Guard(
        Text("危险已报告或没有危险", "no danger is left unreported"),
        Text("先把危险报告给有关部门，记下报给谁", "Report the danger first and record to whom"),
        lambda f: not f.danger_open,
        "danger_check",
    )
    NOT_TAKEN_ELSEWHERE = Guard(
        Text("法院、公安等没有受理或处理过", "no court, police or agency has taken the matter"),
        Text(
            "别处已受理，不能再受理，请选不予受理", "It was taken elsewhere: choose not to accept"
        ),
        lambda f: not f.taken_elsewhere,
        "danger_check",
    )
    MEDIATOR_NAMED = Guard(
        Text("定了调解员", "a mediator is named"),
        Text("定下由谁来调解", "Name the mediator"),
        lambda f: f.mediator_named,
        "assignment",
    )
    NO_OPEN_CONFLICT = Guard(
        Text("调解员与当事人没有未说明的关系", "the mediator's ties are declared and accepted"),
        Text(
            "调解员有关系，要当事人都同意或换人",
            "Ties exist: all parties accept them or the mediator changes",
        ),
        lambda f: not f.conflict_open,
        "consent",
    )
    RIGHTS_TOLD = Guard(
        Text("权利义务念给当事人听过", "the parties have been told their rights and duties"),
        Text("把权利义务念给双方听，记下来", "Read out the rights and duties and record it"),
        lambda f: f.rights_told,
        "rights_reading",
    )
    GROUND_CHOSEN = Guard(
        Text("写明了不受理的理由和该去哪里", "the ground and where to go instead are written down"),
        Text("写明为什么不受理、该去哪里", "Write why it is not accepted and where to go"),
        lambda f: f.ground_chosen,
        "non_acceptance",
    )
    REFERRAL_NAMED = Guard(
        Text(
            "写明了转给谁、当事人同意或法定理由",
            "the receiving body and consent or duty are recorded",
        ),
        Text("写明转给谁，当事人是否同意", "Write to whom it goes and whether the parties agree"),
        lambda f: f.referral_named,
        "referral",
    )
    PERSUASION_AGREED = Guard(
        Text("每一方都同意请人劝导", "every party agrees to the persuasion"),
        Text(
            "问每一方同不同意请人来劝，不同意就直接调解",
            "Ask each party; if one declines go to mediation",
        ),
        lambda f: f.persuasion_agreed,
        "consent",
    )
    PERSUASION_ENDED = Guard(
        Text(
            "劝导有了结果或到了期限，或当事人要求直接调解",
            "persuasion has a result or its time is up, or a party asks to mediate",
        ),
        Text("记下劝导的结果", "Record the result of the persuasion"),
        lambda f: (
            f.stage is not Stage.PERSUADING
            or f.persuasion_results > 0
            or f.mediation_asked_for
            or not _before(f, "persuasion_due_on")
        ),
        "persuasion",
    )
    ORAL_ALLOWED = Guard(
        Text("这类纠纷可以只作口头协议", "this type of dispute may end in an oral agreement"),
        Text("这类纠纷要写书面协议", "This type needs a written agreement"),
        lambda f: f.oral_allowed,
    )
    TERMS_RECORDED = Guard(
        Text("谈好的内容逐条记下了", "what was agreed is recorded item by item"),
        Text(
            "把谈好的内容逐条记下：谁、给谁、什么、何时",
            "Record each item: who, to whom, what, when",
        ),
        lambda f: f.terms_recorded,
        "terms",
    )
    TERMS_COMPLETE = Guard(
        Text("协议写全了：事实、责任、每一条的谁、什么、怎么、何时", "the terms are complete"),
        Text("把协议写全", "Complete the terms"),
        lambda f: f.terms_complete,
        "terms",
    )
    TERMS_WRITTEN = Guard(
        Text("协议已写成书面", "the terms are in writing"),
        Text(
            "口头协议要先在登记表上签字，成为书面",
            "Have the oral agreement's register signed first, so that it is in writing",
        ),
        lambda f: f.terms_written,
        "signature",
    )
    NO_STATUS_OR_OWNERSHIP = Guard(
        Text("没有宣告身份关系或物权归属的条款", "no term declares personal status or ownership"),
        Text("改掉宣告婚姻、亲子、归属的条款", "Reword terms that declare status or ownership"),
        lambda f: not f.status_or_ownership_declared,
        "terms",
    )
    CAPACITY_SETTLED = Guard(
        Text("未成年人等有监护人代表", "minors and persons without capacity are represented"),
        Text("写上监护人是谁", "Write down the guardian"),
        lambda f: f.capacity_settled,
        "representative",
    )
    SITTING_HELD = Guard(
        Text("坐下来谈过，有调解记录", "a session was held and recorded"),
        Text("记下一次调解", "Record a mediation session"),
        lambda f: f.sittings_held > 0,
        "sitting",
    )
    CONFIRMATION_ASKED = Guard(
        Text("问过要不要司法确认", "each party was asked about judicial confirmation"),
        Text("签字前问一问要不要司法确认", "Ask about judicial confirmation before signing"),
        lambda f: f.confirmation_asked,
        "consent",
    )
    EXTENSION_AGREED = Guard(
        Text("双方都同意延长", "both parties agree to more time"),
        Text("问双方同不同意延长，记下来", "Ask both parties and record it"),
        lambda f: f.extension_agreed,
        "consent",
    )
    BEFORE_EXPIRY = Guard(
        Text("调解期限还没有过", "the time for mediation has not run out"),
        Text("期限已过，请终止并告知别的路", "Time has run out: terminate and tell the other ways"),
        lambda f: _before(f, "mediation_due_on"),
    )
    ESCALATION_NAMED = Guard(
        Text("写明了交给哪个委员会", "the receiving committee is named"),
        Text("写明交给哪个委员会、为什么", "Name the receiving committee and say why"),
        lambda f: f.escalation_named,
        "escalation",
    )
    ESCALATION_AGREED = Guard(
        Text("双方都同意上交", "both parties agree to a higher tier"),
        Text("问双方同不同意上交，记下来", "Ask both parties and record it"),
        lambda f: f.escalation_agreed,
        "consent",
    )
    TERMINATION_REASON = Guard(
        Text("写明了终止的原因", "the reason for ending is written down"),
        Text("写明为什么终止", "Write down why it ends"),
        lambda f: f.termination_reason_given,
        "termination",
    )
    EVERYONE_SIGNED = Guard(
        Text("每一方都签名、盖章或按了指印", "every party has signed, sealed or fingerprinted"),
        Text("请每一方签字，记下来", "Have every party sign, and record it"),
        lambda f: f.everyone_signed,
        "signature",
    )
    MEDIATOR_SIGNED = Guard(
        Text("调解员签了名", "the mediator has signed"),
        Text("调解员签名", "The mediator signs"),
        lambda f: f.mediator_signed,
        "signature",
    )
    SEALED = Guard(
        Text("盖了调委会的章", "the committee's seal is on it"),
        Text("盖上调委会的章", "Put the committee's seal on it"),
        lambda f: f.sealed,
        "signature",
    )
    OBLIGATIONS_EXIST = Guard(
        Text("有要履行的事", "something is to be performed"),
        Text("协议里没有要履行的事", "Nothing is to be performed"),
        lambda f: f.obligations > 0,
        "terms",
    )
    EVERYTHING_PROVED = Guard(
        Text("每一项都履行了，有凭证", "every item is performed and proved"),
        Text("记下每一项的履行", "Record the performance of every item"),
        lambda f: f.everything_proved,
        "performance",
    )
    SOMETHING_OVERDUE = Guard(
        Text("有一项过了日子没履行", "an item is overdue"),
        Text("还没有到期未履行的事", "Nothing is overdue"),
        lambda f: f.something_overdue,
    )
    URGED = Guard(
        Text("督促过了", "the debtor has been urged"),
        Text("先督促一次，记下来", "Urge once first and record it"),
        lambda f: f.urged,
        "urging",
    )
    PAID_OR_NEW_DATE = Guard(
        Text(
            "过了日子的每一条都补上了，或双方约了新日子",
            "every overdue item was made good, or both agreed a new date for it",
        ),
        Text(
            "过了日子的每一条，记下补付或双方约定的新日子",
            "For each overdue item record the payment or the new date both agreed",
        ),
        lambda f: not f.something_overdue,
        "new_date",
    )
    EVERYONE_WANTS_CONFIRMATION = Guard(
        Text("双方都要求司法确认", "both parties ask for confirmation"),
        Text("要双方都愿意，逐一问、逐一记", "Both must want it: ask and record each"),
        lambda f: f.everyone_wants_confirmation,
        "consent",
    )
    NOT_CONFIRMED_YET = Guard(
        Text("法院还没有裁定有效", "no ruling confirms it yet"),
        Text("法院已经裁定有效，不用再申请", "The court has confirmed it already"),
        lambda f: not f.confirmed_by_court,
    )
    ANOTHER_COURT = Guard(
        Text(
            "法院没有因别的理由不予受理",
            "no court refused it for a reason that another would share",
        ),
        Text(
            "不是管辖的问题，换法院也不会收：可再谈、照着履行或起诉",
            "Another court would not take it either: mediate again, perform, or sue",
        ),
        lambda f: f.stage is not Stage.CONFIRMATION_NOT_ACCEPTED or f.another_court_open,
    )
    WITHIN_WINDOW = Guard(
        Text("协议生效三十日内", "within thirty days of taking effect"),
        Text("三十日已过：可起诉、公证、申请支付令，或重新达成协议", "The window has passed"),
        lambda f: f.effective_on is not None and _before(f, "confirmation_due_on"),
    )
    CONFIRMABLE = Guard(
        Text("不属于法院不受理的几类", "the matter is not one the court must decline"),
        Text("身份、物权等不能确认，见说明", "Status and ownership cannot be confirmed"),
        lambda f: f.confirmable and not f.status_or_ownership_declared,
    )
    COURT_COMPETENT = Guard(
        Text("选定了有管辖权的法院", "a competent court is chosen"),
        Text("选定法院，写明为什么归它管", "Choose the court and why it is competent"),
        lambda f: f.court_competent,
        "application",
    )
    FILED_IN_TIME = Guard(
        Text(
            "在三十日内交到或寄给法院（补正后再交的，看第一次）",
            "filed or posted within the thirty days (after a correction: the first time)",
        ),
        Text("记下哪天交到法院", "Record the day it was filed"),
        lambda f: (
            f.filed_on is not None
            and (
                f.confirmation_due_on is None
                or (f.first_filed_on or f.filed_on) <= f.confirmation_due_on
            )
        ),
        "filing",
    )
    CORRECTIONS_NAMED = Guard(
        Text("写明了要补正什么", "what must be corrected is written down"),
        Text("写明要补正什么", "Write down what must be corrected"),
        lambda f: f.corrections_named,
        "court_answer",
    )
    COURT_NUMBER_KNOWN = Guard(
        Text("写了法院案号和受理日期", "the court's number and date are recorded"),
        Text("写上法院案号和受理日期", "Record the court's number and date"),
        lambda f: f.court_number,
        "court_answer",
    )
    NOT_ACCEPTANCE_GROUND = Guard(
        Text("写明了法院不予受理的理由", "the court's ground for not accepting is recorded"),
        Text("写明法院不予受理的理由", "Record the court's ground"),
        lambda f: f.not_acceptance_ground,
        "court_answer",
    )
    RULING_VALID = Guard(
        Text("记了裁定：有效、案号、日期", "the ruling is recorded: valid, number, date"),
        Text("记下裁定的结果、案号、日期", "Record the ruling's result, number and date"),
        lambda f: f.ruling_valid,
        "court_answer",
    )
    REFUSAL_GROUND = Guard(
        Text("写明了驳回的理由", "the ground of refusal is recorded"),
        Text("写明法院驳回的理由", "Record the ground of refusal"),
        lambda f: f.refusal_ground,
        "court_answer",
    )
    WITHDRAWAL_RECORDED = Guard(
        Text("写明了准许撤回或按撤回处理", "the withdrawal, permitted or deemed, is recorded"),
        Text("记下准许撤回还是按撤回处理", "Record whether it was permitted or deemed"),
        lambda f: f.withdrawal_recorded,
        "court_answer",
    )
    CONFIRMED_BY_COURT = Guard(
        Text("协议经法院裁定有效", "the court has confirmed the agreement"),
        Text("没有经过司法确认，不能申请执行，可以起诉", "Not confirmed: sue instead"),
        lambda f: f.confirmed_by_court,
    )
    WITHIN_ENFORCEMENT = Guard(
        Text("还在申请执行的两年内", "within the two years for enforcement"),
        Text("两年已过，请问法律援助12348", "Two years have passed; ask legal aid 12348"),
        lambda f: _before(f, "enforcement_due_on"),
    )
    SET_ASIDE_RECORDED = Guard(
        Text("记了撤销裁定", "the ruling that sets it aside is recorded"),
        Text("记下撤销裁定的案号和日期", "Record its number and date"),
        lambda f: f.set_aside_recorded,
        "court_answer",
    )
    EVERYONE_WOULD_REMEDIATE = Guard(
        Text("双方都愿意再谈", "both parties want to mediate again"),
        Text("问双方愿不愿意再谈，记下来", "Ask both parties and record it"),
        lambda f: f.everyone_would_remediate,
        "consent",
    )
    VISITED_OR_EXCUSED = Guard(
        Text("回访过，或写明了为什么不回访", "visited again, or the reason why not is recorded"),
        Text("回访一次，或写明为什么不回访", "Visit again, or write why not"),
        lambda f: f.visited_or_excused,
        "visit",
    )
    WITHIN_REOPENING = Guard(
        Text("结案九十日内", "within ninety days of closing"),
        Text("九十日已过，请重新登记一件", "Ninety days have passed; register a new case"),
        lambda f: _before(f, "reopening_due_on"),
    )
    NEW_OWNER = Guard(
        Text("换了调解员", "another mediator takes it"),
        Text("重开要换一位调解员", "Name another mediator for the reopened case"),
        lambda f: f.new_owner,
        "assignment",
    )
    PAPERS_COMPLETE = Guard(
        Text("必须有的文书都齐了", "all mandatory papers are there"),
        Text("补齐缺的文书", "Supply the missing papers"),
        lambda f: f.papers_complete,
    )
    RETENTION_CHOSEN = Guard(
        Text("定了保管期限", "the retention period is chosen"),
        Text("定下保管期限", "Choose the retention period"),
        lambda f: f.retention_chosen,
        "retention",
    )

    def met(self, facts: Facts) -> bool:
        return self.value.test(facts)
