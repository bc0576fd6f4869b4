"""Finding cases: what the list page, the queue and today's page ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mediation import cleaning
from mediation.models import listing
from mediation.services.acts import Hand
from mediation.wording import Text
from mediation.workflow import dispute_types
from mediation.workflow.stages import Phase, Stage
from mediation.workflow.words import Urgency


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person looks for, as the address of the page says it."""

    words: str = ""
    phase: Phase | None = None
    stage: Stage | None = None
    open_only: bool = False
    mine: bool = False
    after: int | None = None
    before: int | None = None

    @staticmethod
    def from_words(said: Mapping[str, str]) -> Wanted:
        """Odd words in an address are passed over, never an error."""
        phase, stage = said.get("phase", "").upper(), said.get("stage", "").upper()
        try:
            words = cleaning.clean_line(said.get("q", "")[:60])
        except cleaning.Unclean:
            words = ""
        return Wanted(
            words=words,
            phase=Phase[phase] if phase in Phase.__members__ else None,
            stage=Stage[stage] if stage in Stage.__members__ else None,
            open_only=said.get("open") == "1",
            mine=said.get("mine") == "1",
            after=_number(said.get("after")),
            before=_number(said.get("before")),
        )

    def stages(self) -> tuple[Stage, ...]:
        if self.stage is not None:
            return (self.stage,)
        chosen = [s for s in Stage if self.phase in (None, s.phase)]
        chosen = [s for s in chosen if not (self.open_only and s.final)]
        return () if len(chosen) == len(Stage) else tuple(chosen)


def _number(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 16 else None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list. `days_left` counts to the next legal date, negative when it has passed."""

    id: int
    reference: str
    number: str
    title: str
    stage: Stage
    party_names: str
    type_label: Text
    registered_on: date
    due_on: date | None
    days_left: int | None
    assigned: bool
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class ListPage:
    """`total` is capped: more than CAP means 1000+. `older` and `newer` are keysets, or None."""

    lines: tuple[Line, ...]
    total: int
    capped: bool
    older: int | None
    newer: int | None


def page(wanted: Wanted, *, by: Hand) -> ListPage:
    """One page of cases within reach, newest first."""
    sought = _filter(wanted, by)
    found = listing.rows(
        replace(sought, older_than=wanted.after, newer_than=wanted.before), by=by.actor
    )
    more = len(found) > listing.PAGE
    shown = found[-listing.PAGE :] if wanted.before is not None else found[: listing.PAGE]
    lines = tuple(line(row, by.today) for row in shown)
    total = listing.count(sought, by=by.actor)
    return ListPage(
        lines=lines,
        total=min(total, listing.CAP),
        capped=total > listing.CAP,
        older=lines[-1].id if lines and (more or wanted.before is not None) else None,
        newer=lines[0].id
        if lines and (wanted.after is not None or (wanted.before is not None and more))
        else None,
    )


def _filter(wanted: Wanted, by: Hand) -> listing.Filter:
    return listing.Filter(
        words=wanted.words,
        stages=wanted.stages(),
        mediator_id=by.actor.account_id if wanted.mine else None,
    )


def line(row: Any, today: date) -> Line:
    due = row.next_due_on
    return Line(
        id=row.id,
        reference=row.reference,
        number=row.number or "",
        title=row.title,
        stage=row.stage,
        party_names=row.party_names,
        type_label=dispute_types.dispute_type(row.dispute_type).label,
        registered_on=row.registered_on,
        due_on=due,
        days_left=(due - today).days if due else None,
        assigned=row.mediator_id is not None,
        urgency=row.urgency,
    )
