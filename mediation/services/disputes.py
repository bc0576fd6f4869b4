"""Registering a dispute, and what is said about it as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mediation import codes
from mediation.errors import Invalid, NotAllowed
from mediation.models import database, places
from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.permissions import Permission, may
from mediation.services import acts, papers
from mediation.services.acts import Hand, append_event, past_day, use_up
from mediation.services.parties import PartyAnswers, add_party
from mediation.services.volumes import open_volume
from mediation.wording import Text
from mediation.workflow import dispute_types
from mediation.workflow.stages import INITIAL
from mediation.workflow.transitions import Transition
from mediation.workflow.words import Channel, Initiation, PlaceKind, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What is asked on the registration page. `place_id` is where it happened, its committee handles it.

    `parties` holds at least the one who speaks; the other side may follow later.
    """

    title: str
    dispute_type: str
    place_id: int
    parties: tuple[PartyAnswers, ...]
    everyday_kind: str = ""
    initiation: Initiation = Initiation.APPLICATION
    channel: Channel = Channel.COUNTER
    urgency: Urgency = Urgency.ORDINARY
    facts: str = ""
    claims: str = ""
    happened_on: date | None = None
    harm_known_on: date | None = None
    court_invited: bool = False
    committee_id: int | None = None
    import_id: int | None = None
    registered_on: date | None = None
    practice: bool = False
    # Where it was written before, for the history: a file and its row.
    source: str = ""


def register(answers: Registration, *, by: Hand) -> Dispute:
    """Register one dispute. The day of registering interrupts limitation only for the right-holder (LIM 12)."""
    verdict = may(by.actor, Permission.REGISTER_DISPUTE)
    if not verdict.allowed:
        raise NotAllowed(verdict.sentence)
    try:
        with database.transaction():
            acts.refuse_second_use(by)
            dispute = register_in(answers, by=by)
            use_up(by, dispute.reference)
            return dispute
    except database.Conflict as conflict:
        raise acts.explained(by, conflict) from conflict


def register_in(answers: Registration, *, by: Hand) -> Dispute:
    """The same inside a transaction that has begun (imports register many in one)."""
    dispute = _opened(answers, by)
    db.session.add(dispute)
    db.session.flush()
    for person in answers.parties:
        add_party(dispute, person, by=by)
    refresh_party_names(dispute)
    db.session.flush()
    append_event(
        dispute, by, Transition.REGISTER.name,
        on=dispute.registered_on, to_stage=INITIAL, note=answers.channel.value.zh,
        detail=answers.source,
    )  # fmt: skip
    db.session.flush()
    # Nobody stands at the counter to take an imported case's papers: slips are made when asked for.
    if answers.import_id is None:
        papers.issue_for(
            open_volume(dispute, by.today), Transition.REGISTER, by, dispute.registered_on, ""
        )
    return dispute


def _opened(answers: Registration, by: Hand) -> Dispute:
    kind = dispute_types.dispute_type(answers.dispute_type)
    where = {p.kind.name.lower(): p.id for p in places.lineage(answers.place_id)}
    if "county" not in where:
        raise Invalid("place_id", Text("请选事情发生在哪里。", "Choose where it happened."))
    committee = _committee(answers, by)
    _check_reach(answers, by, committee)
    return Dispute(
        reference=codes.new_reference(),
        title=answers.title,
        dispute_type=kind.code,
        type_list=dispute_types.LIST_VERSION,
        everyday_kind=answers.everyday_kind,
        initiation=answers.initiation,
        channel=answers.channel,
        urgency=answers.urgency,
        facts=answers.facts,
        claims=answers.claims,
        happened_on=answers.happened_on,
        harm_known_on=answers.harm_known_on,
        court_invited=answers.court_invited or answers.channel is Channel.COURT,
        place_id=answers.place_id,
        county_id=where["county"],
        township_id=where.get("township") or where.get("street"),
        community_id=where.get("village") or where.get("community"),
        grid_id=where.get("grid"),
        committee=committee,
        opened_by_id=by.actor.account_id,
        registered_on=past_day("registered_on", answers.registered_on, by=by),
        touched_at=by.now,
        practice=answers.practice,
        import_id=answers.import_id,
        parties=[],
    )


def _committee(answers: Registration, by: Hand) -> places.Committee:
    """The committee named, or the one nearest above the place where it happened."""
    if answers.committee_id is not None:
        named = places.committee(answers.committee_id)
        if named is not None:
            return named
    return committee_over(answers.place_id)


def committee_over(place_id: int) -> places.Committee:
    """The committee nearest above a place. Raises Invalid where there is none."""
    for place in reversed(places.lineage(place_id)):
        here = places.committee_at(place.id)
        if here is not None:
            return here
    raise Invalid(
        "place_id",
        Text(
            "这个地方还没有调解委员会。请选别的地方，或告诉镇街管理员。",
            "No committee serves this place yet. Choose another, or tell the township manager.",
        ),
    )


def _check_reach(answers: Registration, by: Hand, committee: places.Committee) -> None:
    """One registers only for places one works in."""
    path = places.lineage(answers.place_id)[-1].path
    for post in by.actor.posts:
        if post.role in Permission.REGISTER_DISPUTE.value.roles and (
            path.startswith(post.place_path) or post.committee_id == committee.id
        ):
            return
    raise Invalid(
        "place_id",
        Text("这个地方不归你登记。请选你负责的地方。", "You do not register for that place."),
    )


def refresh_party_names(dispute: Dispute) -> None:
    """Lists show the names without loading the parties."""
    dispute.party_names = joined_names(p.name for p in dispute.parties)


def joined_names(names: Iterable[str]) -> str:
    said = "、".join(names)
    return said if len(said) <= 200 else said[:199] + "…"


def places_to_register(*, by: Hand) -> list[places.Place]:
    """Every place this person may register for, in the order of the tree."""
    roles = Permission.REGISTER_DISPUTE.value.roles
    paths = {p.place_path for p in by.actor.posts if p.role in roles}
    found = {p.id: p for path in sorted(paths) for p in places.places_under(path)}
    return [p for p in found.values() if p.kind is not PlaceKind.COUNTY]
