"""What every form shares: fields in order, errors as sentences, and answers as a frozen dataclass."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wtforms import Form

from mediation.errors import Invalid
from mediation.wording import Text


class BaseForm(Form):
    """A form gets its data as an argument. Labels, hints, choices and errors are Text."""

    def __init__(self, formdata: Any = None, **rest: Any) -> None:
        self.whole_errors: list[Text] = []
        super().__init__(formdata, **rest)

    def ask_last(self, *names: str) -> None:
        """Move questions to the end: what a page is about stands first."""
        for name in names:
            self._fields[name] = self._fields.pop(name)

    def put_error(self, error: Invalid) -> None:
        """Show what a service found beside the question it belongs to, else above the form."""
        field = self._fields.get(error.field)
        if field is None:
            self.whole_errors.extend(error.reasons)
        else:
            field.errors = [*field.errors, *error.reasons]  # type: ignore[list-item]  # Text, not str

    def put_reasons(self, reasons: tuple[Text, ...]) -> None:
        self.whole_errors.extend(reasons)

    def problems(self) -> Iterator[tuple[str, Text]]:
        """Every error with the id of its field, for the summary on top of the page."""
        for reason in self.whole_errors:
            yield "", reason
        for field in self:
            yield from _problems_of(field)


def _problems_of(field: Any) -> Iterator[tuple[str, Text]]:
    """A field's own errors, or those of the fields inside it, each with the id to go to."""
    inner = getattr(field, "entries", None) or getattr(field, "form", None)
    if inner is not None:
        for one in inner:
            yield from _problems_of(one)
    for error in field.errors if isinstance(field.errors, list | tuple) else ():
        if isinstance(error, Text | str):
            yield field.id, error if isinstance(error, Text) else Text(error, error)
