"""The settings of one site, read once at start, typed and frozen."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from mediation.paths import instance_folder

PRACTICE_MARK = "PRACTICE"


@dataclass(frozen=True, slots=True)
class Config:
    """Sizes in bytes, times as timedeltas; everything else is data in the database."""

    instance: Path = field(default_factory=instance_folder)
    database_url: str = ""
    public_address: str = ""
    trusted_hosts: tuple[str, ...] = ()
    secure_cookies: bool = False
    behind_proxy: bool = False
    practice: bool = False
    testing: bool = False
    worker: bool = True
    upload_limit: int = 20 * 1024 * 1024
    request_limit: int = 32 * 1024 * 1024
    idle: timedelta = timedelta(minutes=30)
    idle_shared: timedelta = timedelta(minutes=5)
    absolute: timedelta = timedelta(hours=8)
    typefaces: str = "open"
    time_stamps: str = ""
    argon2_memory_kib: int = 19 * 1024
    argon2_rounds: int = 2

    @property
    def url(self) -> str:
        return self.database_url or f"sqlite:///{self.instance / 'wusong.sqlite3'}"

    @property
    def files(self) -> Path:
        return self.instance / "files"

    @property
    def keys(self) -> Path:
        return self.instance / "keys"

    @property
    def signing(self) -> Path:
        """Keys that committees sign papers with, each sealed; they go into no backup."""
        return self.instance / "signing"

    @property
    def fonts(self) -> Path:
        """The site's own licensed faces."""
        return self.instance / "fonts"

    @property
    def practice_mark(self) -> Path:
        """While this file is there, the instance is for practice."""
        return self.instance / PRACTICE_MARK


def from_environment() -> Config:
    """The settings an operator gives by environment variables (README, "Settings")."""
    read = os.environ.get
    return Config(
        database_url=read("MEDIATION_DATABASE_URL", ""),
        public_address=read("MEDIATION_PUBLIC_ADDRESS", "").rstrip("/"),
        trusted_hosts=tuple(h for h in read("MEDIATION_HOSTS", "").split(",") if h),
        typefaces=read("MEDIATION_TYPEFACES", "open"),
        time_stamps=read("MEDIATION_TIME_STAMPS", ""),
        practice=(instance_folder() / PRACTICE_MARK).exists(),
    )
