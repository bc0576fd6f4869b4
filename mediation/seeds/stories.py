"""The stories of the practice county, planted so that everybody who works there finds work today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mediation.clock import CHINA, Clock
from mediation.seeds import doings
from mediation.seeds.county import County
from mediation.seeds.doings.papers import ON_REQUEST, Printing
from mediation.seeds.moving import Steps
from mediation.seeds.roads import Goal
from mediation.seeds.story import Story
from mediation.seeds.tales_town import (
    BALCONY_FLOWERS,
    BALL_GAME,
    BROADBAND,
    COUNTER_DEBT,
    DANCE_MUSIC,
    ESTATE_FEES,
    FACTORY_WAGES,
    LATE_GOODS,
    SHARED_RENT,
    SHOP_FIGHT,
)
from mediation.seeds.tales_village import (
    BOUNDARY_STONE,
    DAM_WATER,
    DRIPPING_EAVES,
    DUCK_POND,
    FIELD_PATH,
    FOUR_CHILDREN,
    LENT_MONEY,
    OLD_HOUSE,
    PLUM_TREES,
    ROAD_ACCIDENT,
    WELL_WATER,
)
from mediation.seeds.walk import Walker
from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition
from mediation.workflow.words import Answer, Question, SittingResult

S, T = Stage, Transition


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A story, when it was registered, how far it has come, and what was recorded last.

    `pace` is the days between two moves; what remains of `ago` is how long nothing has happened.
    `prints` is for a whole volume: every paper that somebody may ask for is in it.
    """

    story: Story
    ago: int
    goals: tuple[Goal, ...] = ()
    pace: int = 1
    then: Callable[[Walker], None] | None = None
    prints: bool = False


def _deny(w: Walker) -> None:
    """One says that it is not so: somebody has to look into it."""
    doings.ask_one(w, 0, Question.TRUE, Answer.YES)
    doings.ask_one(w, 1, Question.TRUE, Answer.NOT_SO)


def _persuaded_once(w: Walker) -> None:
    doings.persuade(w)


def _sat_once(w: Walker) -> None:
    doings.sit(w, SittingResult.CONTINUE)


def _paid_in_part(w: Walker) -> None:
    doings.pay_part(w)


def _half_signed(w: Walker) -> None:
    """The first has signed; the others come tomorrow."""
    doings.sign_first(w)


# fmt: off
# One row a story, the oldest first: numbers then follow the calendar.
STORIES: tuple[Seed, ...] = (
    Seed(
        story=DUCK_POND, ago=120, pace=2, prints=True,
        goals=(T.BEGIN_PERSUASION, T.MAKE_EFFECTIVE, S.PERFORMED, S.ARCHIVED),
    ),
    Seed(story=ROAD_ACCIDENT, ago=80, goals=(S.CONFIRMED, S.PERFORMED, S.CLOSED), pace=2),
    Seed(story=LATE_GOODS, ago=75, goals=(S.MEDIATING, T.TERMINATE, S.TO_COURT), pace=4),
    Seed(story=ESTATE_FEES, ago=62, goals=(T.MAKE_EFFECTIVE, S.BREACH), pace=2),
    Seed(story=FIELD_PATH, ago=45, goals=(S.MEDIATING,), pace=12, then=_sat_once),
    Seed(story=OLD_HOUSE, ago=40, goals=(S.CONFIRMATION_REFUSED,), pace=3),
    Seed(story=BROADBAND, ago=38, goals=(S.REFERRED,)),
    Seed(story=LENT_MONEY, ago=30, goals=(T.MAKE_EFFECTIVE, S.CONFIRMED, S.PERFORMING), pace=2, then=_paid_in_part),
    Seed(story=DANCE_MUSIC, ago=21, goals=(S.MEDIATING,), pace=2),
    Seed(story=COUNTER_DEBT, ago=19, goals=(S.CONFIRMATION_ACCEPTED,)),
    Seed(story=WELL_WATER, ago=17, goals=(S.MEDIATING, S.WITHDRAWN), pace=2),
    Seed(story=SHOP_FIGHT, ago=14, goals=(S.NOT_ACCEPTED,)),
    Seed(story=FOUR_CHILDREN, ago=12, goals=(T.MAKE_EFFECTIVE, S.PERFORMING)),
    Seed(story=FACTORY_WAGES, ago=11, goals=(S.CONFIRMATION_FILED,)),
    Seed(story=BOUNDARY_STONE, ago=9, then=_deny),
    Seed(story=DAM_WATER, ago=7, goals=(S.ESCALATED,)),
    Seed(story=BALL_GAME, ago=6, goals=(S.SIGNING,), then=_half_signed),
    Seed(story=PLUM_TREES, ago=4, goals=(S.PERSUADING,), then=_persuaded_once),
    Seed(story=SHARED_RENT, ago=3, goals=(S.MEDIATING,)),
    Seed(story=BALCONY_FLOWERS, ago=2),
    Seed(story=DRIPPING_EAVES, ago=1),
)
# fmt: on


def plant_stories(county: County, clock: Clock) -> dict[str, str]:
    """Walk every story as far as it has come today; the reference of each, by its title."""
    return {seed.story.title: _plant(seed, county, clock) for seed in STORIES}


def _plant(seed: Seed, county: County, clock: Clock) -> str:
    walker = Walker(county, Steps(_morning(clock, seed.ago), clock), seed.story, pace=seed.pace)
    walker.register()
    printing = Printing(walker, ON_REQUEST if seed.prints else ())
    walker.follow(walker.road(seed.goals), at=printing)
    if seed.then is not None:
        seed.then(walker)
    return walker.reference


def _morning(clock: Clock, ago: int) -> datetime:
    day = clock.now().astimezone(CHINA) - timedelta(days=ago)
    return day.replace(hour=9, minute=20, second=0, microsecond=0)
