"""The drawing process itself: reads letters, answers with papers, may do nothing else.

What it is asked and answers is JSON with the paper's bytes behind it: nothing that comes back from
here can run anything in the program that asked.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import resource
import signal
import sys
from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from itertools import count
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mediation.documents.render import Letter

MEMORY = 2 * 1024**3
LARGEST = 200 * 1024**2
_LENGTH = 8
# After so many papers, once the answer has gone out, what they left in memory is collected.
_TIDY_EVERY = 8
# What drawing never needs: the network, other programs, other people's processes.
_FORBIDDEN = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system",
    "os.kill", "os.rename", "os.rmdir", "os.link", "os.symlink", "os.chmod", "shutil.",
    "ftplib.", "smtplib.", "urllib.Request",
)  # fmt: skip
# Python tries a folder out before it lays something down there.
_IN_OWN_FOLDER = ("os.mkdir", "os.remove")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000


class Forbidden(RuntimeError):
    """Something that drawing a paper has no business with."""


def write_message(pipe: IO[bytes], message: dict[str, Any]) -> None:
    """Length, JSON, and the bytes of `pdf` behind it."""
    body = message.pop("pdf", b"")
    head = json.dumps(message | {"body": len(body)}).encode()
    pipe.write(len(head).to_bytes(_LENGTH, "big") + head + body)
    pipe.flush()


def read_message(pipe: IO[bytes]) -> dict[str, Any]:
    """Raises EOFError when the other side has gone, ValueError for what is no message."""
    length = int.from_bytes(_exactly(pipe, _LENGTH), "big")
    if length > LARGEST:
        raise ValueError("a message is too long")
    message: dict[str, Any] = json.loads(_exactly(pipe, length))
    size = int(message.pop("body"))
    if size > LARGEST:
        raise ValueError("a paper is too long")
    return message | {"pdf": _exactly(pipe, size)} if size else message


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    found = pipe.read(count)
    if len(found) < count:
        raise EOFError
    return found


def main() -> None:
    """Draw what comes in until nobody asks any more."""
    answer_all(_load, _drawn)


def answer_all(
    load: Callable[[], None], answer: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Load what is needed, lock the door, then answer one question after the other."""
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    _bound()
    load()
    _leave_the_network()
    sys.addaudithook(_refuse)
    gc.freeze()  # what was loaded stays; looking for waste in the middle of a page costs a tenth
    gc.disable()
    with suppress(EOFError, BrokenPipeError):
        for turn in count(1):
            message = read_message(asked)
            signal.alarm(int(message["longest_s"]) + 1)  # should nobody be left to end us
            write_message(answers, answer(message))
            signal.alarm(0)
            if turn % _TIDY_EVERY == 0:
                gc.collect()


def _load() -> None:
    from mediation.documents import pdf

    pdf.warm_up()


def _drawn(message: dict[str, Any]) -> dict[str, Any]:
    from mediation.documents import pdf
    from mediation.documents.glyphs import PaperRefused

    letters = [_letter(one) for one in message["letters"]]
    try:
        made = pdf.draw(letters[0]) if len(letters) == 1 else pdf.draw_volume(letters)
    except PaperRefused as refused:
        return {"refused": [refused.said.zh, refused.said.en]}
    except Exception as error:
        return {"failed": f"{type(error).__name__}: {error}"[:300]}
    return {"pages": made.pages, "sha256": made.sha256, "pdf": made.pdf}


def _letter(message: dict[str, Any]) -> Letter:
    from mediation.documents.facts_json import Attached
    from mediation.documents.render import Letter
    from mediation.documents.typefaces import Face, Typefaces

    assets = {name: b64decode(data) for name, data in message["assets"].items()}
    along = tuple(
        Attached(name, described, b64decode(data), date.fromisoformat(on) if on else None)
        for name, described, data, on in message["attached"]
    )
    identifier = b64decode(message["identifier"])
    faces = Typefaces(faces=tuple(Face(*said) for said in message["faces"]))
    return Letter(message["folder"], message["html"], identifier, assets, along, faces)


def _bound() -> None:
    """A letter that eats memory ends this process and no other; pages are served before papers."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, AttributeError):
        os.nice(5)
        ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def _leave_the_network() -> None:
    """A network namespace without a way out, where the system allows it; the hook holds anyway."""
    with suppress(OSError, AttributeError):
        system = ctypes.CDLL(None, use_errno=True)
        if system.unshare(_CLONE_NEWNET) != 0:
            system.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise Forbidden(event)
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
    if (writes or event in _IN_OWN_FOLDER) and not _in_own_folder(arguments[0]):
        raise Forbidden(f"{event} {arguments[0]}")


def _in_own_folder(path: object) -> bool:
    """The one place it may write: the library lays the faces of a letter down there."""
    own = os.path.realpath(os.environ["TMPDIR"])
    return isinstance(path, str | bytes | os.PathLike) and os.path.realpath(
        os.fsdecode(path)
    ).startswith(own + os.sep)
