"""Whatever bytes come in as a table: rows, or a sentence; never anything else."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from mediation.services import import_files, tables
from mediation.services.case_columns import known
from mediation.services.case_rows import Bad, Ground, Planned, understand
from mediation.uploads import BadUpload
from tests.tables import as_csv, as_xlsx, row

GROUND = Ground(date(2026, 7, 6), 1, {"柳溪村": 3, "第一网格": None})
_WORDS = st.text(max_size=40)
_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | _WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_WORDS, inner, max_size=4),
    max_leaves=8,
)
_KEYS = st.sampled_from(
    [
        "description",
        "dispute_type",
        "parties",
        "dialogue",
        "申请人",
        "发生日期",
        "电话",
        "place",
        "id",
    ]
)


def read_through(content: bytes) -> list[Planned | Bad]:
    """Everything an import does with a file before it writes; a refusal is a sentence."""
    try:
        table = tables.read(content, known, limit=1_000_000)
    except BadUpload:
        return []
    rows = [understand(line, GROUND) for line in table.lines]
    left = [one for one in rows if isinstance(one, Bad)]
    assert all(one.reason.zh and one.reason.en for one in left)
    import_files.left_out(table.columns, left, "csv", "zh")
    for one in rows:
        if isinstance(one, Planned):
            json.dumps([one.registration.facts, *one.names], ensure_ascii=False).encode()
            assert len(one.registration.title) <= 60
            assert one.registration.parties
    return rows


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    read_through(content)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.dictionaries(_KEYS, _JSON, max_size=6), min_size=1, max_size=5))
def test_any_objects(rows: list[object]) -> None:
    read_through("\n".join(map(json.dumps, rows)).encode())
    read_through(json.dumps(rows, indent=1).encode())


@settings(deadline=None, max_examples=300)
@given(st.lists(st.lists(_WORDS, min_size=7, max_size=7), max_size=5))
def test_any_cells(cells: list[list[str]]) -> None:
    head = list(row())
    rows = [dict(zip(head, line, strict=True)) for line in cells]
    content = as_csv([row(1), *rows], coding="utf-8", head=head)
    found = read_through(content)
    assert isinstance(found[0], Planned), "a good row is not spoilt by its neighbours"


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook(place: int, damage: bytes) -> None:
    content = as_xlsx([list(row()), list(row(1).values())])
    at = place % len(content)
    read_through(content[:at] + damage + content[at + len(damage) :])
