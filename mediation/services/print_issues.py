"""The first half of some print runs: a paper of one kind issued for each of many cases, each once."""

from __future__ import annotations

from collections.abc import Iterable

from mediation.clock import Clock
from mediation.errors import AlreadyDone, NotFound, Refused, Stale
from mediation.models import accounts, database, disputes, print_runs
from mediation.models.database import db
from mediation.models.print_runs import ItemState, PrintRun
from mediation.services import paper_requests, print_choices
from mediation.services.acts import Hand, Token
from mediation.services.paper_requests import RequestAnswers
from mediation.services.sign_ins import actor_for
from mediation.wording import Text
from mediation.workflow.documents import Document
from mediation.workflow.words import Side

_AT_ONCE = 10
_NOT_YOURS = Text("这件不归您管了", "this case is not yours any more")
NO_ACCOUNT = Text(
    "发起这一批的账号停用了，先停下。请在用的账号另起一批。",
    "The account that began this run is switched off, so it is paused. Begin another from one that is "
    "in use.",
)


class NobodyLeft(Exception):
    """Nobody is there any more in whose name papers are issued."""


def issue_next(run: PrintRun, clock: Clock) -> bool:
    """A few more cases; whether there were any. Raises NobodyLeft."""
    rows = [(r.id, r.dispute_id) for r in print_runs.cases_in(run.id, ItemState.WAITING, _AT_ONCE)]
    db.session.rollback()
    if not rows:
        return False
    hand = _hand(run, clock)
    for case_id, dispute_id in rows:
        _issue(run, case_id, dispute_id, hand)
    return True


def _hand(run: PrintRun, clock: Clock) -> Hand:
    """Who began the run, with the posts they hold today."""
    account = accounts.account_by_id(run.by_id)
    if account is None or not account.active:
        db.session.rollback()
        raise NobodyLeft
    actor = print_choices.printer(actor_for(account, clock))
    db.session.rollback()
    return Hand(actor, clock)


def _issue(run: PrintRun, case_id: int, dispute_id: int, hand: Hand) -> None:
    """The form's token makes it happen once: whoever was killed right after it finds what was made."""
    document = Document[run.issue_kind.upper()]
    if not _begin(case_id, hand):
        return
    token = Token(f"print-case:{run.reference}:{case_id}")
    try:
        reference, answers = _asked(dispute_id, hand)
        own = Hand(hand.actor, hand.clock, token, public_address=hand.public_address)
        paper_requests.request_paper(reference, document, answers, by=own)
    except AlreadyDone:
        pass
    except Stale:
        return  # somebody is at work on the case this very moment: the next step tries it again
    except NotFound:
        _settle(case_id, run, failure=_NOT_YOURS)
        return
    except Refused as refusal:
        _settle(case_id, run, failure=_joined(refusal.reasons))
        return
    _settle(case_id, run, hand=hand)


def _begin(case_id: int, hand: Hand) -> bool:
    """Say when it was taken in hand; False where somebody has settled it."""
    with database.transaction():
        case = print_runs.case_by_id(case_id)
        if case is None or case.state is not ItemState.WAITING:
            return False
        case.begun_at = case.begun_at or hand.now
    return True


def _asked(dispute_id: int, hand: Hand) -> tuple[str, RequestAnswers]:
    """The case and all of its parties: whoever a paper of this kind is for."""
    dispute = disputes.find_by_id(dispute_id, by=hand.actor)
    db.session.rollback()
    if dispute is None:
        raise NotFound
    parties = tuple(p.id for p in dispute.parties if p.side is not Side.THIRD)
    return dispute.reference, RequestAnswers(parties=parties)


def _settle(
    case_id: int, run: PrintRun, *, hand: Hand | None = None, failure: Text | None = None
) -> None:
    """The letters of this case join the run in the transaction that says it is done."""
    with database.transaction():
        case = print_runs.case_by_id(case_id)
        if case is None or case.state is not ItemState.WAITING:
            return
        if failure is not None:
            case.state, case.failure = ItemState.FAILED, f"{failure.zh}\n{failure.en}"
            return
        assert hand is not None
        assert case.begun_at is not None
        made = print_runs.issued_since(case.dispute_id, run.issue_kind, case.begun_at, hand.name)
        position, _ = print_runs.last_item(run.id)
        print_runs.add_items(run.id, made, volume_size=run.volume_size, first=position + 1)
        case.state, case.failure = ItemState.DONE, ""


def _joined(reasons: Iterable[Text]) -> Text:
    found = list(reasons)
    return Text("；".join(r.zh for r in found), "; ".join(r.en for r in found))
