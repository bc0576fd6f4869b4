"""Writing down short findings: dangers, rights read, grounds, referrals, reasons, urgings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation.errors import Invalid
from mediation.models import places
from mediation.models.agreements import Obligation
from mediation.models.database import db
from mediation.models.notes import Note
from mediation.services.acts import Case, Hand, act, past_day
from mediation.services.parties import party_of
from mediation.services.volumes import open_volume
from mediation.wording import Text
from mediation.workflow.records import Record
from mediation.workflow.words import NoteKind

# What a danger can be; all but the first two must be reported before anything goes on (PML 25).
DANGERS: dict[str, Text] = {
    "none": Text("没看到危险", "No danger seen"),
    "elsewhere": Text(
        "法院、公安或别的部门已经受理", "A court, the police or an agency has taken it already"
    ),
    "violence": Text("有人动手，或可能动手", "Violence, or a risk of it"),
    "domestic_violence": Text("家庭暴力", "Domestic violence"),
    "minor": Text("未成年人受到伤害或有危险", "A minor is harmed or at risk"),
    "self_harm": Text("有人可能轻生", "Somebody may harm themselves"),
    "crime": Text("可能涉及犯罪", "It may be a crime"),
    "crowd": Text("可能聚众闹事", "A crowd may gather"),
    "collusion": Text("可能是串通的假纠纷", "It may be a sham agreed between them"),
}
GROUNDS: dict[str, Text] = {
    "scope": Text("不属于人民调解的范围", "outside the scope of people's mediation"),
    "forbidden": Text("法律规定只能由专门机关处理", "the law gives it to a special body alone"),
    "elsewhere": Text(
        "法院、公安或其他机关已经受理或处理", "a court, the police or an agency has taken it"
    ),
    "refused": Text("一方明确拒绝调解", "a party clearly refuses mediation"),
}
REFERRAL_BASES: dict[str, Text] = {
    "consent": Text("当事人都同意转", "the parties agree to it"),
    "duty": Text("法律规定必须报告或移送", "the law requires the report or transfer"),
}
ENDINGS: dict[str, Text] = {
    "refusal": Text("一方不愿意继续", "a party does not want to go on"),
    "no_agreement": Text("谈不成", "no agreement was reached"),
    "time": Text("期限到了", "time ran out"),
    "unreachable": Text("找不到当事人", "a party cannot be reached"),
    "unlawful": Text("要求违反法律或损害别人", "the demand is unlawful or harms others"),
}
RETENTIONS: dict[str, Text] = {
    "10": Text("10年", "10 years"),
    "30": Text("30年", "30 years"),
    "permanent": Text("永久", "permanent"),
}
TIES: dict[str, Text] = {
    "none": Text("没有关系", "no ties"),
    "kin": Text("亲戚", "kin"),
    "work": Text("同事或雇佣", "same employer or employment"),
    "interest": Text("有利害关系", "an interest in the matter"),
    "other": Text("其他关系", "another tie"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAnswers:
    """`choice` is a code of the list for that kind, `addressee` to whom or where it went."""

    choice: str = ""
    text: str = ""
    addressee: str = ""
    noted_on: date | None = None
    party_id: int | None = None
    target_id: int | None = None


_RECORDS: dict[NoteKind, Record] = {
    NoteKind.DANGER_CHECK: Record.DANGER_CHECK,
    NoteKind.RIGHTS_READING: Record.RIGHTS_READING,
    NoteKind.CONFLICT: Record.CONFLICT,
    NoteKind.NON_ACCEPTANCE: Record.NON_ACCEPTANCE,
    NoteKind.REFERRAL: Record.REFERRAL,
    NoteKind.ESCALATION: Record.ESCALATION,
    NoteKind.TERMINATION: Record.TERMINATION,
    NoteKind.URGING: Record.URGING,
    NoteKind.NEW_DATE: Record.NEW_DATE,
    NoteKind.NO_VISIT: Record.NO_VISIT,
    NoteKind.RETENTION: Record.RETENTION,
    NoteKind.CORRECTION: Record.CORRECTION,
}


def record_note(reference: str, kind: NoteKind, answers: NoteAnswers, *, by: Hand) -> None:
    """One short finding, dated and signed by who wrote it down."""
    with act(reference, by=by) as case:
        day = past_day("noted_on", answers.noted_on, by=by)
        if answers.party_id is not None:
            party_of(case, answers.party_id)
        _check(case, kind, answers)
        add_note(case, kind, answers, day)


def add_note(case: Case, kind: NoteKind, answers: NoteAnswers, day: date) -> None:
    """The same inside an act that has begun."""
    db.session.add(
        Note(
            dispute_id=case.dispute.id,
            kind=kind,
            noted_on=day,
            choice=answers.choice,
            text=answers.text,
            addressee=answers.addressee,
            target_id=answers.target_id,
            party_id=answers.party_id,
            recorded_by=case.hand.name,
            recorded_at=case.hand.now,
        )
    )
    case.log(_RECORDS[kind].name, on=day, note=answers.text[:200], detail=_told(kind, answers))


_LISTS: dict[NoteKind, dict[str, Text]] = {
    NoteKind.DANGER_CHECK: DANGERS,
    NoteKind.NON_ACCEPTANCE: GROUNDS,
    NoteKind.REFERRAL: REFERRAL_BASES,
    NoteKind.TERMINATION: ENDINGS,
    NoteKind.RETENTION: RETENTIONS,
    NoteKind.CONFLICT: TIES,
}


def _told(kind: NoteKind, answers: NoteAnswers) -> str:
    """What was chosen in the words of its list, and to whom or where it went."""
    chosen = _LISTS.get(kind, {}).get(answers.choice)
    said = (chosen.zh if chosen else answers.choice, answers.addressee)
    return "，".join(part for part in said if part)[:200]


def _check(case: Case, kind: NoteKind, answers: NoteAnswers) -> None:
    if kind is NoteKind.ESCALATION:
        _check_target(case, answers)
    if kind is NoteKind.NEW_DATE:
        _check_new_date(case, answers)


def _check_target(case: Case, answers: NoteAnswers) -> None:
    """A higher or joint committee of the same county, not the one that has it."""
    target = places.committee(answers.target_id or 0)
    same_county = target is not None and (
        places.lineage(target.place_id)[0].id == case.dispute.county_id
    )
    if target is None or target.id == case.dispute.committee_id or not same_county:
        raise Invalid(
            "target_id", Text("请选接手的委员会。", "Choose the committee that takes it over.")
        )


def _check_new_date(case: Case, answers: NoteAnswers) -> None:
    agreement = open_volume(case.dispute, case.hand.today).agreement
    items: list[Obligation] = agreement.obligations if agreement else []
    if answers.target_id not in {o.id for o in items}:
        raise Invalid("target_id", Text("请选是哪一条。", "Choose the item."))
    if date.fromisoformat(answers.choice) < case.hand.today:
        raise Invalid("choice", Text("新的日子要在今天以后。", "The new date must lie ahead."))
