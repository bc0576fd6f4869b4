"""The facts the guards look at: one frozen view of a dispute, without web or database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation.workflow.stages import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Plain answers about one dispute on one day; services work them out from the rows."""

    today: date
    stage: Stage
    # intake
    on_application: bool = True
    sides: int = 0
    everyone_asked: bool = False
    somebody_refuses: bool = False
    somebody_denies: bool = False
    danger_checked: bool = False
    danger_open: bool = False
    taken_elsewhere: bool = False
    mediator_named: bool = False
    conflict_open: bool = False
    rights_told: bool = False
    ground_chosen: bool = False
    referral_named: bool = False
    accepted: bool = False
    # persuasion
    persuasion_agreed: bool = False
    persuasion_results: int = 0
    mediation_asked_for: bool = False
    persuasion_due_on: date | None = None
    # mediation
    sittings_held: int = 0
    inquiries_held: int = 0
    evidence_kept: int = 0
    mediation_due_on: date | None = None
    extension_agreed: bool = False
    escalation_named: bool = False
    escalation_agreed: bool = False
    termination_reason_given: bool = False
    # agreement
    oral_allowed: bool = True
    terms_recorded: bool = False
    terms_written: bool = False
    terms_complete: bool = False
    status_or_ownership_declared: bool = False
    capacity_settled: bool = True
    confirmation_asked: bool = False
    everyone_signed: bool = False
    mediator_signed: bool = False
    sealed: bool = False
    # performance
    obligations: int = 0
    everything_proved: bool = False
    something_overdue: bool = False
    urged: bool = False
    # confirmation
    everyone_wants_confirmation: bool = False
    effective_on: date | None = None
    confirmation_due_on: date | None = None
    confirmable: bool = True
    court_competent: bool = False
    filed_on: date | None = None
    first_filed_on: date | None = None
    corrections_named: bool = False
    court_number: bool = False
    not_acceptance_ground: bool = False
    another_court_open: bool = False
    refusal_ground: bool = False
    withdrawal_recorded: bool = False
    ruling_valid: bool = False
    confirmed_by_court: bool = False
    enforcement_due_on: date | None = None
    set_aside_recorded: bool = False
    everyone_would_remediate: bool = False
    # the end
    visited_or_excused: bool = False
    reopening_due_on: date | None = None
    new_owner: bool = False
    papers_complete: bool = False
    papers_issued: int = 0
    retention_chosen: bool = False
