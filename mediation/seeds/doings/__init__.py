"""For every condition of the book the act that makes it true, as a page would do it."""

from __future__ import annotations

from mediation.seeds.doings.asking import Act, ask_one, asking, noting, stuck
from mediation.seeds.doings.court import (
    answering,
    choose_court,
    complete_papers,
    file,
    serve,
    visit,
)
from mediation.seeds.doings.performance import let_it_pass, new_date, pay_part, perform
from mediation.seeds.doings.talks import (
    look_for_danger,
    name_another,
    name_mediator,
    name_receiver,
    nothing_elsewhere,
    persuade,
    report_danger,
    second_side,
    sit,
)
from mediation.seeds.doings.terms import (
    ask_about_court,
    mediator_signs,
    name_guardians,
    parties_sign,
    seal,
    sign_first,
    write,
    write_without_status,
)
from mediation.seeds.walk import Walker
from mediation.workflow.guards import Condition as C
from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition as T
from mediation.workflow.words import (
    AnswerKind,
    NoteKind,
    PersuasionResult,
    Question,
    SittingResult,
)

__all__ = [
    "ACTS",
    "after",
    "ask_one",
    "before",
    "moves_by_itself",
    "pay_part",
    "persuade",
    "sign_first",
    "sit",
]


ACTS: dict[C, Act] = {
    C.TWO_SIDES: second_side,
    C.EVERYONE_ASKED: asking(Question.TRUE, Question.MEDIATION, Question.PERSONAL_DATA),
    C.NOBODY_REFUSES: asking(Question.MEDIATION),
    C.NOBODY_DENIES: asking(Question.TRUE),
    C.DANGER_CHECKED: look_for_danger,
    C.NO_OPEN_DANGER: report_danger,
    C.NOT_TAKEN_ELSEWHERE: nothing_elsewhere,
    C.MEDIATOR_NAMED: name_mediator,
    C.NO_OPEN_CONFLICT: asking(Question.MEDIATOR_TIES),
    C.RIGHTS_TOLD: noting(NoteKind.RIGHTS_READING, text="当面念给双方听过，都说听懂了。"),
    C.GROUND_CHOSEN: noting(
        NoteKind.NON_ACCEPTANCE, choice="scope", addressee="临溪县人民法院",
        text="这件事要由法院来认定，我们不能调解。",
    ),
    C.REFERRAL_NAMED: noting(
        NoteKind.REFERRAL, choice="consent", addressee="临溪县公共法律服务中心", text="这类事由贵单位办理更合适。",
    ),
    C.PERSUASION_AGREED: asking(Question.PERSUASION),
    C.PERSUASION_ENDED: persuade,
    C.ORAL_ALLOWED: stuck("this type needs a written agreement"),
    C.TERMS_RECORDED: write,
    C.TERMS_COMPLETE: write,
    C.TERMS_WRITTEN: parties_sign,
    C.NO_STATUS_OR_OWNERSHIP: write_without_status,
    C.CAPACITY_SETTLED: name_guardians,
    C.SITTING_HELD: sit,
    C.CONFIRMATION_ASKED: ask_about_court,
    C.EXTENSION_AGREED: asking(Question.MORE_TIME),
    C.BEFORE_EXPIRY: stuck("the time for mediation has run out"),
    C.ESCALATION_NAMED: name_receiver,
    C.ESCALATION_AGREED: asking(Question.ESCALATION),
    C.TERMINATION_REASON: noting(NoteKind.TERMINATION, choice="no_agreement", text="双方的想法差得太远。"),
    C.EVERYONE_SIGNED: parties_sign,
    C.MEDIATOR_SIGNED: mediator_signs,
    C.SEALED: seal,
    C.OBLIGATIONS_EXIST: stuck("nothing is to be performed"),
    C.EVERYTHING_PROVED: perform,
    C.SOMETHING_OVERDUE: let_it_pass,
    C.URGED: noting(NoteKind.URGING, text="打电话催过，说过几天一定给。"),
    C.PAID_OR_NEW_DATE: new_date,
    C.EVERYONE_WANTS_CONFIRMATION: asking(Question.CONFIRMATION),
    C.NOT_CONFIRMED_YET: stuck("the court has confirmed it already"),
    C.ANOTHER_COURT: stuck("another court would not take it either"),
    C.WITHIN_WINDOW: stuck("the thirty days have passed"),
    C.CONFIRMABLE: stuck("a court may not confirm this"),
    C.COURT_COMPETENT: choose_court,
    C.FILED_IN_TIME: file,
    C.CORRECTIONS_NAMED: answering(AnswerKind.CORRECTION, text="请补交身份证复印件。"),
    C.COURT_NUMBER_KNOWN: answering(AnswerKind.ACCEPTED),
    C.NOT_ACCEPTANCE_GROUND: answering(AnswerKind.NOT_ACCEPTED, ground="wrong_court"),
    C.RULING_VALID: answering(AnswerKind.CONFIRMED),
    C.REFUSAL_GROUND: answering(AnswerKind.REFUSED, ground="unclear", text="第二条写得不明确。"),
    C.WITHDRAWAL_RECORDED: answering(AnswerKind.WITHDRAWN, text="准许撤回。"),
    C.CONFIRMED_BY_COURT: stuck("no ruling holds"),
    C.WITHIN_ENFORCEMENT: stuck("the two years have passed"),
    C.SET_ASIDE_RECORDED: answering(AnswerKind.SET_ASIDE, text="裁定已撤销。"),
    C.EVERYONE_WOULD_REMEDIATE: asking(Question.REMEDIATION),
    C.VISITED_OR_EXCUSED: visit,
    C.WITHIN_REOPENING: stuck("the ninety days have passed"),
    C.NEW_OWNER: name_another,
    C.PAPERS_COMPLETE: complete_papers,
    C.RETENTION_CHOSEN: noting(NoteKind.RETENTION, choice="10"),
}  # fmt: skip
_COURTS_MOVES = frozenset({
    C.CORRECTIONS_NAMED, C.COURT_NUMBER_KNOWN, C.NOT_ACCEPTANCE_GROUND, C.RULING_VALID,
    C.REFUSAL_GROUND, C.WITHDRAWAL_RECORDED, C.SET_ASIDE_RECORDED,
})  # fmt: skip


def moves_by_itself(condition: C) -> bool:
    """The court's answer is one act with its move, so it comes after everything else."""
    return condition in _COURTS_MOVES


def before(w: Walker, move: T) -> None:
    """What good work does though no condition asks for it: what was said is written down."""
    known = w.facts()
    if known.stage is Stage.PERSUADING and move in _SETTLES and not known.persuasion_results:
        persuade(w, PersuasionResult.SETTLED)
        w.pause()
    if known.stage is Stage.MEDIATING and move in _SAT and not known.sittings_held:
        sit(w, _SAT[move])
        w.pause()


_SETTLES = (T.SETTLE_ORALLY, T.PERFORM_ON_SPOT)
_SAT = {
    T.SETTLE_ORALLY: SittingResult.AGREED,
    T.PERFORM_ON_SPOT: SittingResult.AGREED,
    T.TERMINATE: SittingResult.NOT_AGREED,
}


def after(w: Walker, move: T) -> None:
    """A ruling is served on everybody."""
    if move in (T.CONFIRM, T.REJECT):
        w.pause()
        serve(w)
