"""Taking a matter in, and talking: persuasion, sessions, handing it up."""

from __future__ import annotations

from mediation.roles import Role
from mediation.seeds.county import PLACES
from mediation.seeds.doings.asking import note
from mediation.seeds.walk import Stuck, Walker
from mediation.services import (
    assignments,
    parties,
    persuasions,
    sittings,
)
from mediation.workflow.words import (
    NoteKind,
    PersuasionResult,
    Side,
    SittingResult,
)


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
    chosen = w.actor(w.crew(Role.MEDIATOR)[0]).account_id
    assert chosen is not None
    assignments.assign(w.reference, chosen, by=w.chair(), reason="熟悉情况，双方都认可")


def name_another(w: Walker) -> None:
    """Somebody of the committee who did not have it before."""
    before = w.volume().assignments[-1].account_id
    logins = [*w.crew(Role.MEDIATOR), *w.crew(Role.COMMITTEE_CHAIR)]
    found = [w.actor(login).account_id for login in logins]
    other = next((a for a in found if a is not None and a != before), None)
    if other is None:
        raise Stuck("the committee has nobody else")
    assignments.assign(w.reference, other, by=w.chair(), reason="重开，换一位调解员")


def persuade(w: Walker, result: PersuasionResult = PersuasionResult.WILLING) -> None:
    told = w.story
    answers = persuasions.PersuasionAnswers(
        persuader=told.persuader, tie=told.persuader_tie, theme=told.theme, spot=told.spot,
        result=result, said=told.persuasion, promise=told.promise,
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
    note(w, NoteKind.ESCALATION, target_id=receiver, text="这件事牵涉面广，请上一级来调解。")
