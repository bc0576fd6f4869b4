"""The book of law as pictures: Mermaid diagrams drawn from the rows, one a phase and the ways out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, unique

from mediation.wording import Text
from mediation.workflow.stages import Phase, Stage
from mediation.workflow.transitions import Transition, leaving

# Light grounds under dark ink: legible on a white page and on a black one.
_GROUNDS = {
    Phase.INTAKE: "fill:#eef3ee,stroke:#6b8f71,color:#1f2a22",
    Phase.MORAL_PERSUASION: "fill:#fbf1e3,stroke:#b98a4a,color:#2e2416",
    Phase.MEDIATION: "fill:#eaf1f7,stroke:#5f86ad,color:#182531",
    Phase.JUDICIAL_CONFIRMATION: "fill:#f7ebe9,stroke:#b0645a,color:#321a17",
}
# Room for labels of two languages between the boxes.
_SPACED = '%%{init: {"flowchart": {"nodeSpacing": 90, "rankSpacing": 110, "wrappingWidth": 320}}}%%'
_FILED = (Stage.CLOSED, Stage.ARCHIVED)
_OVER = (Stage.WITHDRAWN, Stage.TERMINATED, Stage.TO_COURT, *_FILED)
# Moves that end the matter, or open its file again: they have a picture of their own.
ENDINGS = tuple(
    t for t in Transition if t.value.target in _OVER or set(t.value.sources) & set(_FILED)
)


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """`stages` are named where a phase has two chapters; the first chapter has all the others."""

    label: Text
    phase: Phase
    stages: tuple[Stage, ...] = ()


@unique
class Chapter(Enum):
    """One picture each. The fourth phase has two: what the court does, and what the parties do."""

    INTAKE = ChapterRow(Phase.INTAKE.label, Phase.INTAKE)
    PERSUASION = ChapterRow(Phase.MORAL_PERSUASION.label, Phase.MORAL_PERSUASION)
    MEDIATION = ChapterRow(Phase.MEDIATION.label, Phase.MEDIATION)
    COURT = ChapterRow(Phase.JUDICIAL_CONFIRMATION.label, Phase.JUDICIAL_CONFIRMATION)
    PERFORMANCE = ChapterRow(
        Text("履行", "Performance"),
        Phase.JUDICIAL_CONFIRMATION,
        (Stage.PERFORMING, Stage.BREACH, Stage.PERFORMED, Stage.ENFORCEMENT, *_FILED),
    )

    @property
    def label(self) -> Text:
        return self.value.label

    @property
    def phase(self) -> Phase:
        return self.value.phase


def chapter_of(stage: Stage) -> Chapter:
    """The chapter that names the stage, else the first one of its phase."""
    named = [c for c in Chapter if stage in c.value.stages]
    return (named or [c for c in Chapter if c.phase is stage.phase])[0]


@dataclass(frozen=True, slots=True)
class Arrow:
    """From node to node; `right` marks a way out that a party always has."""

    source: str
    target: str
    label: Text
    right: bool


def whole() -> str:
    """Every move from every stage in one diagram: complete rather than easy on the eye."""
    lines = []
    for phase in Phase:
        lines.append(f'subgraph {phase.name}["{phase.label.zh} {phase.label.en}"]')
        lines += [f"  {_stage(s)}" for s in Stage if s.phase is phase]
        lines.append("end")
    return _flowchart("TD", lines, _arrows(Transition, lambda stage: stage.name))


def overview() -> str:
    """How one chapter leads into another, and how the file is closed."""
    nodes = [*map(_chapter, Chapter), *map(_stage, _FILED)]
    moves = [t for t in Transition if t.value.target not in _OVER or t.value.target in _FILED]
    arrows = _arrows(moves, lambda s: s.name if s in _FILED else chapter_of(s).name)
    return _flowchart("LR", nodes, [a for a in _merged(arrows) if a.source != a.target])


def of_chapter(chapter: Chapter) -> str:
    """What happens inside, and by which moves one comes and goes; ways out aside."""
    own = {s.name for s in Stage if chapter_of(s) is chapter}
    moves = [t for t in Transition if t not in ENDINGS]
    arrows = [
        arrow
        for arrow in _arrows(moves, lambda s: s.name if s.name in own else chapter_of(s).name)
        if {arrow.source, arrow.target} & own
    ]
    there = {name for arrow in arrows for name in (arrow.source, arrow.target)}
    nodes = [_stage(s) for s in Stage if s.name in there & own]
    nodes += [_chapter(c) for c in Chapter if c is not chapter and c.name in there - own]
    return _flowchart("TD", nodes, _merged(arrows))


def ways_out() -> str:
    """How a matter ends. Stages with the same ways out share a box; an open right is dotted."""
    boxes: dict[tuple[Transition, ...], list[Stage]] = {}
    for stage in Stage:
        if stage not in _OVER and (here := tuple(t for t in leaving(stage) if t in ENDINGS)):
            boxes.setdefault(here, []).append(stage)
    box_of = {s: f"FROM_{stages[0].name}" for stages in boxes.values() for s in stages}
    arrows = [
        Arrow(box_of.get(source, source.name), move.value.target.name, move.label, move.value.exit)
        for move in ENDINGS
        for source in move.value.sources
    ]
    ends = dict.fromkeys(move.value.target for move in ENDINGS)
    nodes = [_box(stages) for stages in boxes.values()] + [_stage(s) for s in ends]
    return _flowchart("LR", nodes, _merged(arrows))


def _arrows(moves: Iterable[Transition], place: Callable[[Stage], str]) -> list[Arrow]:
    """One arrow a move and source; `place` names the node that stands for a stage."""
    return [
        Arrow(place(source), place(move.value.target), move.label, move.value.exit)
        for move in moves
        for source in move.value.sources
    ]


def _merged(arrows: Iterable[Arrow]) -> list[Arrow]:
    """Arrows between the same two nodes become one, with all their names."""
    found: dict[tuple[str, str, bool], list[Text]] = {}
    for arrow in arrows:
        labels = found.setdefault((arrow.source, arrow.target, arrow.right), [])
        if arrow.label not in labels:
            labels.append(arrow.label)
    return [
        Arrow(source, target, _listed(labels), right)
        for (source, target, right), labels in found.items()
    ]


def _listed(labels: list[Text]) -> Text:
    return Text("、".join(t.zh for t in labels), ", ".join(t.en for t in labels))


def _flowchart(direction: str, nodes: list[str], arrows: list[Arrow]) -> str:
    grounds = [f"classDef {phase.name.lower()} {look}" for phase, look in _GROUNDS.items()]
    lines = [*nodes, *map(_drawn, arrows), *grounds]
    return "\n".join([_SPACED, f"flowchart {direction}", *(f"  {line}" for line in lines)])


def _drawn(arrow: Arrow) -> str:
    line = "-.->" if arrow.right else "-->"
    return f'{arrow.source} {line}|"{arrow.label.zh}<br/>{arrow.label.en}"| {arrow.target}'


def _stage(stage: Stage) -> str:
    """An end has a double border."""
    words = f'"{stage.label.zh}<br/>{stage.label.en}"'
    shape = f"([{words}])" if stage.final else f"({words})"
    return f"{stage.name}{shape}:::{stage.phase.name.lower()}"


def _chapter(chapter: Chapter) -> str:
    words = f"{chapter.label.zh}<br/>{chapter.label.en}"
    return f'{chapter.name}["{words}"]:::{chapter.phase.name.lower()}'


def _box(stages: list[Stage]) -> str:
    """Several stages in one node, a line each."""
    names = "<br/>".join(f"{s.label.zh} {s.label.en}" for s in stages)
    return f'FROM_{stages[0].name}["{names}"]:::{stages[0].phase.name.lower()}'
