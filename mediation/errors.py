"""What can go wrong, as sentences: every refusal says what to do, and that nothing was lost."""

from __future__ import annotations

from mediation.wording import Text


class Refused(Exception):
    """An act that may not happen now. Carries every reason in one go."""

    status = 422

    def __init__(self, *reasons: Text) -> None:
        self.reasons = reasons
        super().__init__("；".join(reason.zh for reason in reasons))


class NotAllowed(Refused):
    """The person's posts do not open this."""

    status = 403


class NotFound(Exception):
    """No such thing, or not for this person: both get the same answer (D2)."""


class Invalid(Refused):
    """An answer that cannot be kept; `field` names the question it belongs to."""

    def __init__(self, field: str, reason: Text) -> None:
        self.field = field
        super().__init__(reason)


class Stale(Exception):
    """Somebody else changed the same thing meanwhile; both texts are kept (D12).

    `version` is the one that is there now, where it is known.
    """

    def __init__(self, *, changed_by: str, changed_at: object, version: int | None = None) -> None:
        self.changed_by = changed_by
        self.changed_at = changed_at
        self.version = version
        super().__init__("changed meanwhile")


class AlreadyDone(Exception):
    """The same form came twice; `answer` is what the first one led to."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        super().__init__(answer)


class TooManyTries(Refused):
    status = 429
