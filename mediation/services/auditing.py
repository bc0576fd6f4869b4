"""The audit record: who looked at or tried what, newest first, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation.models import history
from mediation.models.history import AuditEntry
from mediation.services.acts import Hand

PAGE = 50


@dataclass(frozen=True, slots=True)
class Sought:
    """What to narrow it to; empty means everything."""

    name: str = ""
    act: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class AuditPage:
    entries: tuple[AuditEntry, ...]
    acts: tuple[str, ...]
    older: int | None


def page(sought: Sought, *, by: Hand, before: int | None = None) -> AuditPage:
    """One page, going on before that entry."""
    found = history.audits(
        name=sought.name, act=sought.act, day=sought.day, before=before, limit=PAGE + 1
    )
    shown = found[:PAGE]
    return AuditPage(
        tuple(shown), tuple(history.audit_acts()), shown[-1].id if len(found) > PAGE else None
    )


def broken_cases(*, by: Hand) -> list[int]:
    """Cases whose chain of history does not hold; empty when all of it stands as written."""
    return [dispute_id for dispute_id, _ in history.all_broken_links()]
