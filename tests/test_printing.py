"""`mediation print` as typed in a terminal: bound into a folder, paused by Ctrl+C, gone on with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mediation import cli, printing
from mediation.errors import Refused
from mediation.models.database import db
from mediation.models.papers import Paper
from mediation.models.print_runs import PrintRun
from mediation.services import paper_files
from mediation.store import StorageFull, Store
from mediation.wording import Text
from mediation.workflow.documents import Document
from tests.counter import register
from tests.site import Site

Run = Callable[..., Result]
KIND = Document.MEDIATION_APPLICATION.folder


@pytest.fixture
def run(site: Site, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(cli, "open_app", lambda *_: site.app)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")

    def call(*words: object, who: str = "hetianming") -> Result:
        return CliRunner().invoke(cli.cli, ["print", *map(str, words), "--as", who])

    return call


@pytest.fixture
def references(site: Site) -> list[str]:
    found = [register(site) for _ in range(3)]
    ids = [row.id for row in db.session.query(Paper.id).where(Paper.kind == KIND)]
    db.session.rollback()
    for number in ids:
        paper_files.draw(number)
    return found


def only_run() -> str:
    reference = db.session.query(PrintRun).one().reference
    db.session.rollback()
    return reference


def test_into_a_folder(run: Run, references: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("--kind", "人民调解申请书", "--out", out, "--volume-size", 2)
    assert done.exit_code == 0, done.output
    assert "一共 3，印好 3，还剩 0，没有印成 0" in done.output
    assert [path.suffix for path in sorted(out.iterdir())] == [".pdf", ".pdf"]
    single = run("--case", references[0], "--kind", KIND, "--single", "--out", tmp_path / "one")
    assert single.exit_code == 0
    assert [path.name[:6] for path in (tmp_path / "one").iterdir()] == ["00001-"]


def test_what_is_left_out_is_told_and_the_exit_code_says_so(
    run: Run, references: list[str], tmp_path: Path
) -> None:
    table = tmp_path / "编号.csv"
    table.write_text(f"{references[1]}\n没有\n", encoding="gb18030")
    done = run("--csv", table, "--kind", KIND, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "第2行“没有”：没有找到，或者不归您管" in done.output
    told = run("--status", only_run())
    assert (told.exit_code, "印完了" in told.output) == (1, True)


def test_ctrl_c_pauses_and_resume_goes_on(
    run: Run, references: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, step = tmp_path / "out", printing._step
    steps: list[int] = []

    def pressed(*args: object) -> bool:
        steps.append(1)
        if len(steps) == 2:
            raise KeyboardInterrupt
        return step(*args)  # type: ignore[arg-type]

    words = ("--kind", KIND, "--out", out, "--volume-size", 1)
    with monkeypatch.context() as patch:
        patch.setattr(printing, "_step", pressed)
        stopped = run(*words)
    assert stopped.exit_code == 130
    assert f"--resume {only_run()}" in stopped.output
    assert len(list(out.iterdir())) == 1
    told = run("--status", only_run())
    assert "停着" in told.output
    assert "印好 1，还剩 2" in told.output
    gone_on = run("--resume", only_run(), "--out", out)
    assert gone_on.exit_code == 0, gone_on.output
    assert len(list(out.iterdir())) == 3
    again = run("--resume", only_run(), "--out", out)
    assert (again.exit_code, len(list(out.iterdir()))) == (0, 3)


def test_a_full_disk_pauses_with_its_reason(
    run: Run, references: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise StorageFull

    with monkeypatch.context() as patch:
        patch.setattr(Store, "put", full)
        done = run("--kind", KIND, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "磁盘快满了" in done.output
    assert run("--resume", only_run(), "--out", tmp_path / "out").exit_code == 0


def test_papers_that_still_wait_are_drawn_on_the_way(run: Run, site: Site, tmp_path: Path) -> None:
    register(site)
    done = run("--kind", KIND, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "印好 1" in done.output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--kind", "天书"), "没有“天书”这种文书"),
        (("--place", "火星"), "没有“火星”这个地方"),
        (("--resume", "nothing123"), "没有nothing123这一批"),
        (("--csv", "/nowhere/x.csv"), "打不开文件"),
        (("--issue", "--kind", "termination_notice"), "不是随时可以出具的文书"),
    ],
)
def test_what_cannot_be_is_a_sentence(
    run: Run, references: list[str], tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    done = run(*words, "--out", tmp_path / "out")
    assert isinstance(done.exception, Refused)
    assert sentence in str(done.exception)
    assert isinstance(done.exception.reasons[0], Text)


def test_one_needs_a_folder_and_a_post(run: Run, references: list[str], tmp_path: Path) -> None:
    assert "--out" in run("--kind", KIND).output
    refused = run("--kind", KIND, "--out", tmp_path / "out", who="zhouguilan")
    assert isinstance(refused.exception, Refused)
    assert "批量印文书" in str(refused.exception)
