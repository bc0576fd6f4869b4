"""How a draft is printed: marked on every page, with the hour of printing, kept nowhere."""

from __future__ import annotations

from mediation.clock import local
from mediation.documents.render import Mark, Printing
from mediation.services import site
from mediation.services.acts import Hand


def draft_printing(by: Hand, *, practice: bool = False) -> Printing:
    """`practice` is the case's own; where the whole site practises every draft says so."""
    return Printing(
        mark=Mark.DRAFT,
        printed_at=f"{by.today.year}年{by.today.month}月{by.today.day}日{local(by.now):%H:%M}",
        practice=practice or site.here().practice,
    )
