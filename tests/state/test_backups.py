"""Backup and restore: everything comes back, into either database, and nothing half."""

from __future__ import annotations

import json
import stat
import tarfile
from pathlib import Path

import pytest

from mediation import backups
from mediation.app import create_app
from mediation.errors import Refused
from mediation.models import dump, papers
from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.models.papers import Paper
from mediation.services import site as site_of
from tests.conftest import command, database_at, new_database
from tests.counter import PHONE, register
from tests.site import Site, opened, settings


@pytest.fixture
def kept(site: Site, tmp_path: Path) -> Path:
    """A site with a case and its drawn papers, backed up."""
    register(site)
    site.draw()
    file = tmp_path / "kept.wusong"
    backups.write(site.app, file)
    return file


def everything(app: object) -> dict[str, list[dump.Row]]:
    with app.app_context():  # type: ignore[attr-defined]
        found = {name: list(rows) for name, rows in dump.snapshot()}
        db.session.remove()
        return found


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_a_restored_site_is_the_same_site(
    site: Site, kept: Path, into: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = ""
    if into == "postgresql":
        server = request.getfixturevalue("postgres_server")
        command(
            server,
            "DROP DATABASE IF EXISTS restored WITH (FORCE)",
            "CREATE DATABASE restored TEMPLATE template0 ENCODING 'UTF8'",
        )
        url = database_at(server, "restored")
    before = everything(site.app)
    config = settings(tmp_path / "elsewhere", url)
    backups.restore(config, kept)
    app = create_app(config)
    assert everything(app) == before
    with app.app_context():
        drawn = db.session.query(Paper).where(Paper.sha256 != "").first()
        assert drawn is not None
        assert site_of.here().store.get(drawn.sha256).startswith(b"%PDF")
        db.session.remove()
    assert backups.verify(app)[0]
    with app.app_context():
        db.engine.dispose()


def test_a_restored_site_goes_on_counting(
    postgres_site: Site, tmp_path: Path, postgres_server: str
) -> None:
    """New rows get new ids, and new papers the next numbers."""
    register(postgres_site)
    file = tmp_path / "kept.wusong"
    backups.write(postgres_site.app, file)
    command(postgres_server, "DROP DATABASE IF EXISTS again WITH (FORCE)", new_database("again"))
    backups.restore(settings(tmp_path / "again", database_at(postgres_server, "again")), file)
    with opened(tmp_path / "again", database_at(postgres_server, "again"), "postgresql") as again:
        register(again)
        assert db.session.query(Dispute).count() == 2
        numbers = [p.number for p in db.session.query(Paper).where(Paper.kind == "case_slip")]
        assert len(numbers) == len(set(numbers)) == 4


def test_only_its_owner_reads_it(kept: Path) -> None:
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_no_number_of_a_person_is_in_it_in_the_clear(kept: Path) -> None:
    with tarfile.open(kept) as archive:
        for entry in archive.getmembers():
            opened = archive.extractfile(entry)
            assert opened is not None
            assert PHONE.encode() not in opened.read(), entry.name


def test_an_old_backup_is_never_overwritten(site: Site, kept: Path) -> None:
    was = kept.read_bytes()
    with pytest.raises(Refused, match="不覆盖"):
        backups.write(site.app, kept)
    assert kept.read_bytes() == was


def test_a_site_with_data_is_never_restored_over(site: Site, kept: Path) -> None:
    with pytest.raises(Refused, match="已经有数据"):
        backups.restore(site.app.extensions["config"], kept)


@pytest.mark.parametrize("harm", ["cut", "rubbish", "changed"])
def test_a_damaged_backup_changes_nothing(kept: Path, tmp_path: Path, harm: str) -> None:
    content = kept.read_bytes()
    if harm == "cut":
        kept.write_bytes(content[: len(content) // 2])
    elif harm == "rubbish":
        kept.write_bytes(b"no archive at all")
    else:
        _change_one_row(kept)
    target = tmp_path / "elsewhere"
    with pytest.raises(Refused, match="不是完整的备份"):
        backups.restore(settings(target), kept)
    assert not target.exists()


def _change_one_row(file: Path) -> None:
    folder = file.parent / "opened"
    backups._unpack(file, folder)
    rows = folder / "tables" / "dispute.jsonl"
    row = json.loads(rows.read_text().splitlines()[0]) | {"title": "别的事"}
    rows.write_text(json.dumps(row) + "\n")
    with tarfile.open(file, "w:gz") as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            archive.add(path, path.relative_to(folder).as_posix())


def test_verify_finds_a_damaged_file_and_a_rewritten_history(site: Site, kept: Path) -> None:
    assert backups.verify(site.app)[0]
    name = papers.all_files()[0]
    stored = site.app.extensions["config"].files / name[:2] / name
    stored.write_bytes(stored.read_bytes()[:-1] + b"x")
    sound, told = backups.verify(site.app)
    assert not sound
    assert name in told.zh
