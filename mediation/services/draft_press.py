"""Drafts are drawn beside the pages: asked for, kept a few minutes for whoever asked, then gone.

No request waits for the press. The same text asked for again is the same draft while it is fresh;
one that was written over meanwhile is drawn anew. Nothing of it is in the database or a backup.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from mediation.documents.glyphs import PaperRefused
from mediation.documents.press import PressFailed, press
from mediation.documents.render import Letter
from mediation.errors import Refused
from mediation.services import site
from mediation.services.acts import Hand
from mediation.store import StorageFull, Tray
from mediation.wording import Text

KEPT_S = 300
_TRIES = 2
_MOST_WAITING = 100
_BUSY = Text(
    "正在生成的草稿太多，过一会儿再打开。什么都没有丢。",
    "Too many drafts are being drawn; open it again in a little while. Nothing is lost.",
)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft that is being drawn; `name` asks whether it is there."""

    name: str


@dataclass
class _Desk:
    """One draft at a time; what failed is told once and then may be tried again."""

    pool: ThreadPoolExecutor | None = None
    lock: Lock = field(default_factory=Lock)
    drawing: dict[str, Future[None]] = field(default_factory=dict)
    failed: dict[str, Text] = field(default_factory=dict)


_desk = _Desk()


def drawn(make: Callable[[], Letter], *, by: Hand) -> bytes | Waiting:
    """The draft, or that it is being drawn. Raises Refused where it cannot be."""
    return all_drawn(lambda: (make(),), by=by)


def all_drawn(make: Callable[[], tuple[Letter, ...]], *, by: Hand) -> bytes | Waiting:
    """Several letters in one file, in the same way."""
    try:
        press.ready()
        letters = make()
    except PaperRefused as error:
        raise Refused(error.said) from error
    except PressFailed as error:
        raise Refused(error.said) from error
    owner = _owner(by)
    name = _name_of(letters, owner)
    there = _tray().get(name, owner, by.now)
    if there is not None:
        return there
    with _desk.lock:
        if name in _desk.failed:
            raise Refused(_desk.failed.pop(name))
        if name not in _desk.drawing:
            _begin(name, letters, owner, by.now)
    return Waiting(name)


def is_over(name: str) -> bool:
    """Whether a draft somebody waits for is there, failed, or is nobody's any more."""
    with _desk.lock:
        return name not in _desk.drawing


def sweep(now: datetime) -> None:
    """Clear away what has been kept long enough."""
    _tray().sweep(now)


def _begin(name: str, letters: tuple[Letter, ...], owner: str, now: datetime) -> None:
    if len(_desk.drawing) >= _MOST_WAITING:
        raise Refused(_BUSY)
    if _desk.pool is None:
        _desk.pool = ThreadPoolExecutor(1, thread_name_prefix="drafts")
    tray = _tray()
    _desk.drawing[name] = _desk.pool.submit(_draw, name, letters, tray, owner, now)


def _draw(name: str, letters: tuple[Letter, ...], tray: Tray, owner: str, now: datetime) -> None:
    failed = None
    try:
        tray.put(_pdf(letters), owner, now, name=name)
    except PaperRefused as error:
        failed = error.said
    except PressFailed as error:
        failed = error.said
    except StorageFull as error:
        failed = error.reasons[0]
    except Exception as error:
        failed = Text(str(error), str(error))
        log.exception("a draft of %s could not be drawn", letters[0].folder)
    with _desk.lock:
        if failed is not None:
            log.warning("a draft of %s was not drawn: %s", letters[0].folder, failed)
            _desk.failed[name] = failed
        _desk.drawing.pop(name, None)


def _pdf(letters: tuple[Letter, ...]) -> bytes:
    """A press that was ended under the draft is begun anew and asked once more."""
    for _ in range(_TRIES - 1):
        try:
            return press.draw_volume(letters).pdf
        except PressFailed:
            log.warning("the press stopped over a draft of %s; once more", letters[0].folder)
    return press.draw_volume(letters).pdf


def _name_of(letters: tuple[Letter, ...], owner: str) -> str:
    """By what it says and for whom, whatever the hour it is printed at."""
    parts = [part for letter in letters for part in (letter.folder.encode(), letter.identifier)]
    said = b"\0".join((owner.encode(), *parts))
    return hashlib.sha256(said).hexdigest()[:32]


def _tray() -> Tray:
    store = site.here().store
    return Tray(store.folder / "drafts", store.keyring, kept_s=KEPT_S)


def _owner(by: Hand) -> str:
    return f"draft:{by.actor.account_id}"
