"""Fields that declare meaning: a line, a text, a sum, a day, a phone, one of a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import Enum
from typing import Any

from wtforms import BooleanField, Field, SelectField, SelectMultipleField, StringField
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import TextArea, TextInput

from mediation import cleaning, identity, money
from mediation.wording import Text

MISSING = Text("“{label}”还空着，写上再存。", "Please fill in “{label}”.")
UNCHOSEN = Text("“{label}”还没选，选一个。", "Please choose “{label}”.")
BAD_DAY = Text("日期写成2026-11-23这样。", "Write the date like 2026-11-23.")
NO_SUCH_DAY = Text("日历上没有这一天，再看一遍。", "There is no such day. Look at it again.")
FAR_DAY = Text(
    "年份要在1900到2200之间，再看一遍。", "The year lies between 1900 and 2200. Look at it again."
)


_DAY_WORDS = str.maketrans("年月/.／．－", "-------", "日号")
_BETWEEN = re.compile(r"\s*-\s*")


class Asked:
    """What every field of ours knows about itself: words, width, and whether it must be answered."""

    def __init__(
        self, label: Text, *args: Any, hint: Text | None = None, required: bool = False,
        width: str = "", **rest: Any,
    ) -> None:  # fmt: skip
        self.hint, self.required, self.width = hint, required, width
        super().__init__(label, *args, **rest)  # type: ignore[call-arg]  # a mixin before Field

    @property
    def words(self) -> Text:
        return self.label.text  # type: ignore[attr-defined,no-any-return]

    def pre_validate(self, form: Any) -> None:
        """An answer that must be there, is; asked before anything else of it."""
        if self.process_errors:  # type: ignore[attr-defined]
            raise StopValidation  # it could not be read, and that has been said
        if self.required and self.data in (None, ""):  # type: ignore[attr-defined]
            raise StopValidation(MISSING.with_(label=self.words))  # type: ignore[arg-type]
        super().pre_validate(form)  # type: ignore[misc]


class LineField(Asked, StringField):
    """One line; `limit` characters at most. What cannot be printed is refused with a sentence."""

    kind = "line"
    data: Any  # what was typed, then what it was read as

    def __init__(self, label: Text, *, limit: int = 60, **rest: Any) -> None:
        self.limit = limit
        super().__init__(label, **rest)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        if not valuelist:
            return
        self.data = valuelist[0]
        try:
            self.data = self.clean(valuelist[0])
        except (cleaning.Unclean, identity.BadNumber, money.BadAmount) as refusal:
            raise ValidationError(refusal.text) from refusal  # type: ignore[arg-type]

    def clean(self, typed: str) -> str:
        return cleaning.clean_line(typed, self.limit)


class NameField(LineField):
    kind = "name"

    def clean(self, typed: str) -> str:
        return cleaning.clean_name(typed, self.limit)


class LongField(LineField):
    """Several lines."""

    kind = "long"
    widget = TextArea()

    def __init__(self, label: Text, *, limit: int = 5000, rows: int = 4, **rest: Any) -> None:
        self.rows = rows
        super().__init__(label, limit=limit, **rest)

    def clean(self, typed: str) -> str:
        return cleaning.clean_text(typed, self.limit)


class PhoneField(LineField):
    kind = "phone"

    def clean(self, typed: str) -> str:
        line = cleaning.clean_line(typed, 40)
        return identity.parse_phone(line) if line else ""


class IdNumberField(LineField):
    """An 18-figure identity number; only its form is checked here, its day by the service."""

    kind = "id_number"

    def clean(self, typed: str) -> str:
        line = cleaning.clean_line(typed, 40)
        return identity.parse_id_number(line, today=date.max).number if line else ""


class SecretField(LineField):
    """A password: kept as typed, never echoed."""

    kind = "password"

    def clean(self, typed: str) -> str:
        return typed


class Typed(Asked, Field):
    """A field whose raw text is kept when it cannot be read, so nothing typed is lost."""

    widget = TextInput()
    raw = ""

    def _value(self) -> str:
        return self.raw or ("" if self.data is None else self.show(self.data))

    def show(self, data: Any) -> str:
        return str(data)

    def read(self, typed: str) -> Any:
        raise NotImplementedError

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        if not valuelist:
            return
        self.raw = valuelist[0].strip()
        self.data = None
        if not self.raw:
            return
        try:
            self.data = self.read(self.raw)
        except (money.BadAmount, cleaning.Unclean) as refusal:
            raise ValidationError(refusal.text) from refusal  # type: ignore[arg-type]


class YuanField(Typed):
    """A sum of money; the data is whole fen."""

    kind = "money"

    def read(self, typed: str) -> int:
        return money.parse_yuan(typed, allow_zero=False)

    def show(self, data: int) -> str:
        return money.yuan(data).replace(",", "")


class DayField(Typed):
    """A date, from a picker or typed as 2026-11-23 or 2026年11月23日."""

    kind = "day"

    def read(self, typed: str) -> date:
        plain = _BETWEEN.sub("-", typed.translate(_DAY_WORDS)).strip("-")
        figures = plain.split("-")
        if len(figures) != 3 or not all(f.isdecimal() and len(f) <= 4 for f in figures):
            raise ValidationError(BAD_DAY)  # type: ignore[arg-type]
        year, month, day = (int(f) for f in figures)
        if not 1900 <= year <= 2200:
            raise ValidationError(FAR_DAY)  # type: ignore[arg-type]
        try:
            return date(year, month, day)
        except ValueError as error:
            raise ValidationError(NO_SUCH_DAY) from error  # type: ignore[arg-type]

    def show(self, data: date) -> str:
        return data.isoformat()


class CountField(Typed):
    """A whole number within bounds."""

    kind = "count"

    def __init__(self, label: Text, *, least: int = 0, most: int = 1_000_000, **rest: Any) -> None:
        self.least, self.most = least, most
        super().__init__(label, **rest)

    def read(self, typed: str) -> int:
        bounds = Text(
            "写{least}到{most}之间的整数。", "Write a whole number from {least} to {most}."
        )
        # isdecimal knows full-width figures, and none of the rest that int() takes for a number.
        number = int(typed) if typed.isdecimal() and len(typed) < 10 else -1
        if not self.least <= number <= self.most or number < 0:
            raise ValidationError(bounds.with_(least=self.least, most=self.most))  # type: ignore[arg-type]
        return number


class Offered(Asked):
    """A field with a list of answers: `choices` are (value, Text), set at the class or per page."""

    _offered: list[tuple[str, Text]]

    def __init__(
        self, label: Text, *, choices: Iterable[tuple[str, Text]] = (), **rest: Any
    ) -> None:
        super().__init__(label, coerce=_as_text, **rest)
        self.choices = choices

    @property
    def choices(self) -> list[tuple[str, Text]]:
        return self._offered

    @choices.setter
    def choices(self, offered: Iterable[tuple[str, Text]]) -> None:
        self._offered = list(offered or ())

    def pre_validate(self, form: Any) -> None:
        """Only what was offered is an answer, whatever a forged form sends."""
        if self.required and self.data in (None, "", []):  # type: ignore[attr-defined]
            raise StopValidation(UNCHOSEN.with_(label=self.words))  # type: ignore[arg-type]
        given = self.data  # type: ignore[attr-defined]
        chosen = given if isinstance(given, list) else [given]
        values = {value for value, _ in self.choices}
        if any(one not in values for one in chosen if one not in (None, "")):
            raise StopValidation(UNCHOSEN.with_(label=self.words))  # type: ignore[arg-type]


class ChoiceField(Offered, SelectField):  # type: ignore[misc]  # choices are a property of ours
    """One of a list, shown as full-width radios; nothing is preselected."""

    kind = "choice"


class ListField(ChoiceField):
    """One of a long list, shown as a drop-down."""

    kind = "list"


class ManyField(Offered, SelectMultipleField):  # type: ignore[misc]  # the same
    """Any of a list, shown as full-width check boxes."""

    kind = "many"

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """An empty answer among them is none."""
        super().process_formdata([one for one in valuelist if one])


class TickField(Asked, BooleanField):
    """One thing that is so or not; never ticked beforehand."""

    kind = "tick"


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def choices_of(
    rows: Iterable[Enum], label: Callable[[Any], Text] | None = None
) -> list[tuple[str, Text]]:
    """(name, Text) for enum members whose value is a Text or has a `label`."""
    return [(row.name, label(row) if label else row.value) for row in rows]
