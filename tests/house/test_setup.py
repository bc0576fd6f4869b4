"""The two commands: small, plain sh, nothing fetched from a named place, quick the second time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from mediation import bootstrap, parts
from mediation.wording import Text

ROOT = bootstrap.ROOT
MADE = {".git", ".venv", ".tools", "node_modules", "build", "dist", "test-results", "__pycache__"}
INDEXES = re.compile(r"://[^\s\"'/]*(pypi|pythonhosted|npmjs|npmmirror)", re.IGNORECASE)
OPTIONS = re.compile(r"--(extra-)?index-url|--find-links|--trusted-host")
PINNED = re.compile(r"^([\w.-]+)(?:\[[\w,]+\])?==([^\s;]+)", re.MULTILINE)


def kept_files() -> list[Path]:
    """What the repository holds; a bare machine has no git to ask, so the folders are walked."""
    found: list[Path] = []
    for folder, names, files in os.walk(ROOT):
        names[:] = [n for n in names if n not in MADE and not n.endswith("_cache")]
        if Path(folder) == ROOT:
            names.remove("instance")
        found += [Path(folder, name) for name in files]
    return found


def pins(level: str) -> dict[str, str]:
    return {canonicalize_name(n): v for n, v in PINNED.findall(bootstrap.lock_text(level))}


def test_dev_is_short_and_plain_sh() -> None:
    dev = ROOT / "dev"
    assert len(dev.read_text(encoding="utf-8").splitlines()) < 100
    assert dev.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    assert os.access(dev, os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    subprocess.run(["sh", "-n", str(dev)], check=True)


def test_dev_says_what_it_can_do() -> None:
    said = subprocess.run([ROOT / "dev"], capture_output=True, text=True, check=True).stdout
    assert all(f"./dev {word}" in said for word in ("run", "test", "demo", "check", "setup"))


def test_set_up_needs_nothing_installed() -> None:
    """-S leaves out everything that pip brought, -I everything the environment says."""
    program = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import mediation.bootstrap"
    subprocess.run([sys.executable, "-I", "-S", "-c", program], check=True)


def test_no_file_names_a_package_index() -> None:
    """Mirrors belong to a site's own settings; hashes make any of them safe."""
    guilty = []
    for path in kept_files():
        if path == Path(__file__) or path.suffix in {".ttf", ".png", ".pdf", ".xlsx", ".jpg"}:
            continue
        content = path.read_text(encoding="utf-8", errors="replace")
        if INDEXES.search(content) or OPTIONS.search(content):
            guilty.append(str(path.relative_to(ROOT)))
    assert guilty == []


@pytest.mark.parametrize("level", bootstrap.LEVELS)
def test_every_pin_has_a_hash_and_no_address(level: str) -> None:
    entries = re.split(r"\n(?=\S)", bootstrap.lock_text(level).strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in bootstrap.lock_text(level)


def test_each_lock_is_part_of_the_next() -> None:
    run, test, dev = (set(pins(level).items()) for level in bootstrap.LEVELS)
    assert run < test < dev


def test_locks_answer_the_project_file() -> None:
    """Somebody who adds a library and forgets ./dev lock is told here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    asked = {"run": project["project"]["dependencies"], "test": groups["test"]}
    asked["dev"] = [row for row in groups["dev"] if isinstance(row, str)]
    for level, rows in asked.items():
        for wanted in map(Requirement, rows):
            assert wanted.specifier.contains(pins(level)[canonicalize_name(wanted.name)]), wanted


def test_sqlalchemy_stays_below_2_1() -> None:
    assert pins("run")["sqlalchemy"].startswith("2.0.")


def test_ci_runs_both_commands_on_the_real_cases() -> None:
    said = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "./dev test" in said
    assert "./dev check" in said
    assert "export MEDIATION_REAL_CASES" in said


# ---- the environment


@pytest.fixture
def ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """A project of its own whose commands are written down and not run."""
    calls: list[tuple[str, ...]] = []
    (tmp_path / "requirements").mkdir()
    for level in bootstrap.LEVELS:
        (tmp_path / "requirements" / f"{level}.txt").write_text("flask==3\n", encoding="utf-8")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "wusong.json")
    monkeypatch.setattr(parts, "PARTS", ())
    # The tests' own environment has no pip; the interpreter that sets up has one.
    monkeypatch.setattr(bootstrap, "has", lambda module: True)

    def call(*command: str) -> None:
        calls.append(command)
        version = f"python3.{sys.version_info.minor}"
        (tmp_path / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
        (tmp_path / ".venv" / "lib" / version / "site-packages").mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(bootstrap, "call", call)
    return calls


def test_second_start_installs_nothing(ground: list[tuple[str, ...]]) -> None:
    bootstrap.set_up("run")
    assert len(ground) == 2
    bootstrap.set_up("run")
    assert len(ground) == 2
    assert (bootstrap.ENVIRONMENT / "bin" / "mediation").is_file()


def test_a_higher_level_is_added_and_holds_the_lower(ground: list[tuple[str, ...]]) -> None:
    bootstrap.set_up("run")
    bootstrap.set_up("test")
    assert [("venv" in command) for command in ground] == [True, False, False]
    bootstrap.set_up("run")
    assert len(ground) == 3


def test_a_changed_lock_replaces_the_environment(ground: list[tuple[str, ...]]) -> None:
    bootstrap.set_up("run")
    left_over = bootstrap.ENVIRONMENT / "left-over"
    left_over.touch()
    bootstrap.lock_of("run").write_text("flask==4\n", encoding="utf-8")
    bootstrap.set_up("run")
    assert not left_over.exists()
    assert "venv" in ground[2]


def test_an_interrupted_set_up_starts_again(
    ground: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: str) -> None:
        raise bootstrap.Impossible(Text("断网", "no network"))

    with monkeypatch.context() as offline:
        offline.setattr(bootstrap, "pip", broken)
        assert bootstrap.main(["run"]) == 3
    assert bootstrap.stamps() == {}
    assert bootstrap.main(["run"]) == 0
    assert bootstrap.is_ready("run")


# ---- the system's parts


def lacking(*, for_tests: bool = False) -> parts.Part:
    why = Text("排版", "layout")
    return parts.Part("pango", why, ("libpango", "fonts"), lambda: False, for_tests=for_tests)


def test_without_rights_one_line_to_copy_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(parts, "PARTS", (lacking(),))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert bootstrap.provide_parts(for_tests=False)
    said = capsys.readouterr().err
    assert "sudo apt-get install -y --no-install-recommends libpango fonts\n" in said
    assert "never skipped" in said or "不会悄悄跳过" in said


def test_with_rights_the_missing_part_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(parts, "PARTS", (lacking(), lacking(for_tests=True)))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(bootstrap, "install", asked.append)
    bootstrap.provide_parts(for_tests=True)
    assert asked == [("libpango", "fonts")]


def test_running_asks_for_no_browser() -> None:
    for_running = {part.name for part in parts.PARTS if not part.for_tests}
    assert for_running == {"pango", "harfbuzz-subset"}


def test_this_machine_has_every_part() -> None:
    """Missing parts fail here, in words; the tests that need them fail too and are not skipped."""
    gone = [part.name for part in parts.missing(for_tests=True)]
    assert gone == [], f"run: {parts.command_for(parts.missing(for_tests=True))}"
