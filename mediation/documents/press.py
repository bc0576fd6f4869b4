"""The press house: letters are drawn in a process of their own, with bounds on time and memory.

Whatever a letter does to the press, the pages go on being served: the process is ended and begun
anew, and the letter is tried again later. The process may reach no network and start no program.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from selectors import EVENT_READ, DefaultSelector
from threading import Lock
from time import monotonic
from typing import IO, Any

from mediation.documents import faces
from mediation.documents.glyphs import PaperRefused
from mediation.documents.pdf import Drawn
from mediation.documents.press_child import read_message, write_message
from mediation.documents.render import Letter
from mediation.wording import Text

LONGEST_S = 60.0
# The library keeps what it has seen of a font; a fresh process now and then keeps memory flat.
MOST_LETTERS = 500
_BROKE_DOWN = Text("排印停了一下（{why}）", "the press stopped for a moment ({why})")
_NO_FACES = Text(
    "文书字体不在或被改动（{files}），不用别的字体代替。请系统管理员重新安装本程序",
    "fonts of the papers are missing or changed ({files}), and no other font is taken in their place. "
    "The administrator has to install the program again",
)


class PressFailed(RuntimeError):
    """The press broke down over a letter, or took too long; trying again may do."""

    @property
    def said(self) -> Text:
        return _BROKE_DOWN.with_(why=self)


class PressBusy(PressFailed):
    """Others are being drawn, and the caller would not wait longer."""


class FacesWrong(PressFailed):
    """Our faces are not there as they were shipped: nothing is drawn until they are."""

    @property
    def said(self) -> Text:
        return _NO_FACES.with_(files=self)


@dataclass
class Press:
    """One drawing process, begun when the first letter comes; one letter at a time."""

    longest_s: float = LONGEST_S
    most_letters: int = MOST_LETTERS
    _child: subprocess.Popen[bytes] | None = None
    _folder: str = ""
    _drawn: int = 0
    _turn: Lock = field(default_factory=Lock)

    def draw(self, letter: Letter, *, wait_s: float = LONGEST_S) -> Drawn:
        """Draw one letter. Raises PaperRefused with the reason, PressFailed, PressBusy, FacesWrong."""
        return self.draw_volume((letter,), wait_s=wait_s)

    def draw_volume(self, letters: Sequence[Letter], *, wait_s: float = LONGEST_S) -> Drawn:
        """Draw letters into one file for the printer; one by itself as it is kept. Raises as `draw`."""
        self.ready()
        if not self._turn.acquire(timeout=wait_s):
            raise PressBusy("the press is busy")
        try:
            asked = [_as_message(letter) for letter in letters]
            return _answer(self._ask({"letters": asked, "longest_s": self.longest_s}))
        finally:
            self._turn.release()

    def ready(self) -> None:
        """Raises FacesWrong where no letter may be drawn, or even set, with what is there."""
        if wrong := faces.wrong_faces():
            raise FacesWrong("、".join(wrong))

    def warm_up(self) -> None:
        """Begin the process before the first letter comes; about a second."""
        with self._turn, suppress(OSError):
            self._running()

    def close(self) -> None:
        """End the process; the next letter begins another."""
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

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and (
            self._child.poll() is not None or self._drawn >= self.most_letters
        ):
            self.close()
        if self._child is None:
            self._folder, self._drawn = tempfile.mkdtemp(prefix="wusong-press-"), 0
            self._child = begin(self._folder, "press_child")
        return self._child

    def _ask(self, message: dict[str, Any]) -> dict[str, Any]:
        try:
            child = self._running()
            assert child.stdin is not None
            assert child.stdout is not None
            self._drawn += 1
            write_message(child.stdin, message)
            wait_for(child.stdout, self.longest_s)
            return read_message(child.stdout)
        except (OSError, EOFError, TimeoutError, ValueError) as error:
            self.close()
            raise PressFailed(f"the press stopped: {type(error).__name__} {error}") from error


def _answer(said: dict[str, Any]) -> Drawn:
    if "refused" in said:
        raise PaperRefused(Text(*said["refused"]))
    if "failed" in said:
        raise PressFailed(said["failed"])
    return Drawn(said["pdf"], said["pages"], said["sha256"])


def _as_message(letter: Letter) -> dict[str, Any]:
    return {
        "folder": letter.folder,
        "html": letter.html,
        "identifier": b64encode(letter.identifier).decode(),
        "assets": {name: b64encode(data).decode() for name, data in letter.assets.items()},
        "attached": [
            [one.name, one.description, b64encode(one.data).decode(), one.on and one.on.isoformat()]
            for one in letter.attached
        ],
        "faces": [[f.role, f.family, f.path, f.sha256] for f in letter.typefaces.faces],
    }


def begin(folder: str, room: str) -> subprocess.Popen[bytes]:
    """This Python, the `main` of a room of this floor, a folder of its own, no environment but what
    they need.
    """
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    kept["TMPDIR"] = folder
    return subprocess.Popen(
        (sys.executable, "-B", "-P", "-c", _PROGRAM.format(room), *(p for p in sys.path if p)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=kept,
        close_fds=True,
    )


_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from mediation.documents.{} import main; main()"


def wait_for(pipe: IO[bytes], longest_s: float) -> None:
    """Until an answer begins. Raises TimeoutError."""
    end = monotonic() + longest_s
    with DefaultSelector() as selector:
        selector.register(pipe, EVENT_READ)
        while (left := end - monotonic()) > 0:
            if selector.select(left):
                return
    raise TimeoutError(f"no answer within {longest_s:g} s")


press = Press()
atexit.register(press.close)
