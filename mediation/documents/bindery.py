"""The bindery: scans become sheets and papers a volume, in a process of its own with bounds.

A file that eats time or memory, or breaks what reads it, ends that process and no other: it is then
one that could not be put in, and the next file gets a fresh process.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from types import TracebackType
from typing import Any

from mediation.documents.binding import Leaf
from mediation.documents.press import PressFailed, begin, wait_for
from mediation.documents.press_child import read_message, write_message
from mediation.documents.sheets import TOO_MUCH, NotBound, Sheets
from mediation.wording import Text

LONGEST_S = 60.0


class Bindery:
    """One process, begun when it is needed. Use it in a `with`: it does not outlive the work."""

    def __init__(self, longest_s: float = LONGEST_S) -> None:
        self._longest_s = longest_s
        self._child: subprocess.Popen[bytes] | None = None
        self._folder = ""

    def __enter__(self) -> Bindery:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self._end()

    def sheets(self, content: bytes, media_type: str) -> Sheets:
        """A4 sheets of what the file shows. Raises NotBound."""
        try:
            said = self._ask({"do": "sheets", "media_type": media_type, "pdf": content})
        except PressFailed as error:
            raise NotBound(TOO_MUCH) from error
        if "refused" in said:
            raise NotBound(Text(*said["refused"]))
        return Sheets(said["pdf"], said["count"], said["damaged"])

    def add(self, pdf: bytes) -> int:
        """Take one more part of the volume in; how many pages it has. Raises PressFailed."""
        return int(self._ask({"do": "add", "pdf": pdf})["count"])

    def bound(self, leaves: Iterable[Leaf], numbers: bytes, title: str) -> bytes:
        """The volume, in the order of the leaves. `numbers` has one sheet for every content page.
        Raises PressFailed.
        """
        plain = [asdict(leaf) for leaf in leaves]
        said = self._ask({"do": "bind", "leaves": plain, "title": title, "pdf": numbers})
        return bytes(said["pdf"])

    def _ask(self, message: dict[str, Any]) -> dict[str, Any]:
        try:
            child = self._running()
            assert child.stdin is not None
            assert child.stdout is not None
            write_message(child.stdin, message | {"longest_s": self._longest_s})
            wait_for(child.stdout, self._longest_s)
            said = read_message(child.stdout)
        except (OSError, EOFError, TimeoutError, ValueError) as error:
            self._end()
            raise PressFailed(f"the bindery stopped: {type(error).__name__} {error}") from error
        if "failed" in said:
            raise PressFailed(said["failed"])
        return said

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None:
            self._folder = tempfile.mkdtemp(prefix="wusong-bindery-")
            self._child = begin(self._folder, "bindery_child")
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)
