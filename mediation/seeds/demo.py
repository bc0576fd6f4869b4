"""The demonstration: every case driven through the real services to an end, and its papers drawn."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from mediation import bootstrap, jobs
from mediation.clock import CHINA, Clock
from mediation.errors import Refused
from mediation.models.database import db
from mediation.models.history import Event
from mediation.models.papers import Paper
from mediation.seeds import county, endings, first, real_cases
from mediation.seeds.county import County
from mediation.seeds.doings.papers import ON_REQUEST, Printing
from mediation.seeds.moving import Steps
from mediation.seeds.real_cases import Told
from mediation.seeds.walk import Walker
from mediation.services.paper_files import file_of, kind_label
from mediation.wording import Text
from mediation.workflow.documents import Document
from mediation.workflow.stages import INITIAL
from mediation.workflow.transitions import Transition

if TYPE_CHECKING:
    from flask import Flask

# The longest road takes less than this; nothing is dated in the future.
_BEFORE = timedelta(days=330)
# Every case asks for a third of the papers on request: over the cases each is seen many times.
_SHARE = 3

# Their lists say how many pages the papers before them have, so those are drawn first.
_LISTS = {Document.HANDOVER_LIST, Document.REFERRAL_LETTER}

NOT_OURS = Text(
    "这里已经有真实的数据，演示要另用一个空的实例。请设 MEDIATION_INSTANCE 指到一个新文件夹。",
    "There is real data here. Give the demonstration an instance of its own: set "
    "MEDIATION_INSTANCE to a new folder.",
)
SKIPPED = Text("跳过 {id}：{reason}", "skipped {id}: {reason}")
WALKED = Text(
    "[{n}/{all}] {id} → {end}，文书 {papers} 份", "[{n}/{all}] {id} → {end}, {papers} papers"
)
DONE = Text(
    "{cases} 件案子，{papers} 份文书，在 {out}。走到的终点：{ends}。",
    "{cases} cases, {papers} papers, in {out}. Ends reached: {ends}.",
)
STUCK = Text("{id} 没有走完：{reason}", "{id} did not arrive: {reason}")
ILLEGAL = Text("{id} 的第 {n} 步不合规则", "{id}: step {n} is not in the book")
NOT_DRAWN = Text("{id} 的{kind}没有画出来：{reason}", "{id}: {kind} was not drawn: {reason}")
NOTHING = Text("没有一件案子可以演示。", "There is no case to show.")


@dataclass(frozen=True, slots=True)
class Kept:
    """One paper as a file."""

    kind: str
    number: str
    file: str
    pages: int
    sha256: str
    language: str


@dataclass(slots=True)
class Shown:
    """One case as it was walked."""

    id: str
    reference: str
    path: tuple[str, ...] = ()
    papers: tuple[Kept, ...] = ()


def run(app: Flask, *, out: Path, cases: Path | None, as_json: bool) -> list[Shown]:
    """Walk every case, write its papers under `out`, and say what was done.

    Raises Refused with everything that went wrong, after all else is written.
    """
    out.mkdir(parents=True, exist_ok=True)
    wrong: list[Text] = []
    with app.app_context():
        told = list(_told(cases))
        walked = _walk_all(
            _own_county(app), told, app.extensions["clock"], wrong, lambda: jobs.run_due(app)
        )
        for one, walker in walked:
            _check_and_keep(one, walker, out, wrong)
        shown = [one for one, _ in walked]
    if as_json:
        print(json.dumps([asdict(one) for one in shown], ensure_ascii=False, indent=1))
    _sum_up(shown, out)
    if wrong or not shown:
        raise Refused(*(wrong or [NOTHING]))
    return shown


def _told(cases: Path | None) -> Iterator[Told]:
    if cases is not None:
        yield from real_cases.read(cases)
        return
    from mediation.seeds.stories import STORIES

    for seed in STORIES:
        yield Told(seed.story.title, seed.story)


def _own_county(app: Flask) -> County:
    """The practice county of a throw-away instance; never one that holds somebody's real cases."""
    clock, config = app.extensions["clock"], app.extensions["config"]
    if first.is_empty():
        first.mark_practice(config)
        return county.plant(clock, app.extensions["passwords"])
    if not config.practice_mark.exists():
        raise Refused(NOT_OURS)
    return county.planted(clock)


def _walk_all(
    here: County,
    told: Sequence[Told],
    clock: Clock,
    wrong: list[Text],
    draw: Callable[[], int] = lambda: 0,
) -> list[tuple[Shown, Walker]]:
    for one in told:
        if one.reason is not None:
            bootstrap.say(SKIPPED.with_(id=one.id, reason=one.reason))
    able = [(one.id, one.story) for one in told if one.story is not None]
    ends = endings.spread(story for _, story in able)
    walked = []
    for number, ((name, story), chosen) in enumerate(zip(able, ends, strict=True)):
        walker = Walker(here, Steps(_start(clock, number), clock), story)
        printing = Printing(walker, ON_REQUEST[number % _SHARE :: _SHARE])

        def before(move: Transition, printing: Printing = printing) -> None:
            printing(move)
            if _LISTS & set(move.value.papers):
                draw()

        try:
            walker.register()
            walker.follow(endings.moves_to(chosen, story), at=before)
            printing()
        except Exception as error:
            db.session.rollback()
            wrong.append(STUCK.with_(id=name, reason=f"{type(error).__name__}: {error}"))
            continue
        draw()
        papers, end = len(walker.volume().papers), walker.stage.label
        counted = WALKED.with_(n=number + 1, all=len(able), id=name, end=end, papers=papers)
        bootstrap.say(counted)
        walked.append((Shown(name, walker.reference), walker))
    return walked


def _start(clock: Clock, number: int) -> datetime:
    """A working morning long ago, a little later for each case."""
    begin = clock.now().astimezone(CHINA) - _BEFORE + timedelta(days=number % 30)
    return begin.replace(hour=9, minute=number % 60, second=0, microsecond=0)


def _check_and_keep(one: Shown, walker: Walker, out: Path, wrong: list[Text]) -> None:
    volume = walker.read_anew()
    moves = [event for event in volume.events if event.to_stage is not None]
    one.path = tuple(event.to_stage.name for event in moves if event.to_stage)
    wrong += (ILLEGAL.with_(id=one.id, n=n) for n in illegal_steps(moves))
    one.papers = tuple(_keep(one, volume.papers, out / one.reference, wrong))


def illegal_steps(moves: Sequence[Event]) -> list[int]:
    """The numbers of the steps that the rows do not know, or that do not join the one before."""
    found = [n for n, event in enumerate(moves, start=1) if not _in_the_book(event)]
    found += [
        n
        for n, (before, after) in enumerate(pairwise(moves), start=2)
        if before.to_stage is not after.from_stage
    ]
    return sorted(set(found))


def _in_the_book(event: Event) -> bool:
    if event.act not in Transition.__members__:
        return False
    row = Transition[event.act].value
    if event.from_stage is None:
        return not row.sources and event.to_stage is INITIAL
    return event.from_stage in row.sources and event.to_stage is row.target


def _keep(one: Shown, drawn: Sequence[Paper], folder: Path, wrong: list[Text]) -> Iterator[Kept]:
    folder.mkdir(parents=True, exist_ok=True)
    numbers: Counter[str] = Counter()
    for paper in drawn:
        numbers[paper.kind] += 1
        try:
            content = file_of(paper).content
        except Refused as refusal:
            reason = refusal.reasons[0]
            wrong.append(NOT_DRAWN.with_(id=one.id, kind=kind_label(paper.kind), reason=reason))
            continue
        file = folder / f"{paper.kind}-{numbers[paper.kind]}.pdf"
        file.write_bytes(content)
        sha256 = hashlib.sha256(content).hexdigest()
        yield Kept(
            paper.kind, paper.number, str(file.resolve()), paper.pages, sha256, paper.language
        )


def _sum_up(shown: list[Shown], out: Path) -> None:
    ends = Counter(one.path[-1] for one in shown if one.path)
    total = sum(len(one.papers) for one in shown)
    said = ", ".join(f"{name} {count}" for name, count in ends.most_common())
    bootstrap.say(DONE.with_(cases=len(shown), papers=total, out=out, ends=said))
