"""For every condition of the book the act that makes it true, as a page would do it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from mediation.models.agreements import Obligation
from mediation.roles import Role
from mediation.seeds.county import PLACES
from mediation.seeds.walk import Stuck, Walker
from mediation.services import (
    agreements,
    applications,
    assignments,
    notes,
    papers,
    parties,
    performances,
    persuasions,
    sittings,
    visits,
)
from mediation.services.facts import due_date, overdue, proved
from mediation.workflow.guards import Condition as C
from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition as T
from mediation.workflow.words import (
    Answer,
    AnswerKind,
    Competence,
    NoteKind,
    PersuasionResult,
    Question,
    RepresentativeKind,
    Side,
    SignerKind,
    SigningWay,
    SittingResult,
    Way,
)

Act = Callable[[Walker], None]


# Asking and noting.


def ask(w: Walker, question: Question, answer: Answer = Answer.YES) -> None:
    """Every disputant is asked, and what each said is recorded."""
    asked = tuple((p.id, answer) for p in w.volume().disputants)
    way = Way.PHONE if question is Question.REMEDIATION else Way.IN_PERSON
    told = parties.ConsentAnswers(question=question, answers=asked, way=way)
    parties.record_consent(w.reference, told, by=w.keeper())


def note(w: Walker, kind: NoteKind, **rest: object) -> None:
    notes.record_note(w.reference, kind, notes.NoteAnswers(**rest), by=w.keeper())  # type: ignore[arg-type]


def asking(*questions: Question) -> Act:
    def act(w: Walker) -> None:
        for question in questions:
            ask(w, question)
            w.moving.tick(minutes=1)

    return act


def noting(kind: NoteKind, **words: str) -> Act:
    def act(w: Walker) -> None:
        note(w, kind, **(words | {"text": w.story.reasons.get(kind.name, words.get("text", ""))}))

    return act


def stuck(why: str) -> Act:
    """Decided by the type, the road or the calendar: another road must be taken."""

    def act(w: Walker) -> None:
        raise Stuck(why)

    return act


# Intake.


def second_side(w: Walker) -> None:
    known = {p.side for p in w.volume().disputants}
    missing = Side.RESPONDENT if Side.RESPONDENT not in known else Side.APPLICANT
    parties.record_party(
        w.reference, parties.PartyAnswers(name="对方当事人", side=missing), by=w.keeper()
    )


def look_for_danger(w: Walker) -> None:
    note(w, NoteKind.DANGER_CHECK, choice=w.story.danger, addressee=w.story.reported_to)


def report_danger(w: Walker) -> None:
    told = w.story.reported_to or "派出所"
    note(w, NoteKind.DANGER_CHECK, choice=w.story.danger, addressee=told, text="已当面报告。")


def nothing_elsewhere(w: Walker) -> None:
    note(w, NoteKind.DANGER_CHECK, choice="none", text="问过了，别处没有受理。")


def name_mediator(w: Walker) -> None:
    """The chair names one of the list."""
    chosen = w.hand(w.crew(Role.MEDIATOR)[0]).actor.account_id
    assert chosen is not None
    assignments.assign(w.reference, chosen, by=w.chair(), reason="熟悉情况，双方都认可")


def name_another(w: Walker) -> None:
    """Somebody of the committee who did not have it before."""
    before = w.volume().assignments[-1].account_id
    logins = [*w.crew(Role.MEDIATOR), *w.crew(Role.COMMITTEE_CHAIR)]
    found = [w.hand(login).actor.account_id for login in logins]
    other = next((a for a in found if a is not None and a != before), None)
    if other is None:
        raise Stuck("the committee has nobody else")
    assignments.assign(w.reference, other, by=w.chair(), reason="重开，换一位调解员")


# Talking.


def persuade(w: Walker) -> None:
    told = w.story
    answers = persuasions.PersuasionAnswers(
        persuader=told.persuader, tie=told.persuader_tie, theme=told.theme, spot=told.spot,
        result=PersuasionResult.WILLING, said=told.persuasion, promise=told.promise,
    )  # fmt: skip
    persuasions.record_persuasion(w.reference, answers, by=w.keeper())


def sit(w: Walker, result: SittingResult = SittingResult.AGREED) -> None:
    told = w.story
    answers = sittings.SittingAnswers(
        spot=told.spot, result=result, begins="09:00", ends="10:30",
        present="、".join(p.name for p in told.disputants)[:200], rights_told=True, read_back=True,
        outcome=_outcome(told.outcome, result), lines=told.minutes,
    )  # fmt: skip
    sittings.record_sitting(w.reference, answers, by=w.keeper())


def _outcome(agreed: str, result: SittingResult) -> str:
    if result is SittingResult.NOT_AGREED:
        return "各说各的理，没有谈成。"
    return agreed or "双方谈妥，内容写进协议。"


def name_receiver(w: Walker) -> None:
    """The committee one tier up; the county's joint committee where there is none between."""
    seats = {id_: name for name, id_ in w.county.committees.items()}
    here = seats[w.volume().dispute.committee_id]
    above = next(p.under for p in PLACES if p.name == here)
    receiver = w.county.committees[above]
    note(w, NoteKind.ESCALATION, target_id=receiver, text="谈了几次，牵涉面广，请上一级来调解。")
    ask(w, Question.ESCALATION)


# The agreement.


def write(w: Walker, *, declares: bool | None = None) -> None:
    told = w.story
    answers = agreements.TermsAnswers(
        facts=told.facts or told.title, issues=told.issues, responsibility=told.responsibility,
        manner=told.manner, spot=told.spot,
        declares_status=told.declares_status if declares is None else declares,
        obligations=tuple(_promised(w)),
    )  # fmt: skip
    agreements.write_terms(w.reference, answers, by=w.keeper())


def _promised(w: Walker) -> list[agreements.ObligationAnswers]:
    rows = w.volume().dispute.parties
    return [
        agreements.ObligationAnswers(
            debtor_id=rows[d.debtor].id,
            creditor_id=rows[d.creditor].id if d.creditor is not None else None,
            what=d.what, amount_fen=d.amount_fen, how=d.how, lasting=d.lasting,
            condition=d.condition, due_on=_due(w, d.within_days),
        )
        for d in w.story.duties
    ]  # fmt: skip


def _due(w: Walker, within: int | None) -> date | None:
    if within is None:
        return None
    on_the_spot = w.ahead[:1] == (T.PERFORM_ON_SPOT,)
    return w.moving.clock.today() + timedelta(days=0 if on_the_spot else within)


def write_without_status(w: Walker) -> None:
    write(w, declares=False)


def name_guardians(w: Walker) -> None:
    for party in w.volume().dispute.parties:
        if party.needs_guardian and not party.representatives:
            answers = parties.RepresentativeAnswers(
                party_id=party.id, kind=RepresentativeKind.GUARDIAN, name=w.story.guardian,
                tie=w.story.guardian_tie,
            )  # fmt: skip
            parties.record_representative(w.reference, answers, by=w.keeper())


def ask_about_court(w: Walker) -> None:
    """Each says what they want; who will not go to court says no."""
    wanted = w.plans(T.PREPARE_CONFIRMATION)
    ask(w, Question.CONFIRMATION, Answer.YES if wanted else Answer.NO)


def _sign(w: Walker, kind: SignerKind, way: SigningWay, party_id: int | None = None) -> None:
    by = w.chair() if kind is SignerKind.SEAL else w.keeper()
    answers = agreements.SignatureAnswers(kind=kind, party_id=party_id, way=way)
    agreements.record_signature(w.reference, answers, by=by)
    w.moving.tick(minutes=1)


def parties_sign(w: Walker) -> None:
    for party in w.volume().disputants:
        _sign(w, SignerKind.PARTY, SigningWay.SIGNED_AND_FINGERPRINT, party.id)


def mediator_signs(w: Walker) -> None:
    _sign(w, SignerKind.MEDIATOR, SigningWay.SIGNED)


def seal(w: Walker) -> None:
    _sign(w, SignerKind.SEAL, SigningWay.SEALED)


# Performance.


def perform(w: Walker) -> None:
    """Each item on its day, or today where the day has come; a receipt proves it."""
    for number in [o.id for o in _open_items(w)]:
        volume = w.volume()
        assert volume.agreement is not None
        item = next(o for o in volume.agreement.obligations if o.id == number)
        due = due_date(volume, item)
        if (
            due
            and due > volume.today
            and volume.dispute.stage not in (Stage.PERSUADING, Stage.MEDIATING)
        ):
            w.moving.tick(days=(due - volume.today).days)
        paid = sum(p.amount_fen or 0 for p in item.performances)
        answers = performances.PerformanceAnswers(
            obligation_id=item.id,
            amount_fen=item.amount_fen - paid if item.amount_fen is not None else None,
            proof="收条一张" if item.amount_fen is not None else "调解员到场看过",
        )
        performances.record_performance(w.reference, answers, by=w.keeper())
        w.moving.tick(minutes=2)


def _open_items(w: Walker) -> list[Obligation]:
    agreement = w.volume().agreement
    rows = [o for o in (agreement.obligations if agreement else []) if not proved(o)]
    return sorted(rows, key=lambda o: o.due_on or date.max)


def let_it_pass(w: Walker) -> None:
    """The day comes and goes."""
    days = [o.due_on for o in _open_items(w) if o.due_on]
    if not days:
        raise Stuck("nothing in the terms has a day")
    w.moving.tick(days=max((min(days) - w.moving.clock.today()).days, 0) + 2)


def new_date(w: Walker) -> None:
    volume = w.volume()
    for item in volume.agreement.obligations if volume.agreement else []:
        if overdue(volume, item):
            day = volume.today + timedelta(days=15)
            note(
                w,
                NoteKind.NEW_DATE,
                target_id=item.id,
                choice=day.isoformat(),
                text="双方当面说好。",
            )


# The court.


def choose_court(w: Walker) -> None:
    choice = applications.CourtChoice(court_id=w.county.court_id, competence=Competence.COMMITTEE)
    applications.choose_court(w.reference, choice, by=w.keeper())


def file(w: Walker) -> None:
    applications.record_filing(
        w.reference, applications.Filing(way="双方一起当面交"), by=w.keeper()
    )


def answering(kind: AnswerKind, ground: str = "", text: str = "") -> Act:
    """The court's answer is its move as well."""

    def act(w: Walker) -> None:
        answers = applications.CourtAnswerAnswers(
            kind=kind, ground=ground, text=text,
            number="" if kind in (AnswerKind.CORRECTION, AnswerKind.WITHDRAWN) else _court_number(w),
        )  # fmt: skip
        applications.record_court_answer(w.reference, answers, by=w.court())

    return act


def _court_number(w: Walker) -> str:
    volume = w.volume()
    return f"（{volume.today.year}）临溪样张民特{volume.dispute.id}号"


def serve(w: Walker) -> None:
    for party in w.volume().disputants:
        answers = applications.ServiceAnswers(party_id=party.id, way="当面送达")
        applications.record_service(w.reference, answers, by=w.court())


# The end.


def visit(w: Walker) -> None:
    performed = w.volume().agreement is not None
    answers = visits.VisitAnswers(
        party_id=w.volume().disputants[0].id, way="上门",
        findings=w.story.reasons.get("VISIT", "上门看过，双方没有再吵。"),
        performed="yes" if performed else "", heard="yes", respected="yes",
    )  # fmt: skip
    visits.record_visit(w.reference, answers, by=w.keeper())


def complete_papers(w: Walker) -> None:
    papers.issue_missing(w.reference, by=w.keeper())


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
        NoteKind.REFERRAL, choice="consent", addressee="临溪县公共法律服务中心", text="那里办这类事更合适。",
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
    C.ESCALATION_AGREED: name_receiver,
    C.TERMINATION_REASON: noting(NoteKind.TERMINATION, choice="no_agreement", text="谈了几次，差得太远。"),
    C.EVERYONE_SIGNED: parties_sign,
    C.MEDIATOR_SIGNED: mediator_signs,
    C.SEALED: seal,
    C.OBLIGATIONS_EXIST: stuck("nothing is to be performed"),
    C.EVERYTHING_PROVED: perform,
    C.SOMETHING_OVERDUE: let_it_pass,
    C.URGED: noting(NoteKind.URGING, text="打电话催过，说过几天一定给。"),
    C.PAID_OR_NEW_DATE: new_date,
    C.EVERYONE_WANTS_CONFIRMATION: asking(Question.CONFIRMATION),
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
    """What good work does though no condition asks for it: a record of the talks that were held."""
    if w.stage is not Stage.MEDIATING or w.facts().sittings_held:
        return
    if move in (T.SETTLE_ORALLY, T.PERFORM_ON_SPOT):
        sit(w)
    elif move is T.TERMINATE:
        sit(w, SittingResult.NOT_AGREED)
    w.pause()


def after(w: Walker, move: T) -> None:
    """A ruling is served on everybody."""
    if move in (T.CONFIRM, T.REJECT):
        w.pause()
        serve(w)


# Acts that stories use beside the book's conditions.


def ask_one(w: Walker, number: int, question: Question, answer: Answer) -> None:
    """One disputant is asked, and the answer is recorded."""
    asked = ((w.volume().disputants[number].id, answer),)
    told = parties.ConsentAnswers(question=question, answers=asked, way=Way.PHONE)
    parties.record_consent(w.reference, told, by=w.keeper())
    w.pause()


def pay_part(w: Walker) -> None:
    """The first item is paid, the rest is still to come."""
    item = _open_items(w)[0]
    answers = performances.PerformanceAnswers(
        obligation_id=item.id, amount_fen=item.amount_fen, proof="转账记录一张"
    )
    performances.record_performance(w.reference, answers, by=w.keeper())


def sign_first(w: Walker) -> None:
    party = w.volume().disputants[0]
    _sign(w, SignerKind.PARTY, SigningWay.SIGNED_AND_FINGERPRINT, party.id)
