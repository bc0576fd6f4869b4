"""Signatures in a file that anybody may have sent: read in a process of its own, behind a locked door."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from threading import BoundedSemaphore
from typing import Any

from mediation.documents.press import PressFailed, begin, wait_for
from mediation.documents.press_child import answer_all, read_message, write_message
from mediation.documents.signing import Certificate, Signature

LONGEST_S = 10.0
_AT_ONCE = BoundedSemaphore(2)


def signatures_of(pdf: bytes, *, wait_s: float = LONGEST_S) -> tuple[Signature, ...]:
    """Every signature of the file. Raises PressFailed where it cannot be read, or others wait."""
    if b"/ByteRange" not in pdf:
        return ()
    if not _AT_ONCE.acquire(timeout=wait_s):
        raise PressFailed("other files are being looked at")
    try:
        return _asked(pdf)
    finally:
        _AT_ONCE.release()


def _asked(pdf: bytes) -> tuple[Signature, ...]:
    folder = tempfile.mkdtemp(prefix="wusong-signature-")
    child = begin(folder, "signature_desk")
    try:
        assert child.stdin is not None
        assert child.stdout is not None
        write_message(child.stdin, {"longest_s": LONGEST_S, "pdf": pdf})
        wait_for(child.stdout, LONGEST_S)
        said = read_message(child.stdout)
    except (OSError, EOFError, TimeoutError, ValueError) as error:
        raise PressFailed(f"no answer: {type(error).__name__} {error}") from error
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        shutil.rmtree(folder, ignore_errors=True)
    if "failed" in said:
        raise PressFailed(said["failed"])
    return tuple(_signature(one) for one in said["signatures"])


def _signature(said: dict[str, Any]) -> Signature:
    whose = dict(said.pop("certificate"))
    for name in ("begins_at", "ends_at"):
        whose[name] = datetime.fromisoformat(whose[name])
    at = said.pop("signed_at")
    return Signature(
        certificate=Certificate(**whose),
        signed_at=datetime.fromisoformat(at) if at else None,
        **said,
    )


def main() -> None:
    """The process itself: reads one file after the other, may do nothing else."""
    desk = _Desk()
    answer_all(desk.load, desk.answer)


class _Desk:
    def load(self) -> None:
        """Before the door is locked: what reads a signature, and the loop it wants."""
        import asyncio

        from mediation.documents import signing

        self._loop = asyncio.new_event_loop()
        self._signing = signing
        signing.warm_up()

    def answer(self, message: dict[str, Any]) -> dict[str, Any]:
        try:
            found = self._signing.signatures_in(message["pdf"], self._loop)
        except Exception as error:
            return {"failed": f"{type(error).__name__}: {error}"[:300]}
        return {"signatures": [_plain(asdict(one)) for one in found]}


def _plain(said: Any) -> Any:
    if isinstance(said, dict):
        return {name: _plain(one) for name, one in said.items()}
    return said.isoformat() if isinstance(said, datetime) else said
