"""`mediation import` as typed in a terminal: looked at, asked, registered, continued, undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from mediation import cli
from mediation.errors import Refused
from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.models.lists import ImportBatch
from mediation.services import imports
from tests.site import Site
from tests.tables import as_csv, row

Run = Callable[..., Result]


@pytest.fixture
def run(site: Site, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command on this site; a refusal comes back as its exception, as `main` would tell it."""
    monkeypatch.setattr(cli, "open_app", lambda *_: site.app)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")

    def call(*words: object, answer: str = "") -> Result:
        arguments = ["import", *map(str, words), "--as", "fangwei"]
        return CliRunner().invoke(cli.cli, arguments, input=answer)

    return call


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "台账.csv"
    path.write_bytes(as_csv([row(1), row(2, 申请人电话="=1+1"), row(3)]))
    return path


def counted() -> int:
    found = db.session.scalar(select(func.count(Dispute.id)).where(Dispute.taken_back_at.is_(None)))
    db.session.rollback()
    return found or 0


def test_a_look_writes_nothing_and_says_everything(run: Run, table: Path, tmp_path: Path) -> None:
    errors = tmp_path / "错误.csv"
    done = run(table, "--preview", "--errors", errors)
    assert done.exit_code == 0, done.output
    assert "可以登记 2 件，读不懂 1 行" in done.output
    assert "第3行：“申请人电话”" in done.output
    assert "'=1+1" in errors.read_text("utf-8-sig")
    assert counted() == 0


def test_it_asks_before_it_registers(run: Run, table: Path) -> None:
    assert "什么都没有写" in run(table, answer="n\n").output
    assert counted() == 0
    assert "登记了 2 件，跳过 1 行" in run(table, answer="y\n").output
    assert counted() == 2


def test_registered_told_and_undone(run: Run, table: Path) -> None:
    done = run(table, "--yes", "--place", "河口村")
    assert "登记了 2 件" in done.output
    reference = db.session.scalar(select(ImportBatch.reference)) or ""
    db.session.rollback()
    assert f"--undo {reference}" in done.output
    again = run(table, "--yes")
    assert (again.exit_code, "已经导入过" in again.output) == (0, True)
    undone = run("--undo", reference)
    assert "收回 2 件" in undone.output
    assert counted() == 0


def test_a_killed_import_goes_on(run: Run, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table.write_bytes(as_csv([row(n) for n in range(120)]))
    real, calls = imports.look, []

    def killed(reference: str, **rest: object) -> object:
        calls.append(reference)
        if len(calls) == 1:
            raise KeyboardInterrupt
        return real(reference, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(imports, "look", killed)
    stopped = run(table, "--yes")
    assert stopped.exit_code == 130
    assert "停在第 50 行（共 120 行）" in stopped.output
    assert counted() == 50
    went_on = run(table, "--yes")
    assert "接着上次没有导完的" in went_on.output
    assert counted() == 120


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"%PDF-1.7", "不是表格"), (b"", "空的"), (as_csv([row(1, 申请人="")]), "没有一行能登记")],
)
def test_only_where_nothing_can_be_read_it_fails(
    run: Run, table: Path, content: bytes, said: str
) -> None:
    table.write_bytes(content)
    done = run(table, "--yes")
    assert done.exit_code == 1
    assert isinstance(done.exception, Refused)
    assert said in done.exception.reasons[0].zh


def test_what_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    for words in ((tmp_path / "没有.csv",), ("--undo", "nothing000"), (tmp_path, "--yes")):
        assert run(*words).exit_code != 0
    assert "写上文件名" in run().output
