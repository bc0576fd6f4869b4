"""Judicial confirmation 司法确认: choosing the court, filing, and recording what the court answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation.errors import Invalid, Refused
from mediation.models import places
from mediation.models.applications import Application, CourtAnswer, CourtService
from mediation.models.database import db
from mediation.permissions import Permission
from mediation.services import deadlines
from mediation.services.acts import Case, Hand, act, past_day
from mediation.services.parties import party_of
from mediation.services.transitions import make_in
from mediation.services.volumes import open_volume
from mediation.wording import Text
from mediation.workflow.records import Record
from mediation.workflow.transitions import Transition
from mediation.workflow.words import WRONG_COURT, AnswerKind, Competence

# The grounds of INT 355 (not accepting) and INT 358 (refusing), as codes.
NOT_ACCEPTED_GROUNDS: dict[str, Text] = {
    "scope": Text("不属于法院受理范围", "outside the court's scope"),
    WRONG_COURT: Text("不属于本院管辖", "another court is competent"),
    "status": Text("确认婚姻、亲子、收养等身份关系", "it concerns personal status"),
    "other_procedure": Text("适用其他特别程序等", "another procedure applies"),
    "ownership": Text("确认物权或知识产权归属", "it declares real or intellectual property rights"),
}
REFUSAL_GROUNDS: dict[str, Text] = {
    "mandatory_law": Text("违反法律强制性规定", "against mandatory law"),
    "interests": Text("损害国家、公共或他人利益", "harms state, public or others' interests"),
    "public_order": Text("违背公序良俗", "against public order and good morals"),
    "not_voluntary": Text("不是自愿", "not voluntary"),
    "unclear": Text("内容不明确", "its content is unclear"),
    "other": Text("其他不能确认的情形", "another reason"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtChoice:
    court_id: int
    competence: Competence


def choose_court(reference: str, answers: CourtChoice, *, by: Hand) -> None:
    """Choose one competent court (CPL 205). A new choice takes the place of one not yet filed."""
    with act(reference, by=by) as case:
        court = places.court(answers.court_id)
        if court is None or not _competent(case, court, answers.competence):
            raise Invalid("court_id", Text("请选有管辖权的法院。", "Choose a competent court."))
        volume = open_volume(case.dispute, by.today)
        if volume.agreement is None or volume.agreement.effective_on is None:
            raise Refused(Text("协议还没生效。", "The agreement is not in effect yet."))
        current = volume.application
        if current is not None and current.open:
            current.court_id, current.competence = court.id, answers.competence
        else:
            db.session.add(
                Application(
                    dispute_id=case.dispute.id,
                    agreement_id=volume.agreement.id,
                    court_id=court.id,
                    competence=answers.competence,
                    recorded_by=by.name,
                    recorded_at=by.now,
                    answers=[],
                )
            )
        case.log(Record.APPLICATION.name, note=court.name, detail=answers.competence.value.zh)


def _competent(case: Case, court: places.Court, why: Competence) -> bool:
    """The committee's seat lies in its county; the inviting court must have invited. Domicile and
    subject matter may lie elsewhere: the reason is printed, and the court itself checks."""
    if why is Competence.COMMITTEE:
        return court.county_id == case.dispute.county_id
    if why is Competence.INVITING:
        return case.dispute.court_invited
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    filed_on: date | None = None
    way: str = ""


def record_filing(reference: str, answers: Filing, *, by: Hand) -> None:
    """The day both handed it in, or posted it (CPL 85)."""
    with act(reference, by=by) as case:
        volume = open_volume(case.dispute, by.today)
        application, agreement = volume.application, volume.agreement
        if application is None or agreement is None:
            raise Refused(Text("先选定法院。", "Choose the court first."))
        day = past_day("filed_on", answers.filed_on, by=by, not_before=agreement.effective_on)
        application.filed_on, application.filed_way = day, answers.way
        case.log(Record.FILING.name, on=day, note=answers.way)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtAnswerAnswers:
    """`number` is free-format; `ground` a code of INT 355 or 358 where one is needed."""

    kind: AnswerKind
    answered_on: date | None = None
    number: str = ""
    ground: str = ""
    text: str = ""


_MOVES = {
    AnswerKind.ACCEPTED: Transition.ACCEPT_APPLICATION,
    AnswerKind.CORRECTION: Transition.RETURN_FOR_CORRECTION,
    AnswerKind.NOT_ACCEPTED: Transition.COURT_DOES_NOT_ACCEPT,
    AnswerKind.CONFIRMED: Transition.CONFIRM,
    AnswerKind.REFUSED: Transition.REJECT,
    AnswerKind.WITHDRAWN: Transition.WITHDRAW_APPLICATION,
    AnswerKind.SET_ASIDE: Transition.SET_ASIDE,
}


def move_of_answer(kind: AnswerKind) -> Transition:
    """The move that such an answer of the court means."""
    return _MOVES[kind]


def record_court_answer(reference: str, answers: CourtAnswerAnswers, *, by: Hand) -> None:
    """The court's answer and the move it means are one act: both are recorded, or neither."""
    with act(reference, by=by, permission=Permission.ANSWER_AS_COURT) as case:
        application = open_volume(case.dispute, by.today).application
        if application is None or application.filed_on is None:
            raise Refused(Text("还没有收到申请。", "No application has been filed."))
        day = past_day("answered_on", answers.answered_on, by=by, not_before=application.filed_on)
        _check_answer(answers)
        if answers.kind is AnswerKind.ACCEPTED:
            application.court_number, application.accepted_on = answers.number, day
        db.session.add(
            CourtAnswer(
                application_id=application.id,
                kind=answers.kind,
                answered_on=day,
                number=answers.number,
                ground=answers.ground,
                text=answers.text,
                recorded_by=by.name,
                recorded_at=by.now,
                services=[],
            )
        )
        db.session.flush()
        db.session.expire(application, ["answers"])
        case.log(
            Record.COURT_ANSWER.name, on=day, note=answers.number, detail=answers.kind.value.zh
        )
        make_in(case, _MOVES[answers.kind], on=day, note=answers.text)


def _check_answer(answers: CourtAnswerAnswers) -> None:
    needs_number = answers.kind not in (AnswerKind.CORRECTION, AnswerKind.WITHDRAWN)
    if needs_number and not answers.number:
        raise Invalid("number", Text("写上法院的案号。", "Write the court's number."))
    grounds = {
        AnswerKind.NOT_ACCEPTED: NOT_ACCEPTED_GROUNDS,
        AnswerKind.REFUSED: REFUSAL_GROUNDS,
    }.get(answers.kind)
    if grounds is not None and answers.ground not in grounds:
        raise Invalid("ground", Text("选一个理由。", "Choose the ground."))
    if answers.kind is AnswerKind.CORRECTION and not answers.text.strip():
        raise Invalid("text", Text("写明要补正什么。", "Write what must be corrected."))


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAnswers:
    party_id: int
    served_on: date | None = None
    way: str = ""


def record_service(reference: str, answers: ServiceAnswers, *, by: Hand) -> None:
    """The day a party received the ruling; objections run from it (INT 372)."""
    with act(reference, by=by, permission=Permission.ANSWER_AS_COURT) as case:
        party = party_of(case, answers.party_id)
        application = open_volume(case.dispute, by.today).application
        rulings = application.answers if application else []
        if not rulings:
            raise Refused(Text("还没有裁定。", "There is no ruling yet."))
        ruling = rulings[-1]
        day = past_day("served_on", answers.served_on, by=by, not_before=ruling.answered_on)
        db.session.add(
            CourtService(
                answer_id=ruling.id, party_id=party.id, served_on=day,
                way=answers.way, recorded_by=by.name,
            )
        )  # fmt: skip
        case.log(Record.SERVICE.name, on=day, note=party.name)
        db.session.flush()
        db.session.expire(ruling, ["services"])
        deadlines.refresh(case.dispute, by)
