"""The moves the law was read to need, written down a second time by hand and held against the rows.

Each line is a move of the table that the statutes were read into: from where, to where, resting on
which articles, issuing which papers. The rows may do more (and say so in their README); never less.
"""

from __future__ import annotations

import pytest

from mediation.workflow.documents import Document as D
from mediation.workflow.guards import Condition as C
from mediation.workflow.stages import BEFORE_EFFECT, ENDS, OPEN, Stage
from mediation.workflow.transitions import Transition as T

S = Stage
Row = tuple[T, tuple[Stage, ...], Stage, set[str], set[D], set[C]]
BEFORE_THE_RULING = tuple(
    s for s in OPEN if s.name.startswith("CONFIRMATION_") and s is not S.CONFIRMATION_SET_ASIDE
)

# fmt: off
NEEDED: dict[str, Row] = {
    "1": (T.REGISTER, (), S.REGISTERED, {"PML_17", "PML_18", "LIM_12"}, {D.MEDIATION_APPLICATION}, set()),
    "2": (T.DO_NOT_ACCEPT, (S.REGISTERED,), S.NOT_ACCEPTED, {"MOJ02_22", "PML_17"},
          {D.NON_ACCEPTANCE_NOTICE}, {C.GROUND_CHOSEN}),
    "3": (T.REFER, (S.REGISTERED,), S.REFERRED, {"PML_18", "PML_25", "LA_31"},
          {D.REFERRAL_LETTER}, {C.REFERRAL_NAMED}),
    "4": (T.ACCEPT, (S.REGISTERED,), S.ACCEPTED, {"PML_17", "PML_19", "PML_23", "MOJ02_30"},
          {D.INTAKE_REGISTER, D.RIGHTS_NOTICE},
          {C.NOBODY_REFUSES, C.NO_OPEN_CONFLICT, C.MEDIATOR_NAMED, C.RIGHTS_TOLD}),
    "5": (T.BEGIN_PERSUASION, (S.ACCEPTED,), S.PERSUADING, {"PML_20", "PML_22"}, set(), {C.PERSUASION_AGREED}),
    "6": (T.BEGIN_MEDIATION, (S.ACCEPTED, S.PERSUADING), S.MEDIATING, {"PML_21", "PML_22"},
          {D.PERSUASION_RECORD}, {C.PERSUASION_ENDED, C.NOBODY_REFUSES}),
    "7": (T.SETTLE_ORALLY, (S.PERSUADING, S.MEDIATING), S.ORALLY_AGREED, {"PML_28", "PML_30"},
          {D.ORAL_AGREEMENT_REGISTER}, {C.ORAL_ALLOWED}),
    "8": (T.PERFORM_ON_SPOT, (S.PERSUADING, S.MEDIATING), S.DONE_ON_SPOT, {"PML_28", "PML_31"},
          {D.ORAL_AGREEMENT_REGISTER}, {C.EVERYTHING_PROVED}),
    "9": (T.DRAFT_AGREEMENT, (S.MEDIATING,), S.DRAFTING, {"PML_29"}, {D.MEDIATION_RECORD}, {C.TERMS_RECORDED}),
    "9b": (T.ISSUE_SIGNING_COPY, (S.DRAFTING,), S.SIGNING, {"PML_29"}, {D.MEDIATION_AGREEMENT},
           {C.TERMS_COMPLETE, C.NO_STATUS_OR_OWNERSHIP, C.CAPACITY_SETTLED}),
    "10": (T.MAKE_EFFECTIVE, (S.SIGNING,), S.EFFECTIVE, {"PML_29", "CC_19", "CC_20", "CC_143"}, set(),
           {C.EVERYONE_SIGNED, C.MEDIATOR_SIGNED, C.SEALED, C.CAPACITY_SETTLED}),
    "11": (T.RESUME_MEDIATION, (S.DRAFTING, S.SIGNING), S.MEDIATING, {"PML_23"}, set(), set()),
    "12": (T.EXTEND, (S.MEDIATING,), S.MEDIATING, {"LOC_B_27"}, {D.EXTENSION_CONSENT},
           {C.EXTENSION_AGREED, C.BEFORE_EXPIRY}),
    "13": (T.ESCALATE, (S.PERSUADING, S.MEDIATING), S.ESCALATED, {"PML_34", "MOJ02_27"},
           {D.HANDOVER_LIST}, {C.ESCALATION_AGREED}),
    "13b": (T.TAKE_OVER, (S.ESCALATED,), S.ACCEPTED, {"PML_34"}, set(), {C.MEDIATOR_NAMED}),
    "14": (T.WITHDRAW, BEFORE_EFFECT, S.WITHDRAWN, {"PML_23"}, {D.WITHDRAWAL_REQUEST}, set()),
    "15": (T.LEAVE, BEFORE_EFFECT, S.TERMINATED, {"PML_23", "PML_26"}, {D.TERMINATION_NOTICE}, set()),
    "15b": (T.TERMINATE, BEFORE_EFFECT[1:], S.TERMINATED, {"PML_26"}, {D.TERMINATION_NOTICE},
            {C.TERMINATION_REASON}),
    "17": (T.BEGIN_PERFORMANCE, (S.EFFECTIVE, S.ORALLY_AGREED), S.PERFORMING, {"PML_31"}, set(),
           {C.OBLIGATIONS_EXIST}),
    "18": (T.DECLARE_PERFORMED, (S.PERFORMING, S.DONE_ON_SPOT), S.PERFORMED, {"PML_31"}, set(),
           {C.EVERYTHING_PROVED}),
    "19": (T.PREPARE_CONFIRMATION,
           (S.EFFECTIVE, S.ORALLY_AGREED, S.PERFORMING, S.CONFIRMATION_WITHDRAWN,
            S.CONFIRMATION_NOT_ACCEPTED),
           S.CONFIRMATION_PREPARED, {"PML_33", "CPL_205"}, {D.CONFIRMATION_APPLICATION},
           {C.EVERYONE_WANTS_CONFIRMATION, C.WITHIN_WINDOW, C.CONFIRMABLE, C.COURT_COMPETENT,
            C.TERMS_WRITTEN, C.ANOTHER_COURT}),
    "20": (T.FILE_APPLICATION, (S.CONFIRMATION_PREPARED,), S.CONFIRMATION_FILED, {"CPL_85", "CPL_205"},
           set(), {C.FILED_IN_TIME}),
    "21": (T.ACCEPT_APPLICATION, (S.CONFIRMATION_FILED,), S.CONFIRMATION_ACCEPTED, {"SPC11_4"}, set(),
           {C.COURT_NUMBER_KNOWN}),
    "22a": (T.COURT_DOES_NOT_ACCEPT, (S.CONFIRMATION_FILED, S.CONFIRMATION_ACCEPTED),
            S.CONFIRMATION_NOT_ACCEPTED, {"INT_355"}, set(), {C.NOT_ACCEPTANCE_GROUND}),
    "22b": (T.REJECT, (S.CONFIRMATION_ACCEPTED,), S.CONFIRMATION_REFUSED, {"INT_358", "CPL_206"}, set(),
            {C.REFUSAL_GROUND}),
    "23": (T.WITHDRAW_APPLICATION, (S.CONFIRMATION_FILED, S.CONFIRMATION_ACCEPTED),
           S.CONFIRMATION_WITHDRAWN, {"INT_357"}, set(), {C.WITHDRAWAL_RECORDED}),
    "24": (T.CONFIRM, (S.CONFIRMATION_ACCEPTED,), S.CONFIRMED, {"CPL_206"}, set(), {C.RULING_VALID}),
    "25": (T.REMEDIATE,
           (S.CONFIRMATION_REFUSED, S.CONFIRMATION_NOT_ACCEPTED, S.CONFIRMATION_SET_ASIDE),
           S.MEDIATING, {"CPL_206", "PML_33"}, set(), {C.EVERYONE_WOULD_REMEDIATE}),
    "26": (T.TAKE_TO_COURT,
           (S.EFFECTIVE, S.ORALLY_AGREED, S.PERFORMING, *BEFORE_THE_RULING,
            S.CONFIRMATION_SET_ASIDE, S.TERMINATED),
           S.TO_COURT, {"CPL_206", "PML_26", "PML_32"}, {D.OTHER_WAYS_NOTICE}, set()),
    "27": (T.BEGIN_PERFORMANCE,
           (S.CONFIRMATION_WITHDRAWN, S.CONFIRMATION_NOT_ACCEPTED, S.CONFIRMATION_REFUSED),
           S.PERFORMING, {"PML_31"}, set(), set()),
    "27b": (T.RESUME_PERFORMANCE, (S.BREACH,), S.PERFORMING, {"PML_31"}, set(), {C.PAID_OR_NEW_DATE}),
    "28": (T.DECLARE_BREACH, (S.PERFORMING,), S.BREACH, {"PML_31"}, {D.URGING_LETTER},
           {C.SOMETHING_OVERDUE, C.URGED}),
    "29": (T.TAKE_TO_COURT, (S.BREACH,), S.TO_COURT, {"PML_32", "CPL_225"}, {D.OTHER_WAYS_NOTICE}, set()),
    "29b": (T.REMEDIATE, (S.BREACH,), S.MEDIATING, set(), set(), {C.EVERYONE_WOULD_REMEDIATE}),
    "30": (T.BEGIN_PERFORMANCE, (S.CONFIRMED,), S.PERFORMING, {"PML_31"}, set(), set()),
    "31": (T.SEEK_ENFORCEMENT, (S.BREACH,), S.ENFORCEMENT, {"CPL_206", "CPL_250", "INT_460"}, set(),
           {C.CONFIRMED_BY_COURT, C.WITHIN_ENFORCEMENT}),
    "32": (T.SET_ASIDE, (S.CONFIRMED, S.PERFORMING, S.BREACH, S.ENFORCEMENT, S.PERFORMED),
           S.CONFIRMATION_SET_ASIDE, {"INT_372"}, set(), {C.CONFIRMED_BY_COURT, C.SET_ASIDE_RECORDED}),
    "33": (T.CLOSE, ENDS, S.CLOSED, {"PML_27", "PML_31"}, {D.RETURN_VISIT_RECORD}, {C.VISITED_OR_EXCUSED}),
    "33b": (T.REOPEN, (S.CLOSED,), S.MEDIATING, {"PML_31"}, set(), {C.WITHIN_REOPENING, C.NEW_OWNER}),
    "34": (T.ARCHIVE, (S.CLOSED,), S.ARCHIVED, {"PML_27", "ARC_13"}, set(),
           {C.PAPERS_COMPLETE, C.RETENTION_CHOSEN}),
}
# fmt: on


@pytest.mark.parametrize("number", NEEDED)
def test_the_rows_do_what_the_law_needs(number: str) -> None:
    move, sources, target, basis, papers, guards = NEEDED[number]
    row = move.value
    assert set(sources) <= set(row.sources)
    assert row.target is target
    assert basis <= set(row.basis), "articles missing"
    assert papers <= set(row.papers), "papers missing"
    assert guards <= set(row.guards), "conditions missing"


def test_what_the_rows_add_is_known() -> None:
    """Moves that no line asks for: each is a step back or aside, towards less and never more."""
    assert set(T) - {row[0] for row in NEEDED.values()} == {
        T.REVISE_AGREEMENT, T.RETURN_ESCALATED, T.DROP_CONFIRMATION, T.RETURN_FOR_CORRECTION,
    }  # fmt: skip


def test_stages_that_a_line_does_not_name_are_known() -> None:
    named: dict[T, set[Stage]] = {}
    for move, sources, *_ in NEEDED.values():
        named.setdefault(move, set()).update(sources)
    more = {m: set(m.value.sources) - named[m] for m in named if set(m.value.sources) - named[m]}
    # Leaving is never narrower than the law; performance is also proved after breach or enforcement.
    assert more == {
        T.TAKE_TO_COURT: {*BEFORE_EFFECT, S.DONE_ON_SPOT, S.CONFIRMED},
        T.DECLARE_PERFORMED: {S.BREACH, S.ENFORCEMENT},
    }
