"""The walker: drives one dispute through the real services, each act by the person whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

from mediation.clock import Clock, local
from mediation.models import disputes
from mediation.models.database import db
from mediation.permissions import Actor
from mediation.roles import Role
from mediation.seeds.county import PEOPLE, County
from mediation.seeds.roads import Goal, Standing, barred_for, road
from mediation.seeds.story import Duty, Story
from mediation.services import disputes as registering
from mediation.services import facts, transitions
from mediation.services.acts import Hand
from mediation.services.volumes import Volume, open_volume
from mediation.workflow.facts import Facts
from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition
from mediation.workflow.words import Channel

__all__ = ["Duty", "Movable", "Story", "Stuck", "Walker", "dispute_at"]

_EVENING = 18
# A person speaks a few minutes; a move is made on another day.
_BETWEEN_ACTS = 7
_REASON = "样张：演示这一步怎么走。"
# What is said of moves whose paper prints a reason; a story may say something else.
_REASONS = {
    Transition.EXTEND: "双方还要核对单据",
    Transition.WITHDRAW: "双方自己商量好了",
    Transition.LEAVE: "一方不想再谈",
}


class Movable(Protocol):
    """A clock that somebody moves; it is never moved back."""

    @property
    def clock(self) -> Clock: ...

    def tick(self, **length: float) -> None: ...


class Stuck(RuntimeError):
    """A condition that no record of today can make true."""


class Walker:
    """One dispute on its way. `on_own_page`: parties leave by themselves, with their case code."""

    def __init__(
        self, county: County, moving: Movable, story: Story, *, pace: int = 1, practice: bool = True
    ) -> None:
        self.county, self.moving, self.story = county, moving, story
        self.pace, self.practice = pace, practice
        self.reference = ""
        self.ahead: tuple[Transition, ...] = ()
        self._actors: dict[str, Actor] = {}
        self._known: Volume | None = None

    # Who acts.

    def hand(self, login: str) -> Hand:
        """Somebody about to act: what was read before counts no longer."""
        self._known = None
        return Hand(self.actor(login), self.moving.clock)

    def actor(self, login: str) -> Actor:
        """Nobody changes post while a story is told."""
        if login not in self._actors:
            self._actors[login] = self.county.actor(login)
        return self._actors[login]

    def keeper(self) -> Hand:
        """The mediator who has it, or the one it would be given to."""
        mediator = self._dispute().mediator
        return self.hand(mediator.login if mediator else self.crew(Role.MEDIATOR)[0])

    def chair(self) -> Hand:
        return self.hand(self.crew(Role.COMMITTEE_CHAIR)[0])

    def court(self) -> Hand:
        return self.hand(next(p.login for p in PEOPLE if p.posts[0][0] is Role.COURT_LIAISON))

    def party(self, number: int = 0) -> Hand:
        """A party by their case code."""
        dispute = self._dispute()
        row = dispute.parties[number]
        actor = Actor(name=row.name, party_id=row.id, dispute_id=dispute.id)
        self._known = None
        return Hand(actor, self.moving.clock)

    def crew(self, role: Role) -> list[str]:
        """Logins of the committee that has it now; where it has no mediator its chair mediates."""
        committee = self._dispute().committee_id
        seat = next(name for name, id_ in self.county.committees.items() if id_ == committee)
        held = [p.login for p in PEOPLE if (role, seat) in p.posts]
        return held or self.crew(Role.COMMITTEE_CHAIR)

    # What is known.

    def _dispute(self) -> disputes.Dispute:
        return self.volume().dispute

    def volume(self) -> Volume:
        """Everything recorded so far; what was read belongs to no session any more."""
        today = self.moving.clock.today()
        if self._known is None or self._known.today != today:
            found = disputes.find(self.reference, by=self.actor(self._who))
            assert found is not None, "the walker lost its dispute"
            self._known = open_volume(found, today)
            db.session.expunge_all()
            db.session.rollback()
        return self._known

    def read_anew(self) -> Volume:
        """The same, when somebody else may have changed it meanwhile."""
        self._known = None
        return self.volume()

    @property
    def _who(self) -> str:
        """The county's own office sees every dispute of the county."""
        return next(p.login for p in PEOPLE if p.posts[0][0] is Role.COUNTY_MANAGER)

    @property
    def stage(self) -> Stage:
        return self._dispute().stage

    def facts(self) -> Facts:
        return facts.facts_of(self.volume())

    # The walk.

    def register(self) -> str:
        """The first act: somebody comes, or a grid worker brings it."""
        dispute = registering.register(self._registration(), by=self._registrar())
        self.reference = dispute.reference
        self.pause()
        return self.reference

    def _registrar(self) -> Hand:
        """A grid worker for what was found on the round; else somebody of the nearest committee."""
        place = self.story.place
        grid = [p.login for p in PEOPLE if (Role.GRID_WORKER, place) in p.posts]
        if grid and self.story.channel is Channel.GRID:
            return self.hand(grid[0])
        return self.hand(_nearest(place))

    def _registration(self) -> registering.Registration:
        told = self.story
        return registering.Registration(
            title=told.title,
            dispute_type=told.dispute_type,
            everyday_kind=told.everyday_kind,
            place_id=self.county.places[told.place],
            parties=told.parties,
            initiation=told.initiation,
            channel=told.channel,
            urgency=told.urgency,
            facts=told.facts,
            claims=told.claims,
            practice=self.practice,
        )

    def go(self, *goals: Goal) -> Walker:
        """Go to each goal in turn by the shortest road. Raises NoRoad and Stuck."""
        if not self.reference:
            self.register()
        return self.follow(self.road(goals))

    def road(self, goals: Iterable[Goal]) -> tuple[Transition, ...]:
        volume = self.volume()
        standing = Standing(volume.dispute.stage, facts.confirmed_by_court(volume))
        return road(standing, goals, barred_for(self.story))

    def follow(
        self, moves: Sequence[Transition], *, at: Callable[[Transition], object] = lambda _: None
    ) -> Walker:
        """Make each move in turn; `at` is called before it."""
        for number, move in enumerate(moves):
            self.ahead = tuple(moves[number:])
            at(move)
            self.take(move)
        return self

    def take(self, move: Transition) -> None:
        """Do what the move still needs, then make it, unless an act was the move itself."""
        from mediation.seeds.doings import ACTS, after, before, moves_by_itself

        before(self, move)
        facts_now = self.facts()
        for condition in sorted(move.value.guards, key=moves_by_itself):
            if not condition.met(facts_now):
                ACTS[condition](self)
                self.pause()
                facts_now = self.facts()
        if self._last_move() is not move:
            self._make(move)
        after(self, move)
        self.pause(days=self.pace)

    def _last_move(self) -> Transition | None:
        """The newest move, if it was made in this very minute."""
        volume = self.volume()
        newest = volume.events[-1]
        fresh = self.moving.clock.now() - newest.recorded_at <= timedelta(minutes=_BETWEEN_ACTS)
        return Transition[newest.act] if fresh and newest.to_stage else None

    def _make(self, move: Transition) -> None:
        usual = _REASONS.get(move, _REASON if move.value.asks_reason else "")
        note = self.story.reasons.get(move.name, usual)
        transitions.make(self.reference, move, by=self._mover(move), note=note)

    def _mover(self, move: Transition) -> Hand:
        """Who makes it: a party leaves for themselves; what is a chair's or a court's is theirs."""
        roles = move.value.roles
        if Role.PARTY in roles and move in (Transition.LEAVE, Transition.WITHDRAW):
            return self.party()
        if Role.MEDIATOR in roles:
            return self.keeper()
        return self.court() if Role.COURT_LIAISON in roles else self.chair()

    def pause(self, days: float = 0) -> None:
        """Time goes on; nobody works at night."""
        self.moving.tick(days=days, minutes=_BETWEEN_ACTS)
        if local(self.moving.clock.now()).hour >= _EVENING:
            self.moving.tick(hours=24 - _EVENING + 9)

    def plans(self, move: Transition) -> bool:
        return move in self.ahead

    def as_story(self, **changes: object) -> Story:
        return replace(self.story, **changes)  # type: ignore[arg-type]


def _nearest(place: str) -> str:
    """Who registers at the nearest committee: its mediator, else its chair."""
    from mediation.seeds.county import PLACES

    above = {p.name: p.under for p in PLACES}
    while place:
        for role in (Role.MEDIATOR, Role.COMMITTEE_CHAIR):
            for person in PEOPLE:
                if (role, place) in person.posts:
                    return person.login
        place = above[place]
    raise LookupError("no committee serves this place")


def dispute_at(
    stage: Stage,
    *,
    county: County,
    moving: Movable,
    story: Story | None = None,
    via: Iterable[Goal] = (),
) -> str:
    """A dispute that stands at that stage, over the given waypoints; its reference."""
    if story is None:
        from mediation.seeds.stories import STORIES

        story = STORIES[0].story
    return Walker(county, moving, story).go(*via, stage).reference
