"""The doctor finds what is missing, slow and wrong, and says what to do about it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mediation import doctor, parts
from mediation.clock import fixed
from mediation.config import Config
from mediation.doctor import Finding, State
from mediation.wording import Text

NOON = fixed(datetime(2027, 3, 1, 4, tzinfo=UTC))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A site with a database and keys, readable by nobody else."""
    instance = tmp_path / "instance"
    (instance / "keys").mkdir(parents=True, mode=0o700)
    instance.chmod(0o700)
    (instance / "keys" / "1.key").write_bytes(b"0" * 32)
    with sqlite3.connect(instance / "wusong.sqlite3") as made:
        made.execute("CREATE TABLE disputes (id INTEGER PRIMARY KEY)")
    made.close()
    return Config(instance=instance)


def test_a_healthy_site_has_nothing_bad(config: Config) -> None:
    found = doctor.examine(config, for_tests=True)
    assert [f.sentence.en for f in found if f.state.is_bad] == []
    assert doctor.print_findings(found, "zh")


def test_whatever_is_not_fine_says_what_to_do(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "has_library", lambda soname: False)
    shutil.rmtree(config.keys)
    found = doctor.examine(config)
    assert {f.name.en for f in found if f.state is State.MISSING} == {"Laying out papers", "Keys"}
    assert all(f.advice for f in found if f.state is not State.OK)


def test_printing_is_one_line_each_and_advice_below(capsys: pytest.CaptureFixture[str]) -> None:
    text = Text("没有", "none")
    healthy = doctor.print_findings([Finding(text, State.MISSING, text, text)], "en")
    assert not healthy
    assert capsys.readouterr().out == "[missing] none: none\n    → none\n"


def test_pango_missing_names_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "has_library", lambda soname: False)
    found = doctor.pango()
    assert found.state is State.MISSING
    assert "libpangoft2-1.0-0" in str(found.advice)


def test_without_both_routes_embedding_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "has_library", lambda soname: False)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert doctor.subsetting().state is State.SLOW


def test_a_changed_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "A.ttf").write_bytes(b"changed")
    rows = [{"file": "A.ttf", "sha256": "0" * 64}, {"file": "B.ttf", "sha256": "0" * 64}]
    (tmp_path / "fonts.json").write_text(json.dumps(rows), encoding="utf-8")
    found = doctor.fonts(tmp_path)
    assert found.state is State.MISSING
    assert "A.ttf, B.ttf" in found.sentence.en


def test_no_list_of_fonts_is_missing_too(tmp_path: Path) -> None:
    assert doctor.fonts(tmp_path).state is State.MISSING


def test_a_broken_database_is_wrong_and_stays(config: Config) -> None:
    path = config.instance / "wusong.sqlite3"
    path.write_bytes(b"no database at all" * 100)
    found = doctor.database(config)
    assert found.state is State.WRONG
    assert "restore" in str(found.advice)
    assert path.read_bytes().startswith(b"no database")


def test_the_journal_follows_the_version(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "wal_is_safe", lambda: False)
    assert doctor.journal(config).state is State.SLOW
    monkeypatch.setattr(doctor, "wal_is_safe", lambda: True)
    assert doctor.journal(config).state is State.OK


@pytest.mark.parametrize("year", [1970, 2025])
def test_a_clock_that_stands_behind_is_wrong(config: Config, year: int) -> None:
    behind = fixed(datetime(year, 1, 1, tzinfo=UTC))
    assert doctor.time_of_day(config, behind).state is State.WRONG


def test_the_clock_shows_chinas_time(config: Config) -> None:
    found = doctor.time_of_day(config, NOON)
    assert found.state is State.OK
    assert "2027-03-01 12:00" in found.sentence.zh


@pytest.mark.parametrize(("gib", "state"), [(0.5, State.WRONG), (3, State.SLOW), (100, State.OK)])
def test_disk_space(
    config: Config, monkeypatch: pytest.MonkeyPatch, gib: float, state: State
) -> None:
    usage = shutil.disk_usage(config.instance)._replace(free=int(gib * 1024**3))
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    assert doctor.disk(config.instance).state is state


def test_a_slow_disk_is_slow_and_leaves_no_file(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(config.instance.iterdir())
    monkeypatch.setattr(doctor, "_timed", lambda file: 0.4)
    assert doctor.writing(config.instance).state is State.SLOW
    assert set(config.instance.iterdir()) == before


def test_a_folder_open_to_others_is_wrong(config: Config) -> None:
    config.instance.chmod(0o755)
    found = doctor.folder(config)
    assert found.state is State.WRONG
    assert f"chmod 700 {config.instance}" in str(found.advice)


def test_a_database_without_keys_is_the_worst(config: Config) -> None:
    shutil.rmtree(config.keys)
    assert doctor.keys(config).state is State.MISSING
    (config.instance / "wusong.sqlite3").unlink()
    assert doctor.keys(config).state is State.OK


def test_before_the_first_start_nothing_is_bad(tmp_path: Path) -> None:
    found = doctor.examine(Config(instance=tmp_path / "none" / "yet"))
    assert not any(f.state.is_bad for f in found)
