"""The wheel: it ships templates, letters and migrations, and runs where no source tree is near."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from mediation import bootstrap

pytestmark = pytest.mark.slow
START = "import sys; from mediation.cli import main; sys.argv[0] = 'mediation'; main()"


@dataclass(frozen=True, slots=True)
class Installed:
    """A wheel laid out as pip does it, away from the source tree; its libraries are the tests' own."""

    folder: Path
    instance: Path

    def environment(self) -> dict[str, str]:
        own = {"PYTHONPATH": str(self.folder), "MEDIATION_INSTANCE": str(self.instance)}
        return {k: v for k, v in os.environ.items() if not k.startswith("MEDIATION_")} | own

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-P", "-c", START, *words]

    def said(self, program: str, *words: str, **environment: str | None) -> str:
        """What a Python program says that knows only the wheel. None takes a variable away."""
        given = {k: v for k, v in (self.environment() | environment).items() if v is not None}
        found = subprocess.run(
            [sys.executable, "-P", "-c", program, *words],
            env=given, cwd=self.folder.parent, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return found.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    place = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    subprocess.run(build, cwd=bootstrap.ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(place.glob("*.whl"))) as wheel:
        wheel.extractall(place / "site")
    return Installed(place / "site", place / "instance")


def test_it_finds_everything_inside_itself(installed: Installed) -> None:
    program = (
        "from mediation import paths\n"
        "from mediation.vendoring import FOLDER\n"
        "print(paths.TEMPLATES, paths.LETTERS, paths.MIGRATIONS, FOLDER, sep='\\n')\n"
        "print(paths.instance_folder())"
    )
    *places, instance = installed.said(program, MEDIATION_INSTANCE=None).splitlines()
    inside = installed.folder / "mediation"
    assert places == [
        str(inside / name)
        for name in ("templates", "letters", "models/migrations", "static/vendor")
    ]
    assert all(any(Path(place).iterdir()) for place in places)
    assert not instance.startswith(str(installed.folder))


def test_it_ships_what_the_source_tree_has(installed: Installed) -> None:
    for name in ("templates", "letters"):
        tree = {p.relative_to(bootstrap.ROOT / name) for p in _files(bootstrap.ROOT / name)}
        shipped = installed.folder / "mediation" / name
        assert tree == {p.relative_to(shipped) for p in _files(shipped)}


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def test_its_command_prints_the_book_of_law(installed: Installed) -> None:
    points = next(installed.folder.glob("*.dist-info/entry_points.txt")).read_text("utf-8")
    assert re.search(r"^mediation\s*=\s*mediation\.cli:main$", points, re.MULTILINE)
    book = json.loads(installed.said(START, "workflow", "--format", "json"))
    assert {"stages", "transitions"} <= set(book)


def test_it_draws_a_paper(installed: Installed) -> None:
    program = """
import json
from mediation.documents import pdf
from mediation.documents.casefile import from_plain
from mediation.documents.render import Printing, render
from mediation.paths import LETTERS
case = from_plain(json.loads((LETTERS / "case_slip" / "example.json").read_text("utf-8")))
print(pdf.draw(render(case, Printing())).pdf[:5].decode())
"""
    assert installed.said(program).strip() == "%PDF-"


def test_it_serves_a_new_site(installed: Installed) -> None:
    """From nothing to the first page: database made, link printed, page and style sheet served."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with _running(installed, "run", "--empty", "--port", str(port)) as log:
        page = _asked(f"http://127.0.0.1:{port}/sign-in", log)
        sheet = re.search(r'href="(/static/css/[^"]+)"', page)
        assert sheet
        assert "--paper" in _asked(f"http://127.0.0.1:{port}/static/css/tokens.css", log)
        assert "/set-up/" in log.read_text("utf-8")


@contextmanager
def _running(installed: Installed, *words: str) -> Iterator[Path]:
    log = installed.instance.parent / "log.txt"
    with log.open("w") as out:
        server = subprocess.Popen(
            installed.command(*words), env=installed.environment(), cwd=installed.folder.parent,
            stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            yield log
        finally:
            server.terminate()
            server.wait(timeout=30)


def _asked(address: str, log: Path) -> str:
    last = time.monotonic() + 60
    while time.monotonic() < last:
        try:
            with urlopen(address, timeout=5) as answer:  # noqa: S310  # our own, on loopback
                return str(answer.read().decode("utf-8"))
        except URLError:
            time.sleep(0.3)
    pytest.fail(f"{address} never answered:\n{log.read_text('utf-8')}")
