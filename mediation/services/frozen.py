"""What is kept of an issued paper: its words, its mark and its address, never to change again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from mediation.documents import plain
from mediation.documents.casefile import Casefile
from mediation.documents.render import Mark, Printing


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """`mark` is the name of a Mark; mark and address are no part of the digest."""

    casefile: Casefile = field(default_factory=Casefile)
    mark: str = Mark.NONE.name
    check_address: str = ""

    @property
    def printing(self) -> Printing:
        return Printing(mark=Mark[self.mark], check_address=self.check_address or None)

    def text(self) -> str:
        """The text that is stored."""
        return plain.canonical(self).decode()


def thaw(stored: str) -> Frozen:
    """Raises plain.BadSnapshot."""
    return plain.from_plain(Frozen, json.loads(stored))
