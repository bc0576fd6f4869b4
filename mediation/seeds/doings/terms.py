"""Writing down what was agreed, and signing it."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from mediation.seeds.doings.asking import ask
from mediation.seeds.walk import Walker
from mediation.services import (
    agreements,
    parties,
)
from mediation.workflow.transitions import Transition as T
from mediation.workflow.words import (
    Answer,
    Question,
    RepresentativeKind,
    SignerKind,
    SigningWay,
)


def write(w: Walker, *, declares: bool | None = None) -> None:
    told = w.story
    answers = agreements.TermsAnswers(
        facts=told.facts or told.title, issues=told.issues, responsibility=told.responsibility,
        manner=told.manner, spot=told.spot,
        declares_status=told.declares_status if declares is None else declares,
        obligations=tuple(_promised(w)),
    )  # fmt: skip
    agreements.write_terms(w.reference, answers, by=w.keeper())


def _promised(w: Walker) -> list[agreements.ObligationAnswers]:
    rows = w.volume().dispute.parties
    return [
        agreements.ObligationAnswers(
            debtor_id=rows[d.debtor].id,
            creditor_id=rows[d.creditor].id if d.creditor is not None else None,
            what=d.what, amount_fen=d.amount_fen, how=d.how, lasting=d.lasting,
            condition=d.condition, due_on=_due(w, d.within_days),
        )
        for d in w.story.duties
    ]  # fmt: skip


def _due(w: Walker, within: int | None) -> date | None:
    if within is None:
        return None
    on_the_spot = w.ahead[:1] == (T.PERFORM_ON_SPOT,)
    return w.moving.clock.today() + timedelta(days=0 if on_the_spot else within)


def write_without_status(w: Walker) -> None:
    write(w, declares=False)


def name_guardians(w: Walker) -> None:
    """Each child their own: the story names them in the order of the children."""
    wards = [party for party in w.volume().dispute.parties if party.needs_guardian]
    names = w.story.guardian.split("、")
    for party, name in zip(
        wards, itertools.chain(names, itertools.repeat(names[-1])), strict=False
    ):
        if not party.representatives:
            answers = parties.RepresentativeAnswers(
                party_id=party.id, kind=RepresentativeKind.GUARDIAN, name=name,
                tie=w.story.guardian_tie,
            )  # fmt: skip
            parties.record_representative(w.reference, answers, by=w.keeper())


def ask_about_court(w: Walker) -> None:
    """Each says what they want; who will not go to court says no."""
    wanted = w.plans(T.PREPARE_CONFIRMATION)
    ask(w, Question.CONFIRMATION, Answer.YES if wanted else Answer.NO)


def sign(w: Walker, kind: SignerKind, way: SigningWay, party_id: int | None = None) -> None:
    by = w.chair() if kind is SignerKind.SEAL else w.keeper()
    answers = agreements.SignatureAnswers(kind=kind, party_id=party_id, way=way)
    agreements.record_signature(w.reference, answers, by=by)
    w.moving.tick(minutes=1)


def parties_sign(w: Walker) -> None:
    for party in w.volume().disputants:
        sign(w, SignerKind.PARTY, SigningWay.SIGNED_AND_FINGERPRINT, party.id)


def mediator_signs(w: Walker) -> None:
    sign(w, SignerKind.MEDIATOR, SigningWay.SIGNED)


def seal(w: Walker) -> None:
    sign(w, SignerKind.SEAL, SigningWay.SEALED)


def sign_first(w: Walker) -> None:
    party = w.volume().disputants[0]
    sign(w, SignerKind.PARTY, SigningWay.SIGNED_AND_FINGERPRINT, party.id)
