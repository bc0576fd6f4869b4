"""A party's own page: where the matter stands, what they may answer, their papers, the ways out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation.errors import Invalid, NotFound
from mediation.models.disputes import Dispute, find_by_id
from mediation.models.papers import Paper
from mediation.models.parties import Party
from mediation.permissions import Permission, may_make
from mediation.roles import Role
from mediation.services import deadlines, facts, transitions
from mediation.services.acts import Hand, act
from mediation.services.cases import WaysOut, phase_states, ways_out
from mediation.services.paper_files import for_party, kind_label
from mediation.services.parties import add_consent, answer_label
from mediation.services.volumes import Volume, open_volume
from mediation.wording import Text
from mediation.workflow.deadlines import Deadline
from mediation.workflow.plain_words import TOLD, Told
from mediation.workflow.stages import Phase, Stage
from mediation.workflow.transitions import Transition, leaving
from mediation.workflow.words import Answer, Initiation, PaperState, Question, Side, Way


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question open to this party now, and what they last answered to it."""

    question: Question
    answered: Answer | None
    answered_on: date | None

    @property
    def said(self) -> Text | None:
        return answer_label(self.question, self.answered) if self.answered else None


@dataclass(frozen=True, slots=True)
class OwnPaper:
    public_id: str
    label: Text
    number: str
    ready: bool


@dataclass(frozen=True, slots=True)
class OwnDuty:
    """One thing somebody promised; `mine` where this party promised it."""

    text: str
    amount_fen: int | None
    due_on: date | None
    mine: bool
    done: bool


@dataclass(frozen=True, slots=True)
class OwnCase:
    """Nothing of the other side but their name and what both agreed."""

    reference: str
    version: int
    title: str
    number: str | None
    name: str
    others: tuple[str, ...]
    facts: str
    stage: Stage
    phases: tuple[tuple[Phase, str], ...]
    told: Told
    questions: tuple[OwnQuestion, ...]
    duties: tuple[OwnDuty, ...]
    papers: tuple[OwnPaper, ...]
    exits: tuple[Transition, ...]
    mediator: str
    committee: str
    phone: str
    ways: WaysOut


def own_case(*, by: Hand) -> OwnCase:
    """The page of the party who asks. Raises NotFound for anybody else."""
    dispute, party = _own(by)
    volume = open_volume(dispute, by.today)
    open_here = leaving(dispute.stage)
    told = TOLD[dispute.stage]
    return OwnCase(
        reference=dispute.reference,
        version=dispute.version,
        title=dispute.title,
        number=dispute.number,
        name=party.name,
        others=tuple(p.name for p in dispute.parties if p.id != party.id),
        facts=dispute.facts,
        stage=dispute.stage,
        phases=phase_states(volume),
        told=told,
        questions=tuple(_question(volume, party, q) for q in told.asks if _still(volume, q)),
        duties=tuple(_duties(volume, party)),
        papers=tuple(_papers(volume, party)),
        exits=tuple(t for t in open_here if _open_to(t, dispute, party, by)),
        mediator=dispute.mediator.name if dispute.mediator else "",
        committee=dispute.committee.name,
        phone=dispute.committee.phone,
        ways=ways_out(volume),
    )


def _own(by: Hand) -> tuple[Dispute, Party]:
    dispute = find_by_id(by.actor.dispute_id or 0, by=by.actor)
    if dispute is None or by.actor.party_id is None:
        raise NotFound
    return dispute, next(p for p in dispute.parties if p.id == by.actor.party_id)


def _open_to(move: Transition, dispute: Dispute, party: Party, by: Hand) -> bool:
    """A party's own ways out and rights; moves with conditions of proof go through the mediator."""
    row = move.value
    theirs = Role.PARTY in row.roles and (row.exit or not row.guards) and party.side in row.sides
    if move is Transition.WITHDRAW and not _applied(dispute, by):
        return False
    return theirs and may_make(by.actor, move, dispute).allowed


def _applied(dispute: Dispute, by: Hand) -> bool:
    """Only who applied has an application to take back; everybody else leaves."""
    own = next(p for p in dispute.parties if p.id == by.actor.party_id)
    return own.side is Side.APPLICANT and dispute.initiation is Initiation.APPLICATION


def _still(volume: Volume, question: Question) -> bool:
    """Whether it is settled is asked as long as the case can be opened again."""
    if question is not Question.SOLVED:
        return True
    until = deadlines.due_on(volume, Deadline.REOPENING)
    return until is not None and volume.today <= until


def _question(volume: Volume, party: Party, question: Question) -> OwnQuestion:
    said = volume.answer(party, question)
    return OwnQuestion(question, said.answer if said else None, said.given_on if said else None)


def _duties(volume: Volume, party: Party) -> list[OwnDuty]:
    agreement = volume.agreement
    if agreement is None or agreement.effective_on is None:
        return []
    return [
        OwnDuty(
            text=o.what,
            amount_fen=o.amount_fen,
            due_on=facts.due_date(volume, o),
            mine=o.debtor_id == party.id,
            done=not o.lasting and facts.proved(o),
        )
        for o in agreement.obligations
        if party.id in (o.debtor_id, o.creditor_id)
    ]


def _papers(volume: Volume, party: Party) -> list[OwnPaper]:
    return [_paper(p) for p in reversed(volume.papers) if for_party(p, party.id)]


def _paper(paper: Paper) -> OwnPaper:
    label = kind_label(paper.kind)
    if paper.language == "en":
        label = Text(f"{label.zh}（英文参考本）", f"{label.en} (English courtesy copy)")
    return OwnPaper(paper.public_id, label, paper.number, paper.state is PaperState.READY)


def answer(question: Question, said: Answer, *, by: Hand) -> None:
    """The party answers for themselves; nobody else could have recorded it this way."""
    dispute, _ = _own(by)
    with act(dispute.reference, by=by, permission=Permission.ANSWER_OWN_CASE) as case:
        if question not in TOLD[case.dispute.stage].asks:
            raise Invalid(
                "question",
                Text(
                    "这个问题现在不用答了。请看最新的页面。", "This question is not open any more."
                ),
            )
        party = next(p for p in case.dispute.parties if p.id == by.actor.party_id)
        add_consent(case, party, question, said, Way.OWN_PAGE, by.today)


def leave(move: Transition, note: str, *, by: Hand) -> None:
    """A party takes another road. Raises NotFound for a move that is not a party's own."""
    dispute, party = _own(by)
    if not _open_to(move, dispute, party, by):
        raise NotFound
    transitions.make(dispute.reference, move, by=by, note=note)
