"""How the system is: what waits, what was parked, how much room is left. Nothing of any case."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime

from mediation import __version__
from mediation.clock import Clock
from mediation.config import Config
from mediation.documents import typefaces
from mediation.models import database, outbox
from mediation.services import press_queue, signing
from mediation.services.press_queue import Numbers
from mediation.services.signing import Installed
from mediation.wording import Text


@dataclass(frozen=True, slots=True)
class Parked:
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Health:
    """`free_gb` in gigabytes of 10^9 bytes; `press` in numbers alone; `keys` sign papers."""

    press: Numbers
    keys: tuple[Installed, ...]
    typefaces: Text
    waiting: int
    parked: tuple[Parked, ...]
    free_gb: float
    database: str
    version: str


def state(config: Config, clock: Clock) -> Health:
    parked = tuple(Parked(job.due_at, job.failure) for job in outbox.parked_jobs())
    return Health(
        press=press_queue.numbers(),
        keys=tuple(signing.installed(clock)),
        typefaces=typefaces.in_use().said,
        waiting=outbox.count_waiting(),
        parked=parked,
        free_gb=round(shutil.disk_usage(config.instance).free / 1e9, 1),
        database="SQLite" if database.is_sqlite() else "PostgreSQL",
        version=__version__,
    )


def ready() -> bool:
    """Whether the database answers."""
    return database.answers()
