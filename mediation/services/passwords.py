"""Passwords: Argon2id, at most a few at once, and the same time for a name that does not exist."""

from __future__ import annotations

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from mediation.errors import Invalid
from mediation.wording import Text

SHORTEST, LONGEST = 10, 200
# Each check takes some 20 MiB for a moment: a flood of sign-ins waits in line instead.
_AT_ONCE = BoundedSemaphore(4)
_COMMON = ("1234567890", "0123456789", "password12", "qwertyuiop", "1111111111", "aaaaaaaaaa")


class Passwords:
    """`memory_kib` and `rounds` come from the settings; tests choose light ones."""

    def __init__(self, *, memory_kib: int, rounds: int) -> None:
        self._hasher = PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1)
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        with _AT_ONCE:
            return self._hasher.hash(password)

    def matches(self, stored: str, password: str) -> bool:
        """Takes the same time whether `stored` is somebody's or empty (a name nobody has)."""
        with _AT_ONCE:
            try:
                self._hasher.verify(stored or self._nobody, password)
            except (Argon2Error, InvalidHashError):
                return False
        return bool(stored)


def check_choice(password: str, *, login: str = "") -> None:
    """What a new password must be. Raises Invalid."""
    if len(password) < SHORTEST or len(password) > LONGEST:
        raise Invalid(
            "password",
            Text(
                f"密码至少{SHORTEST}个字。可以是一句好记的话。",
                f"At least {SHORTEST} characters; a sentence you remember is fine.",
            ),
        )
    if password.lower() in _COMMON or password == login * 2 or len(set(password)) < 4:
        raise Invalid(
            "password",
            Text(
                "这个密码太容易猜。换一句好记的话。", "That is too easy to guess. Choose another."
            ),
        )
