"""The occasion of a paper: which one, for whom, on what day, about which rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from mediation.documents.casefile import Slip
from mediation.documents.volume_parts import Meeting, Service
from mediation.models.inquiries import Inquiry
from mediation.models.parties import Party, Representative
from mediation.models.persuasions import Persuasion
from mediation.models.places import Committee
from mediation.models.sittings import Sitting
from mediation.models.visits import Visit
from mediation.services.acts import Hand
from mediation.wording import Language
from mediation.workflow.documents import Document
from mediation.workflow.transitions import Transition


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """`on` is the day it happened, which a late entry puts before the day of issue.

    `party` is whose paper it is; `committee` issues it where that is not the dispute's own now.
    `meeting`, `service` and `said` were typed for this paper; `agent` is who the power is for.
    """

    document: Document
    hand: Hand
    on: date
    transition: Transition | None = None
    note: str = ""
    number: str = ""
    language: Language = "zh"
    party: Party | None = None
    committee: Committee | None = None
    persuasions: tuple[Persuasion, ...] = field(default=())
    sitting: Sitting | None = None
    visit: Visit | None = None
    inquiry: Inquiry | None = None
    agent: Representative | None = None
    meeting: Meeting = field(default_factory=Meeting)
    service: Service = field(default_factory=Service)
    said: str = ""
    slip: Slip = field(default_factory=Slip)
    draft: bool = False
