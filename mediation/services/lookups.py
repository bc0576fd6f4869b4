"""Entering with a case code 凭案件码进入: limited by code and by source, one answer for every wrong pair."""

from __future__ import annotations

from mediation import codes
from mediation.clock import Clock
from mediation.models import database, history
from mediation.models.database import db
from mediation.services import sign_ins, slips

TRIES_PER_CODE, TRIES_PER_SOURCE = 5, 20
_WHAT = "case_code"


def enter(code: str, second: str, *, source: str, clock: Clock) -> str | None:
    """The secret of a new sign-in for the party whose code this is, or None.

    Raises TooManyTries. A code that cannot be one counts as a wrong try like any other.
    """
    sign_ins.count_try(
        _WHAT, _named(code), source, clock, per_subject=TRIES_PER_CODE, per_source=TRIES_PER_SOURCE
    )
    party_id = _recognised(code, second)
    if party_id is None:
        return None
    with database.transaction():
        sign_ins.forget_tries(_WHAT, _named(code), source)
        history.audit(history.AuditEntry(at=clock.now(), party_id=party_id, act="enter_by_code"))
        return sign_ins.begin_for_party(party_id, clock=clock)


def _named(code: str) -> str:
    """One code is one subject however it was typed."""
    try:
        return codes.parse_case_code(code)
    except codes.BadCode:
        return code[:40]


def _recognised(code: str, second: str) -> int | None:
    try:
        party = slips.recognise(code, second)
    except codes.BadCode:
        return None
    number = party.id if party else None
    db.session.rollback()
    return number
