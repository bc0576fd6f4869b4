"""The file store: papers and evidence under the hash of their bytes, sealed, written once."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mediation.crypto import Keyring, Unreadable
from mediation.errors import Refused
from mediation.wording import Text

KEPT_FREE = 200 * 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TRAY_NAME = re.compile(r"[0-9a-f]{32}")
_IN_TRAY = re.compile(r"[0-9a-f]{32}|\.[0-9a-f]{16}")
_A_DAY_S = 24 * 3600
_FULL = Text(
    "磁盘快满了（disk is full），文件没有存。请系统管理员腾出空间再试，别的内容没有丢。",
    "The disk is full, so the file was not kept. Nothing else is lost; ask the system "
    "administrator to make room, then try again.",
)


class StorageFull(Refused):
    """No room is left; what was already kept is safe."""

    status = 507

    def __init__(self) -> None:
        super().__init__(_FULL)


class FileLost(Exception):
    """A file is not there, or its bytes are not those that were kept: restore it from a backup."""


@dataclass(frozen=True, slots=True)
class Store:
    """Files of one site. `kept_free` bytes always stay free for the database."""

    folder: Path
    keyring: Keyring
    kept_free: int = KEPT_FREE

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their SHA-256; the same bytes are kept once.

        Once it returns they survive a power cut. Raises StorageFull.
        """
        name = hashlib.sha256(content).hexdigest()
        if not self._whole(name):
            self._write(self._path(name), self.keyring.encrypt(content, aad=_bound_to(name)))
        return name

    def put_sealed(self, name: str, sealed: bytes) -> None:
        """Take over a sealed file from a backup. Raises FileLost where the keys do not open it."""
        self._write(self._path(name), sealed)
        self.get(name)

    def get(self, name: str) -> bytes:
        """The bytes as they were given, verified. Raises FileLost, ValueError for no such name."""
        try:
            sealed = self._path(name).read_bytes()
            content = self.keyring.decrypt_bytes(sealed, aad=_bound_to(name))
        except (FileNotFoundError, Unreadable) as error:
            raise FileLost(name) from error
        if hashlib.sha256(content).hexdigest() != name:
            raise FileLost(name)
        return content

    def names(self) -> Iterator[str]:
        """The hashes of everything kept, for backups and checks."""
        for path in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")):
            if _SHA256.fullmatch(path.name):
                yield path.name

    def _whole(self, name: str) -> bool:
        try:
            self.get(name)
        except FileLost:
            return False
        return True

    def _path(self, name: str) -> Path:
        if not _SHA256.fullmatch(name):
            raise ValueError("a file is asked for by its SHA-256, never by a path")
        return self.folder / name[:2] / name

    def _write(self, path: Path, sealed: bytes) -> None:
        """A draft beside it, synced, renamed, and the folder synced: all of it or nothing (D9)."""
        if not path.parent.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _sync_folder(self.folder)
        if shutil.disk_usage(path.parent).free - len(sealed) < self.kept_free:
            raise StorageFull
        draft = path.with_name(f".{secrets.token_hex(8)}")
        try:
            _write_synced(draft, sealed)
            draft.replace(path)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise StorageFull from error
        _sync_folder(path.parent)


@dataclass(frozen=True, slots=True)
class Tray:
    """Files that wait for one person, sealed, for `kept_s` seconds: a table for their yes, a draft.

    They are no part of the site's records: no backup holds them.
    """

    folder: Path
    keyring: Keyring
    kept_s: float = _A_DAY_S

    def put(self, content: bytes, owner: str, now: datetime, *, name: str = "") -> str:
        """A name to ask for it by, or the one it was given. Raises StorageFull."""
        self.sweep(now)
        name = name or secrets.token_hex(16)
        draft = self.folder / f".{secrets.token_hex(8)}"
        try:
            self.folder.mkdir(exist_ok=True, mode=0o700)
            sealed = self.keyring.encrypt(content, aad=_of_owner(name, owner))
            _write_synced(draft, sealed)
            draft.replace(self.folder / name)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise StorageFull from error
        return name

    def get(self, name: str, owner: str, now: datetime | None = None) -> bytes | None:
        """What this person put there; None for anybody else, once it is gone, or too old by now."""
        if not _TRAY_NAME.fullmatch(name) or (now and self._is_old(self.folder / name, now)):
            return None
        try:
            sealed = (self.folder / name).read_bytes()
            return self.keyring.decrypt_bytes(sealed, aad=_of_owner(name, owner))
        except (FileNotFoundError, Unreadable):
            return None

    def drop(self, name: str) -> None:
        if _TRAY_NAME.fullmatch(name):
            (self.folder / name).unlink(missing_ok=True)

    def sweep(self, now: datetime) -> None:
        """Clear away what is too old, and what was never finished."""
        for path in self.folder.glob("*"):
            if _IN_TRAY.fullmatch(path.name) and self._is_old(path, now):
                path.unlink(missing_ok=True)

    def _is_old(self, path: Path, now: datetime) -> bool:
        try:
            return now.timestamp() - path.stat().st_mtime > self.kept_s
        except FileNotFoundError:
            return False


def _of_owner(name: str, owner: str) -> str:
    return f"tray:{owner}:{name}"


def _bound_to(name: str) -> str:
    """Sealed bytes open under their own name alone: two files cannot be swapped."""
    return f"file:{name}"


def _write_synced(path: Path, sealed: bytes) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as out:
        out.write(sealed)
        out.flush()
        os.fsync(out.fileno())


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
