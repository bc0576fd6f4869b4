"""What a party's own pages show: the four dots, and every way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for

from mediation.web.case_views import OTHER_ROADS, PhaseLine, ways
from mediation.wording import Text
from mediation.workflow.stages import Phase

if TYPE_CHECKING:
    from mediation.services.own_case import OwnCase

# A party's page has room for short names only.
_SHORT = {
    Phase.MORAL_PERSUASION: Text("劝导", "Persuasion"),
    Phase.JUDICIAL_CONFIRMATION: Text("确认", "Confirmation"),
}


def own_stage_line(own: OwnCase) -> list[PhaseLine]:
    """The four dots of a party's page: where it has been and where it is, without tasks."""
    left = own.stage in OTHER_ROADS
    return [
        PhaseLine(phase.label, "left" if left and state == "now" else state, [], _SHORT.get(phase))
        for phase, state in own.phases
    ]


def own_ways(own: OwnCase) -> list[dict[str, object]]:
    """A party's other ways: court, arbitration, legal aid, and leaving by themselves."""
    listed = ways(own.ways)
    return [
        *listed,
        *(
            {"text": move.value.step, "url": url_for("party.leave", slug=move.slug)}
            for move in own.exits
        ),
    ]
