"""The rooms of the house as they stand: every module of ours, read once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from mediation import bootstrap

ROOT = bootstrap.ROOT
HOUSE = ROOT / "mediation"


@dataclass(frozen=True, slots=True)
class Room:
    """One module: `name` is its dotted name."""

    path: Path
    name: str
    text: str = field(repr=False)
    tree: ast.Module = field(repr=False)

    @property
    def floor(self) -> str:
        """The part of the house it lies in: `mediation.web.gate` is on the floor `web`."""
        return self.name.split(".")[1] if "." in self.name else ""

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @property
    def noun(self) -> str:
        return self.name.rsplit(".", 1)[-1]

    def __str__(self) -> str:
        return self.name


@cache
def rooms() -> tuple[Room, ...]:
    return tuple(_read(path) for path in sorted(HOUSE.rglob("*.py")))


def _read(path: Path) -> Room:
    parts = path.relative_to(ROOT).with_suffix("").parts
    name = ".".join(parts).removesuffix(".__init__")
    text = path.read_text(encoding="utf-8")
    return Room(path, name, text, ast.parse(text))


def floor(name: str) -> tuple[Room, ...]:
    """The rooms of one floor, its own page of introduction aside."""
    return tuple(r for r in rooms() if r.floor == name and r.noun != name)


def imports_of(room: Room) -> Iterator[tuple[str, int]]:
    """Every module it imports, with the line; what is only for the type checker aside."""
    for node in _running(room.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


def _running(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        yield from _running(node)


def templates(folder: str = "templates") -> tuple[Path, ...]:
    return tuple(sorted((ROOT / folder).rglob("*.html")))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
