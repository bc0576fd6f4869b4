"""Backup and restore: database, files and keys in one file; and whether what is kept still holds."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from mediation import __version__
from mediation.errors import Refused
from mediation.models import dump, history, papers
from mediation.models.database import db
from mediation.services import site
from mediation.store import FileLost
from mediation.wording import Text

if TYPE_CHECKING:
    from flask import Flask

    from mediation.config import Config

MANIFEST = "manifest.json"
THERE = Text(
    "{file} 已经在了。换一个名字，不覆盖旧备份。",
    "{file} is there already. Choose another name; an old backup is never overwritten.",
)
WRITTEN = Text(
    "备份好了：{file}，{rows} 行，{files} 个文件。里面有密钥，请锁好，和数据库分开放。",
    "Backed up: {file}, {rows} rows, {files} files. It holds the keys: lock it away, apart from "
    "the database.",
)
NOT_EMPTY = Text(
    "{folder} 里已经有数据。恢复只进空的实例：用 MEDIATION_INSTANCE 指一个新文件夹。",
    "{folder} holds data already. A backup is restored into an empty instance only: name a new "
    "folder with MEDIATION_INSTANCE.",
)
NOT_OURS = Text(
    "{file} 不是完整的备份：{reason}。什么都没有改动。",
    "{file} is not a whole backup: {reason}. Nothing was changed.",
)
RESTORED = Text(
    "恢复好了：{rows} 行，{files} 个文件。",
    "Restored: {rows} rows, {files} files.",
)
SOUND = Text(
    "都对得上：{cases} 件案子的记录，{files} 个文件。",
    "All holds: the history of {cases} cases, {files} files.",
)
BROKEN = Text("对不上的：{what}", "What does not hold: {what}")


def write(app: Flask, file: Path) -> Text:
    """Write a backup, whole or not at all, readable for its owner only. Raises Refused."""
    if file.exists():
        raise Refused(THERE.with_(file=file))
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.draft")
    try:
        with app.app_context(), _new_private(draft) as out:
            rows, files = _pack(out, app.extensions["config"])
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    return WRITTEN.with_(file=file, rows=rows, files=files)


def _new_private(path: Path) -> IO[bytes]:
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _pack(out: IO[bytes], config: Config) -> tuple[int, int]:
    """Rows first, then files: a paper that the rows name is in the store before its row is."""
    digests: dict[str, str] = {}
    rows = 0
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, found in dump.snapshot():
            rows += _add_rows(archive, f"tables/{name}.jsonl", found, digests)
        kept = [(f"files/{n}", config.files / n[:2] / n) for n in site.here().store.names()]
        keys = [(f"keys/{k.name}", k) for k in sorted(config.keys.iterdir()) if k.is_file()]
        marks = [(m.name, m) for m in [config.practice_mark] if m.exists()]
        for name, path in (*kept, *keys, *marks):
            _add(archive, name, path.read_bytes(), digests)
        manifest = {"version": __version__, "revision": dump.revision(), "sha256": digests}
        _add(archive, MANIFEST, json.dumps(manifest).encode(), {})
    out.flush()
    os.fsync(out.fileno())
    return rows, len(kept)


def _add_rows(
    archive: tarfile.TarFile, name: str, rows: Iterator[dump.Row], digests: dict[str, str]
) -> int:
    count = 0
    with tempfile.TemporaryFile() as lines:
        for row in rows:
            lines.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
            count += 1
        lines.seek(0)
        _add(archive, name, lines.read(), digests)
    return count


def _add(archive: tarfile.TarFile, name: str, content: bytes, digests: dict[str, str]) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))
    digests[name] = hashlib.sha256(content).hexdigest()


def restore(config: Config, file: Path) -> Text:
    """Read a backup into an instance that holds nothing yet. Raises Refused, and changes nothing."""
    if any(path.exists() for path in (config.keys, config.files)):
        raise Refused(NOT_EMPTY.with_(folder=config.instance))
    with tempfile.TemporaryDirectory() as folder:
        try:
            manifest = _unpack(file, Path(folder))
        except (tarfile.TarError, EOFError, OSError, ValueError, KeyError) as error:
            raise Refused(NOT_OURS.with_(file=file, reason=str(error) or "?")) from error
        return _bring_in(config, Path(folder), manifest)


def _unpack(file: Path, folder: Path) -> dict[str, object]:
    """Every entry whole and as its digest says; nothing outside the folder is ever written."""
    with tarfile.open(file, "r:gz") as archive:
        for entry in archive:
            _unpack_one(archive, entry, folder)
    manifest: dict[str, object] = json.loads((folder / MANIFEST).read_text())
    for name, digest in dict(manifest["sha256"]).items():  # type: ignore[call-overload]
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            raise ValueError(name)
    return manifest


def _unpack_one(archive: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path) -> None:
    """A plain file inside the folder. Debian 12's Python does not know `filter="data"` yet."""
    target, content = (folder / entry.name).resolve(), archive.extractfile(entry)
    if content is None or not entry.isfile() or not target.is_relative_to(folder.resolve()):
        raise ValueError(entry.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    with content, target.open("wb") as out:
        shutil.copyfileobj(content, out)


def _bring_in(config: Config, folder: Path, manifest: dict[str, object]) -> Text:
    import flask_migrate

    from mediation.app import create_app

    config.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    _copy_keys(config, folder)
    app = create_app(replace(config, worker=False))
    with app.app_context():
        flask_migrate.upgrade(revision=str(manifest["revision"]))
        if dump.has_rows():
            raise Refused(NOT_EMPTY.with_(folder=config.url))
        rows = dump.load(_tables(folder))
        flask_migrate.upgrade()
        files = _copy_files(folder)
        db.session.remove()
        db.engine.dispose()
    return RESTORED.with_(rows=rows, files=files)


def _copy_keys(config: Config, folder: Path) -> None:
    config.keys.mkdir(mode=0o700)
    for key in sorted((folder / "keys").iterdir()):
        with _new_private(config.keys / key.name) as out:
            out.write(key.read_bytes())
    if (folder / config.practice_mark.name).exists():
        config.practice_mark.touch(mode=0o600)


def _copy_files(folder: Path) -> int:
    """Through the store, which opens each with the keys that came along and checks its digest."""
    store, count = site.here().store, 0
    for sealed in sorted((folder / "files").glob("*")):
        store.put_sealed(sealed.name, sealed.read_bytes())
        count += 1
    return count


def _tables(folder: Path) -> Iterator[tuple[str, Iterator[dump.Row]]]:
    """In the order they point to each other, which is the order they were written in."""
    for name in dump.names():
        with (folder / "tables" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            yield name, (json.loads(line) for line in lines)


def verify(app: Flask) -> tuple[bool, Text]:
    """Whether every chain of history holds and every file that rows name is there and unchanged."""
    with app.app_context():
        wrong = [f"{r} #{seq}" for r, seqs in history.all_broken_links() for seq in seqs]
        names = papers.all_files()
        wrong += [name for name in names if not _whole(name)]
        cases = history.count_chains()
        db.session.rollback()
    if wrong:
        return False, BROKEN.with_(what="、".join(wrong[:50]))
    return True, SOUND.with_(cases=cases, files=len(names))


def _whole(name: str) -> bool:
    try:
        site.here().store.get(name)
    except FileLost:
        return False
    return True
