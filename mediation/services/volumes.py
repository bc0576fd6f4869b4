"""The volume 卷宗: everything recorded about one dispute, read once and handed on whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation.models import (
    agreements,
    applications,
    evidence,
    history,
    inquiries,
    lists,
    notes,
    papers,
    parties,
    persuasions,
    sittings,
    visits,
)
from mediation.models.agreements import Agreement, live_agreement
from mediation.models.applications import Application
from mediation.models.disputes import Dispute
from mediation.models.lists import DayKind
from mediation.models.notes import Note
from mediation.models.parties import Consent, Party
from mediation.workflow.calendar import Workdays
from mediation.workflow.records import Record
from mediation.workflow.transitions import Transition
from mediation.workflow.words import NoteKind, Question, Side


@dataclass(slots=True)
class Volume:
    """Rows of one dispute, in the order they were written. Reading it runs no further query."""

    dispute: Dispute
    today: date
    workdays: Workdays
    consents: list[Consent]
    notes: list[Note]
    persuasions: list[persuasions.Persuasion]
    sittings: list[sittings.Sitting]
    inquiries: list[inquiries.Inquiry]
    evidence: list[evidence.Evidence]
    agreements: list[Agreement]
    applications: list[Application]
    visits: list[visits.Visit]
    papers: list[papers.Paper]
    events: list[history.Event]
    deadlines: list[lists.Deadline]
    assignments: list[lists.Assignment]

    @property
    def agreement(self) -> Agreement | None:
        return live_agreement(self.agreements)

    @property
    def application(self) -> Application | None:
        """The application that counts: the newest one."""
        return self.applications[-1] if self.applications else None

    @property
    def first_filed_on(self) -> date | None:
        """The day this application first went to the court: a correction later does not lose it."""
        application = self.application
        if application is None:
            return None
        since = [e for e in self.events if e.recorded_at >= application.recorded_at]
        moved = [e.seq for e in since if e.act == Transition.FILE_APPLICATION.name]
        filed = [e for e in since if e.act == Record.FILING.name and moved and e.seq < moved[0]]
        return filed[-1].happened_on if filed else application.filed_on

    @property
    def disputants(self) -> list[Party]:
        """Applicants and respondents: those whose consent and signature the law asks for."""
        return [p for p in self.dispute.parties if p.side is not Side.THIRD]

    def note(self, kind: NoteKind, since: date | None = None) -> Note | None:
        """The newest note of a kind."""
        found = [n for n in self.notes if n.kind is kind and (since is None or n.noted_on >= since)]
        return found[-1] if found else None

    def answer(self, party: Party, question: Question) -> Consent | None:
        """What this party last answered to this question."""
        found = [c for c in self.consents if c.party_id == party.id and c.question is question]
        return found[-1] if found else None


def open_volume(dispute: Dispute, today: date) -> Volume:
    """Everything about one dispute, as it stands on this day."""
    number = dispute.id
    return Volume(
        dispute=dispute,
        today=today,
        workdays=workday_table(),
        consents=parties.consents_of(number),
        notes=notes.notes_of(number),
        persuasions=persuasions.persuasions_of(number),
        sittings=sittings.sittings_of(number),
        inquiries=inquiries.inquiries_of(number),
        evidence=evidence.evidence_of(number),
        agreements=agreements.agreements_of(number),
        applications=applications.applications_of(number),
        visits=visits.visits_of(number),
        papers=papers.papers_of(number),
        events=history.events_of(number),
        deadlines=lists.deadlines_of(number),
        assignments=lists.assignments_of(number),
    )


def workday_table() -> Workdays:
    """The workday table as the administrator keeps it now."""
    days = lists.kinds_of_days()
    return Workdays(
        rest_days=frozenset(day for day, kind in days if kind is DayKind.REST),
        make_up_days=frozenset(day for day, kind in days if kind is DayKind.WORK),
        announced_years=frozenset(lists.announced_years()),
    )
