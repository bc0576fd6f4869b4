"""What a case page shows: the volume, what is done, what can be done next, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation.errors import NotFound
from mediation.models import accounts, disputes, places
from mediation.models.agreements import Obligation
from mediation.models.disputes import Dispute
from mediation.permissions import Actor, Permission, may, may_make
from mediation.services.acts import Hand, reach_of
from mediation.services.facts import due_date, facts_of, overdue, proved
from mediation.services.next_steps import still_needed, usual
from mediation.services.papers_due import missing_papers
from mediation.services.terms import missing_terms
from mediation.services.volumes import Volume, open_volume
from mediation.wording import Text
from mediation.workflow import dispute_types, law
from mediation.workflow.deadlines import Deadline
from mediation.workflow.documents import Document
from mediation.workflow.facts import Facts
from mediation.workflow.guards import Condition
from mediation.workflow.records import Record
from mediation.workflow.stages import Phase, Stage
from mediation.workflow.transitions import Transition, exits, leaving
from mediation.workflow.words import AnswerKind


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the task list. `status` is done, doing, open or blocked; `reason` why blocked."""

    record: Record
    status: str
    reason: Text | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class PhaseView:
    """One column of the stage line: past, now, ahead or skipped."""

    phase: Phase
    state: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """One transition open from here: what is still unmet, and whether this person may make it."""

    transition: Transition
    unmet: tuple[Condition, ...]
    allowed: bool
    sentence: Text


@dataclass(frozen=True, slots=True)
class Clock:
    """A legal date on the page. `days_left` is negative once it has passed."""

    deadline: Deadline
    due_on: date
    days_left: int
    provisional: bool

    @property
    def basis(self) -> Text:
        return law.basis(self.deadline.value.basis)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One item of the agreement; `due_on` is the newer day where both agreed on one. Sums in fen."""

    position: int
    debtor: str
    creditor: str
    what: str
    how: str
    amount_fen: int | None
    paid_fen: int
    due_on: date | None
    lasting: bool
    done: bool
    late: bool


def _duty(volume: Volume, item: Obligation) -> Duty:
    names = {p.id: p.name for p in volume.dispute.parties}
    return Duty(
        position=item.position,
        debtor=names[item.debtor_id],
        creditor=names.get(item.creditor_id or 0, ""),
        what=item.what,
        how=item.how,
        amount_fen=item.amount_fen,
        paid_fen=sum(p.amount_fen or 0 for p in item.performances),
        due_on=due_date(volume, item),
        lasting=item.lasting,
        done=not item.lasting and proved(item),
        late=overdue(volume, item),
    )


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the page needs, worked out once; templates run no query and decide nothing."""

    volume: Volume
    facts: Facts
    phases: tuple[PhaseView, ...]
    moves: tuple[Move, ...]
    exits: tuple[Move, ...]
    clocks: tuple[Clock, ...]
    missing: tuple[Document, ...]
    may_record: bool
    may_assign: bool
    may_answer: bool
    may_mark: bool
    may_slip: bool

    @property
    def next_move(self) -> Move | None:
        """The usual next step (services/next_steps.py)."""
        return usual(self.moves, self.facts, self.volume)

    @property
    def next_condition(self) -> Condition | None:
        """What is to be recorded first for the next step, when something is."""
        move = self.next_move
        return still_needed(move, self.volume) if move else None

    def may_write(self, record: Record) -> bool:
        """Whether this person records such a fact in this case."""
        if record.value.court:
            return self.may_answer
        return self.may_record or (record is Record.ASSIGNMENT and self.may_assign)

    def refusal_of(self, record: Record) -> Text | None:
        """Why this page has no form now; None when it has one."""
        if self.volume.dispute.stage not in record.value.open_in:
            return record.value.not_yet
        if not self.may_write(record):
            return _COURTS_TO_WRITE if record.value.court else _COMMITTEES_TO_WRITE
        return None

    @property
    def duties(self) -> tuple[Duty, ...]:
        """What was agreed, item by item, and how far it is done."""
        agreement = self.volume.agreement
        return tuple(_duty(self.volume, o) for o in agreement.obligations) if agreement else ()

    @property
    def correction_asked(self) -> str:
        """The court's words when it sent the application back; empty else."""
        answers = self.volume.application.answers if self.volume.application else []
        back = self.volume.dispute.stage is Stage.CONFIRMATION_PREPARED and answers
        return answers[-1].text if back and answers[-1].kind is AnswerKind.CORRECTION else ""

    @property
    def gaps(self) -> tuple[Text, ...]:
        """What the written terms still lack, sentence by sentence."""
        agreement = self.volume.agreement
        return missing_terms(agreement) if agreement else ()


_COURTS_TO_WRITE = Text("这一项由法院联络员来记。", "The court liaison officer records this.")
_COMMITTEES_TO_WRITE = Text(
    "这一项由经手的调解员或调委会主任来记。",
    "The mediator in charge or the committee's chair records this.",
)


def case_page(reference: str, *, by: Hand) -> CasePage:
    """The page of one dispute. Raises NotFound where it is not this person's to see."""
    return page_of(reach_of(by, reference), by)


def within_reach(reference: str, *, by: Hand) -> bool:
    """Whether this person still sees the case, after what they have just done."""
    try:
        reach_of(by, reference)
    except NotFound:
        return False
    return True


def page_of(dispute: Dispute, by: Hand) -> CasePage:
    volume = open_volume(dispute, by.today)
    facts = facts_of(volume)
    moves = tuple(_move(t, facts, by.actor, dispute) for t in leaving(dispute.stage))
    return CasePage(
        volume=volume,
        facts=facts,
        phases=_phases(volume, facts),
        moves=tuple(m for m in moves if not m.transition.value.exit),
        exits=tuple(m for m in moves if m.transition in exits(dispute.stage)),
        clocks=tuple(_clocks(volume)),
        missing=missing_papers(volume),
        may_record=may(by.actor, Permission.RECORD_FACTS, dispute).allowed,
        may_assign=may(by.actor, Permission.ASSIGN_MEDIATOR, dispute).allowed,
        may_answer=may(by.actor, Permission.ANSWER_AS_COURT, dispute).allowed,
        may_mark=may(by.actor, Permission.MARK_DUPLICATE, dispute).allowed,
        may_slip=may(by.actor, Permission.REGISTER_DISPUTE).allowed,
    )


def _move(transition: Transition, facts: Facts, actor: Actor, dispute: Dispute) -> Move:
    verdict = may_make(actor, transition, dispute)
    return Move(transition, transition.unmet(facts), verdict.allowed, verdict.sentence)


def phase_states(volume: Volume) -> tuple[tuple[Phase, str], ...]:
    """Past, skipped, now or ahead for each phase, from where the dispute has really been."""
    been = {e.to_stage.phase for e in volume.events if e.to_stage is not None}
    order = list(Phase)
    now = order.index(volume.dispute.stage.phase)
    return tuple(
        (phase, "now" if at == now else "ahead" if at > now else _left_behind(phase, been))
        for at, phase in enumerate(order)
    )


def _left_behind(phase: Phase, been: set[Phase]) -> str:
    return "past" if phase in been else "skipped"


def _phases(volume: Volume, facts: Facts) -> tuple[PhaseView, ...]:
    views = []
    for phase, state in phase_states(volume):
        tasks = tuple(
            _task(r, volume, facts)
            for r in Record
            if r.value.task and r.value.phase is phase and _shown(r, volume, facts)
        )
        views.append(PhaseView(phase, state, tasks))
    return tuple(views)


def _shown(record: Record, volume: Volume, facts: Facts) -> bool:
    """What may be left out is no gap once it is too late for it."""
    row = record.value
    return not row.optional or volume.dispute.stage in row.open_in or row.done(facts)


def _task(record: Record, volume: Volume, facts: Facts) -> Task:
    row, stage = record.value, volume.dispute.stage
    written = [e.happened_on for e in volume.events if e.act == record.name]
    if row.done(facts):
        return Task(record, "done", done_on=written[-1] if written else None)
    if stage not in row.open_in:
        return Task(record, "blocked", reason=row.not_yet)
    if row.optional:
        return Task(record, "open", reason=_IF_NEEDED)
    return Task(record, "doing" if written else "open")


_IF_NEEDED = Text("需要时才做", "only if needed")


def _clocks(volume: Volume) -> list[Clock]:
    return [
        Clock(Deadline[d.name], d.due_on, (d.due_on - volume.today).days, d.provisional)
        for d in volume.deadlines
        if d.met_on is None
    ]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who could mediate, and how many open cases they have in hand."""

    account_id: int
    name: str
    load: int


def candidates(dispute: Dispute, today: date) -> list[Candidate]:
    """Those who sit in the committee today, with their load, so that nobody drowns."""
    people = accounts.mediators_of(dispute.committee_id, today)
    loads = disputes.open_counts([p.id for p in people])
    return [Candidate(p.id, p.name, loads.get(p.id, 0)) for p in people]


def higher_committees(dispute: Dispute) -> list[places.Committee]:
    """Committees of the same county that could take it over."""
    return [c for c in places.committees(dispute.county_id) if c.id != dispute.committee_id]


def all_courts() -> list[places.Court]:
    return places.courts()


def move_of(page: CasePage, transition: Transition, *, by: Hand) -> Move:
    """One move as seen from this page, whether or not it is open from here."""
    return _move(transition, page.facts, by.actor, page.volume.dispute)


@dataclass(frozen=True, slots=True)
class WaysOut:
    """The other ways, with whom to call: no page or paper of a party is without them."""

    court: places.Court | None
    arbitration: Text | None
    legal_aid: str = "12348"


def ways_out(volume: Volume) -> WaysOut:
    """Court of the county, arbitration where the type has one, legal aid (PML 3, 26)."""
    here = places.courts(volume.dispute.county_id)
    kind = dispute_types.dispute_type(volume.dispute.dispute_type)
    return WaysOut(here[0] if here else None, kind.arbitration)
