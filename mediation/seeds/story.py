"""A story: what is told about one dispute, before anybody has done anything about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from mediation.services.parties import PartyAnswers
from mediation.workflow.words import Channel, Initiation, Side, Theme, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One promise: parties by their place in `Story.parties`, its day counted from the agreement."""

    debtor: int
    creditor: int | None = None
    what: str
    amount_fen: int | None = None
    how: str = ""
    within_days: int | None = None
    lasting: bool = False
    condition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """`place` is a name of the practice county; everything has words ready for every act.

    `declares_status` marks terms that a court may not confirm; `danger` is a code of notes.DANGERS.
    """

    title: str
    dispute_type: str
    place: str
    parties: tuple[PartyAnswers, ...]
    duties: tuple[Duty, ...]
    everyday_kind: str = ""
    facts: str = ""
    claims: str = ""
    channel: Channel = Channel.COUNTER
    initiation: Initiation = Initiation.APPLICATION
    urgency: Urgency = Urgency.ORDINARY
    danger: str = "none"
    reported_to: str = ""
    guardian: str = "监护人"
    guardian_tie: str = "父母"
    issues: str = ""
    responsibility: str = ""
    manner: str = ""
    declares_status: bool = False
    persuader: str = "村里的老支书"
    persuader_tie: str = "双方都熟悉的长辈"
    theme: Theme = Theme.HARMONY
    persuasion: str = "劝双方各退一步，坐下来把话说开。"
    promise: str = "双方都答应坐下来谈。"
    spot: str = "人民调解室"
    minutes: tuple[tuple[str, str], ...] = ()
    outcome: str = ""
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def disputants(self) -> tuple[PartyAnswers, ...]:
        return tuple(p for p in self.parties if p.side is not Side.THIRD)
