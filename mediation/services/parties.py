"""Parties, those beside them, and their answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from mediation import identity
from mediation.errors import Invalid
from mediation.models.database import db, keyring
from mediation.models.disputes import Dispute
from mediation.models.parties import Consent, Party, Representative
from mediation.services.acts import Case, Hand, act, past_day
from mediation.wording import Text
from mediation.workflow.records import Record
from mediation.workflow.words import Answer, PartyKind, Question, RepresentativeKind, Side, Way

MOST_PARTIES = 20
# CPL 61: one or two agents for each party.
MOST_AGENTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutAParty:
    """What the party block of the papers asks beside the name (4.2); all of it may stay unknown."""

    sex: str = ""
    ethnicity: str = ""
    born_on: date | None = None
    age: int | None = None
    occupation: str = ""
    phone: str = ""
    id_number: str = ""
    address: str = ""
    head_name: str = ""
    head_post: str = ""
    needs_guardian: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyAnswers(AboutAParty):
    """One party as typed and checked; numbers are normalised, nothing but side and name is required."""

    name: str
    side: Side
    kind: PartyKind = PartyKind.PERSON


def record_party(reference: str, answers: PartyAnswers, *, by: Hand) -> None:
    """Write down one more party."""
    from mediation.services.disputes import refresh_party_names

    with act(reference, by=by) as case:
        add_party(case.dispute, answers, by=by)
        refresh_party_names(case.dispute)
        case.log(Record.PARTY.name, note=answers.name)


def add_party(dispute: Dispute, answers: PartyAnswers, *, by: Hand) -> Party:
    if len(dispute.parties) >= MOST_PARTIES:
        raise Invalid(
            "name", Text("最多二十方。再多请分案。", "Twenty parties at most; split the case.")
        )
    party = Party(dispute=dispute, position=len(dispute.parties) + 1, representatives=[])
    fill_party(party, answers, by=by)
    db.session.add(party)
    return party


def fill_party(party: Party, answers: PartyAnswers, *, by: Hand) -> None:
    """Columns, sealed columns and blind indexes from what was typed."""
    for name in (
        "name",
        "side",
        "kind",
        "sex",
        "ethnicity",
        "occupation",
        "head_name",
        "head_post",
    ):
        setattr(party, name, getattr(answers, name))
    party.born_on, party.age = answers.born_on, answers.age
    if answers.id_number and answers.kind is PartyKind.PERSON:
        _from_id_number(party, answers.id_number, by)
    party.phone, party.address = answers.phone or None, answers.address or None
    party.id_number = answers.id_number or None
    party.needs_guardian = answers.needs_guardian or _is_minor(party, by)
    index_party(party)


def _from_id_number(party: Party, number: str, by: Hand) -> None:
    """The card tells birth date and sex: they are not asked twice."""
    try:
        card = identity.parse_id_number(number, today=by.today)
    except identity.BadNumber as bad:
        raise Invalid("id_number", bad.text) from bad
    party.born_on = party.born_on or card.born_on
    party.sex = party.sex or identity.SEX_LABELS[card.sex].zh


def _is_minor(party: Party, by: Hand) -> bool:
    age = identity.age_on(party.born_on, by.today) if party.born_on else party.age
    return age is not None and age < 18


def index_party(party: Party) -> None:
    """Look-up without plaintext: keyed hashes of the whole number and of a phone's last four (D6)."""
    keys = keyring()
    party.phone_index = keys.blind_index(party.phone, column="party.phone") if party.phone else None
    party.phone_tail_index = (
        keys.blind_index(identity.phone_tail(party.phone), column="party.phone_tail")
        if party.phone
        else None
    )
    party.id_index = (
        keys.blind_index(party.id_number, column="party.id_number") if party.id_number else None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyDetails(AboutAParty):
    """What was left blank when the matter was registered; blank here again means still unknown."""

    party_id: int
    kind: PartyKind | None = None


DETAILS: dict[str, Text] = {
    "kind": Text("个人还是单位", "person or organisation"),
    "sex": Text("性别", "sex"),
    "age": Text("年龄", "age"),
    "born_on": Text("出生日期", "date of birth"),
    "ethnicity": Text("民族", "ethnicity"),
    "occupation": Text("职业或职务", "occupation"),
    "phone": Text("电话", "telephone"),
    "address": Text("住址", "address"),
    "id_number": Text("身份证号码", "ID number"),
    "head_name": Text("法定代表人", "legal representative"),
    "head_post": Text("法定代表人的职务", "that person's post"),
    "needs_guardian": Text("需要监护人", "needs a guardian"),
}
_OF_A_PERSON = ("sex", "age", "ethnicity", "occupation", "phone", "address", "id_number")
_OF_AN_ENTITY = ("head_name", "head_post", "phone", "address")


def blanks(party: Party) -> tuple[str, ...]:
    """What the party block of the papers still lacks (4.2); names of DETAILS."""
    wanted = _OF_AN_ENTITY if party.kind is PartyKind.ENTITY else _OF_A_PERSON
    return tuple(n for n in wanted if not getattr(party, n) and not (n == "age" and party.born_on))


def complete_party(reference: str, details: PartyDetails, *, by: Hand) -> None:
    """Fill in what was left blank. What stands there already is corrected, never overwritten."""
    with act(reference, by=by) as case:
        party = party_of(case, details.party_id)
        added = [n for n in DETAILS if getattr(details, n) and not _stands(party, details, n)]
        if not added:
            raise Invalid("", Text("还没写什么。写一样也行。", "Nothing is filled in yet."))
        fill_party(party, _with(party, details, added), by=by)
        names = "、".join(DETAILS[n].zh for n in added)
        case.log(Record.PARTY.name, note=party.name, detail=f"补上{names}")


def _stands(party: Party, details: PartyDetails, name: str) -> bool:
    """Whether something stands there already. A kind is only ever guessed until papers say it."""
    if name == "kind":
        return details.kind is party.kind or bool(party.id_number)
    return bool(getattr(party, name))


def _with(party: Party, details: PartyDetails, added: list[str]) -> PartyAnswers:
    def value(name: str) -> Any:
        return getattr(details if name in added else party, name)

    return PartyAnswers(
        name=party.name,
        side=party.side,
        born_on=value("born_on"),
        age=value("age"),
        kind=value("kind"),
        needs_guardian=bool(value("needs_guardian")),
        **{n: value(n) or "" for n in _WORDS},
    )


_WORDS = (
    "sex", "ethnicity", "occupation", "phone", "id_number", "address", "head_name", "head_post",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentativeAnswers:
    party_id: int
    kind: RepresentativeKind
    name: str
    tie: str = ""
    phone: str = ""
    authority: str = ""


def record_representative(reference: str, answers: RepresentativeAnswers, *, by: Hand) -> None:
    with act(reference, by=by) as case:
        party = party_of(case, answers.party_id)
        _check_representative(party, answers)
        db.session.add(
            Representative(
                party_id=party.id,
                kind=answers.kind,
                name=answers.name,
                tie=answers.tie,
                phone=answers.phone or None,
                authority=answers.authority,
            )
        )
        told = f"{party.name}的{answers.kind.value.zh}"
        case.log(Record.REPRESENTATIVE.name, note=answers.name, detail=told)


def _check_representative(party: Party, answers: RepresentativeAnswers) -> None:
    """Two agents at most, each with what they may do written down (CPL 61, 62; INT 89)."""
    if answers.kind is not RepresentativeKind.AGENT:
        return
    agents = [r for r in party.representatives if r.kind is RepresentativeKind.AGENT]
    if len(agents) >= MOST_AGENTS:
        raise Invalid(
            "kind",
            Text(
                f"{party.name}已经有两位代理人，最多两位。",
                f"{party.name} has two agents already; two are the most.",
            ),
        )
    if not answers.authority.strip():
        raise Invalid(
            "authority",
            Text(
                "写明授权做什么，照委托书写。",
                "Write what they may do, as the power of attorney says.",
            ),
        )


def party_of(case: Case, party_id: int | None, field: str = "party_id") -> Party:
    """The party of this dispute with that id. Raises Invalid for anybody else's."""
    for party in case.dispute.parties:
        if party.id == party_id:
            return party
    raise Invalid(field, Text("请从名单里选一位当事人。", "Choose a party from the list."))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentAnswers:
    """What each party said to one question: (party id, answer) for those who were asked."""

    question: Question
    answers: tuple[tuple[int, Answer], ...]
    way: Way
    given_on: date | None = None
    note: str = ""


def record_consent(reference: str, answers: ConsentAnswers, *, by: Hand) -> None:
    """One row for each party that answered; who was not asked stays unanswered."""
    with act(reference, by=by) as case:
        day = past_day("given_on", answers.given_on, by=by)
        if not answers.answers:
            raise Invalid("answers", Text("至少记一个人的回答。", "Record at least one answer."))
        for party_id, answer in answers.answers:
            party = party_of(case, party_id)
            add_consent(case, party, answers.question, answer, answers.way, day, answers.note)


def answer_label(question: Question, answer: Answer) -> Text:
    """The answer in the words of its question: who says yes to “is it true” says 属实."""
    return _OWN_WORDS.get((question, answer), answer.value)


_OWN_WORDS = {
    (Question.TRUE, Answer.YES): Text("属实", "it is true"),
    (Question.MEDIATION, Answer.YES): Text("愿意", "yes, I want it"),
    (Question.MEDIATION, Answer.NO): Text("不愿意", "no, I do not"),
    (Question.REMEDIATION, Answer.YES): Text("愿意", "yes, I want it"),
    (Question.REMEDIATION, Answer.NO): Text("不愿意", "no, I do not"),
    (Question.CONFIRMATION, Answer.YES): Text("要", "yes, I want it"),
    (Question.CONFIRMATION, Answer.NO): Text("不要", "no, I do not"),
    (Question.SOLVED, Answer.YES): Text("解决了", "it is settled"),
    (Question.SOLVED, Answer.NO): Text("没解决", "it is not settled"),
}


def add_consent(
    case: Case,
    party: Party,
    question: Question,
    answer: Answer,
    way: Way,
    given_on: date,
    note: str = "",
) -> None:
    db.session.add(
        Consent(
            dispute_id=case.dispute.id,
            party_id=party.id,
            question=question,
            answer=answer,
            way=way,
            given_on=given_on,
            note=note,
            recorded_by=case.hand.name,
            recorded_at=case.hand.now,
        )
    )
    detail = f"{question.value.zh}：{answer_label(question, answer).zh}（{way.value.zh}）"
    case.log(Record.CONSENT.name, on=given_on, note=party.name, detail=detail)
