"""What the pages borrow from others: which files, of which version, under which licence.

`python -m mediation.vendoring` takes them anew with `npm pack`; nothing else ever needs npm. The
files are committed as they came, and `static/vendor.json` remembers their digests.
"""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

from mediation.paths import STATIC

FOLDER = STATIC / "vendor"
RECORD = STATIC / "vendor.json"


@dataclass(frozen=True, slots=True)
class Borrowed:
    """One npm package; `files` are paths inside it, the licence's text among them."""

    name: str
    package: str
    version: str
    licence: str
    purpose: str
    files: tuple[str, ...]
    digests: dict[str, str] = field(default_factory=dict)


# htmx stays on 2: 4 is a young major with other inheritance and other events. Its two habits that
# our content security policy forbids are switched off in the page's htmx-config.
BORROWED = (
    Borrowed(
        name="bootstrap",
        package="bootstrap",
        version="5.3.9",
        licence="MIT",
        purpose="grid, forms, dialogs",
        files=("dist/css/bootstrap.min.css", "dist/js/bootstrap.bundle.min.js", "LICENSE"),
    ),
    Borrowed(
        name="htmx",
        package="htmx.org",
        version="2.0.11",
        licence="0BSD",
        purpose="parts of a page change without a reload",
        files=("dist/htmx.min.js", "LICENSE"),
    ),
    Borrowed(
        name="chart",
        package="chart.js",
        version="4.6.1",
        licence="MIT",
        purpose="charts on the figures page",
        files=("dist/chart.umd.min.js", "LICENSE.md"),
    ),
)


def take(borrowed: Borrowed) -> dict[str, bytes]:
    """File name -> content, out of the package as npm hands it over (npm checks its integrity)."""
    with tempfile.TemporaryDirectory() as folder:
        pack = ("npm", "pack", "--silent", f"{borrowed.package}@{borrowed.version}")
        subprocess.run(pack, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        packed = next(Path(folder).glob("*.tgz")).read_bytes()
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        return {Path(name).name: _content(archive, name) for name in borrowed.files}


def _content(archive: tarfile.TarFile, name: str) -> bytes:
    member = archive.extractfile(f"package/{name}")
    if member is None:
        raise FileNotFoundError(name)
    return member.read()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def keep(borrowed: Borrowed, contents: dict[str, bytes]) -> dict[str, object]:
    """Write the files down and return their line for the record."""
    folder = FOLDER / borrowed.name
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    kept = asdict(borrowed) | {"digests": {n: digest(c) for n, c in contents.items()}}
    kept.pop("files")
    return kept


def recorded() -> tuple[Borrowed, ...]:
    """What `vendor.json` says lies in the folder."""
    rows = json.loads(RECORD.read_text(encoding="utf-8"))
    return tuple(Borrowed(**row, files=tuple(row["digests"])) for row in rows)


def main() -> int:
    record = [keep(borrowed, take(borrowed)) for borrowed in BORROWED]
    RECORD.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
