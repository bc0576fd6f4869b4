"""What a report is: a name, a right, columns that say what they count, and rows that add up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement

from mediation.permissions import Actor, Permission
from mediation.reports.cases import Asked
from mediation.wording import Text

Cell = Text | str | int | Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`says` is the definition that is printed with the figures; `group` what it stands under."""

    name: str
    label: Text
    group: Text = Text("", "")
    says: Text = Text("", "")
    number: bool = True
    money: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells in the order of the columns. `total` is a row too, or None where none is meant."""

    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One row of the list of reports. `counts` says in a sentence which cases are counted.

    `cases` is the test behind one number: of a column, in the row with that name (empty for the
    sum); None where the number counts something else than cases.
    """

    name: str
    label: Text
    counts: Text
    permission: Permission
    columns: tuple[Column, ...]
    build: Callable[[Actor, Asked], Sheet]
    cases: Callable[[Asked, str, str], ColumnElement[bool] | None]

    def column(self, name: str) -> int:
        """Its place among the columns. Raises StopIteration for a name that is not there."""
        return next(n for n, column in enumerate(self.columns) if column.name == name)


def added_up(rows: tuple[tuple[Cell, ...], ...], columns: tuple[Column, ...]) -> tuple[Cell, ...]:
    """The sum of every column of numbers; the first cell says that it is the sum."""
    sums: list[Cell] = [Text("合计", "Total")]
    for place, column in enumerate(columns[1:], start=1):
        values = [row[place] for row in rows]
        numbers = [v for v in values if isinstance(v, int | Decimal)]
        sums.append(sum(numbers, Decimal(0) if column.money else 0) if column.number else None)
    return tuple(sums)
