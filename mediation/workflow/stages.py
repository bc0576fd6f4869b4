"""The stages a dispute can stand in. A stage is a place, never a mixture of facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

from mediation.wording import Text


@unique
class Phase(Enum):
    """The four phases of the mission; the fourth also carries what follows an agreement."""

    INTAKE = Text("登记", "Intake")
    MORAL_PERSUASION = Text("劝导", "Moral persuasion")
    MEDIATION = Text("调解", "Mediation")
    JUDICIAL_CONFIRMATION = Text("司法确认", "Judicial confirmation")

    @property
    def label(self) -> Text:
        return self.value


@dataclass(frozen=True, slots=True)
class StageRow:
    label: Text
    phase: Phase
    final: bool = False


def _row(zh: str, en: str, phase: Phase, *, final: bool = False) -> StageRow:
    return StageRow(Text(zh, en), phase, final)


@unique
class Stage(Enum):
    """Final stages are the ends, closed and archived; every other one has an open exit."""

    REGISTERED = _row("已登记", "Registered", Phase.INTAKE)
    NOT_ACCEPTED = _row("不予受理", "Not accepted", Phase.INTAKE, final=True)
    REFERRED = _row("已转介", "Referred", Phase.INTAKE, final=True)
    ACCEPTED = _row("已受理", "Accepted", Phase.INTAKE)

    PERSUADING = _row("劝导中", "In persuasion", Phase.MORAL_PERSUASION)

    MEDIATING = _row("调解中", "In mediation", Phase.MEDIATION)
    ESCALATED = _row("已上交", "Escalated", Phase.MEDIATION)
    DRAFTING = _row("协议起草", "Agreement in draft", Phase.MEDIATION)
    SIGNING = _row("待签字", "Awaiting signatures", Phase.MEDIATION)
    ORALLY_AGREED = _row("口头协议", "Oral agreement", Phase.MEDIATION)
    DONE_ON_SPOT = _row("即时履行", "Performed on the spot", Phase.MEDIATION)
    EFFECTIVE = _row("协议生效", "Agreement in effect", Phase.MEDIATION)
    WITHDRAWN = _row("已撤回", "Withdrawn", Phase.MEDIATION, final=True)
    TERMINATED = _row("已终止", "Terminated", Phase.MEDIATION, final=True)
    TO_COURT = _row("走了别的路", "Took another road", Phase.MEDIATION, final=True)

    CONFIRMATION_PREPARED = _row(
        "准备司法确认", "Application prepared", Phase.JUDICIAL_CONFIRMATION
    )
    CONFIRMATION_FILED = _row("已交法院", "Application filed", Phase.JUDICIAL_CONFIRMATION)
    CONFIRMATION_ACCEPTED = _row("法院已受理", "Accepted by the court", Phase.JUDICIAL_CONFIRMATION)
    CONFIRMED = _row("裁定有效", "Confirmed", Phase.JUDICIAL_CONFIRMATION)
    CONFIRMATION_NOT_ACCEPTED = _row(
        "法院不予受理", "Not accepted by the court", Phase.JUDICIAL_CONFIRMATION
    )
    CONFIRMATION_REFUSED = _row("裁定驳回", "Refused by the court", Phase.JUDICIAL_CONFIRMATION)
    CONFIRMATION_WITHDRAWN = _row(
        "申请已撤回", "Application withdrawn", Phase.JUDICIAL_CONFIRMATION
    )
    CONFIRMATION_SET_ASIDE = _row("裁定被撤销", "Ruling set aside", Phase.JUDICIAL_CONFIRMATION)
    PERFORMING = _row("履行中", "In performance", Phase.JUDICIAL_CONFIRMATION)
    BREACH = _row("没有按约履行", "In breach", Phase.JUDICIAL_CONFIRMATION)
    PERFORMED = _row("已履行", "Performed", Phase.JUDICIAL_CONFIRMATION, final=True)
    ENFORCEMENT = _row("已申请执行", "Enforcement sought", Phase.JUDICIAL_CONFIRMATION, final=True)
    CLOSED = _row("已结案", "Closed", Phase.JUDICIAL_CONFIRMATION, final=True)
    ARCHIVED = _row("已归档", "Archived", Phase.JUDICIAL_CONFIRMATION, final=True)

    @property
    def label(self) -> Text:
        return self.value.label

    @property
    def phase(self) -> Phase:
        return self.value.phase

    @property
    def final(self) -> bool:
        return self.value.final


INITIAL = Stage.REGISTERED
OPEN = tuple(stage for stage in Stage if not stage.final)
# An end is where the matter itself is over and only the file remains to be closed.
ENDS = tuple(s for s in Stage if s.final and s not in (Stage.CLOSED, Stage.ARCHIVED))
BEFORE_EFFECT = (
    Stage.REGISTERED,
    Stage.ACCEPTED,
    Stage.PERSUADING,
    Stage.MEDIATING,
    Stage.ESCALATED,
    Stage.DRAFTING,
    Stage.SIGNING,
)
