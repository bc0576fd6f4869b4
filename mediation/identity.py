"""Who somebody is by number: identity cards, social credit codes, telephones; and their masks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mediation.wording import Text

Sex = Literal["male", "female"]
SEX_LABELS: dict[Sex, Text] = {"male": Text("男", "male"), "female": Text("女", "female")}

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_OLDEST_YEAR = 1890  # nobody born before it is alive
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_MOBILE = re.compile(r"1(?:[3-9]\d|00)\d{8}", re.ASCII)
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7})(?:(?:转|[Xx*#])(\d{1,6}))?", re.ASCII)
_SERVICE = re.compile(r"[48]00\d{7}", re.ASCII)
_ABROAD = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)

_ID_SHAPE = Text(
    "身份证号应是 18 位数字，最后一位也可以是 X。现在有 {n} 位，请对着证件再看一遍",
    "An identity number has 18 figures (the last may be X); this has {n}. Check it with the card",
)
_ID_SIGNS = Text(
    "身份证号里只有数字，最后一位可以是 X。请对着证件再看一遍",
    "An identity number has figures only (the last may be X). Check it with the card",
)
_ID_OLD = Text(
    "这是旧的 15 位号码。请写现在证件上的 18 位号码，没有可以先空着",
    "This is an old 15-figure number. Write the 18 figures of the present card, or leave it empty",
)
_ID_BIRTH = Text(
    "身份证号里的出生日期（第 7 到 14 位）不对，请对着证件再看一遍",
    "The birth date in the identity number (figures 7 to 14) is not right. Check it with the card",
)
_ID_CHECK = Text(
    "身份证号有一位写错了，请对着证件逐位看一遍",
    "One figure of the identity number is wrong. Check it with the card, figure by figure",
)
_CREDIT_SHAPE = Text(
    "统一社会信用代码应是 18 位数字和大写字母（没有 I、O、S、V、Z），请对着营业执照再看一遍",
    "A social credit code has 18 figures and capitals (no I, O, S, V, Z). Check the licence",
)
_CREDIT_CHECK = Text(
    "统一社会信用代码有一位写错了，请对着营业执照再看一遍",
    "One sign of the social credit code is wrong. Check it with the licence",
)
_PHONE = Text(
    "这不像一个电话号码。手机写 11 位，座机带上区号，例如 028-88880000",
    "This does not look like a telephone number. Mobile: 11 figures; landline: with the area code",
)


class BadNumber(ValueError):
    """A number that cannot be right; `text` says what to look at again."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.zh)


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A checked 18-figure identity number, and what it says about its bearer.

    Residents' permits of Hong Kong, Macao and Taiwan (81, 82, 83) and the foreigner's permanent
    residence card (9…) have the same form. The area code is only a hint: counties come and go.
    """

    number: str

    @property
    def born_on(self) -> date:
        return date(int(self.number[6:10]), int(self.number[10:12]), int(self.number[12:14]))

    @property
    def sex(self) -> Sex:
        return "male" if int(self.number[16]) % 2 else "female"

    @property
    def masked(self) -> str:
        return mask_id_number(self.number)

    @property
    def tail(self) -> str:
        return self.number[-4:]

    def age_on(self, day: date) -> int:
        return age_on(self.born_on, day)

    def __repr__(self) -> str:
        """Never the number itself: a traceback may be read by anybody."""
        return f"IdNumber({self.masked})"


def parse_id_number(typed: str, *, today: date) -> IdNumber:
    """The number as the card has it: half-width, X in capitals. Raises BadNumber."""
    number = _bare(typed)
    if re.fullmatch(r"\d{15}", number, re.ASCII):
        raise BadNumber(_ID_OLD)
    if len(number) != 18:
        raise BadNumber(_ID_SHAPE.with_(n=len(number)))
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        raise BadNumber(_ID_SIGNS)
    if not _born_in_time(number[6:14], today):
        raise BadNumber(_ID_BIRTH)
    if id_check_figure(number[:17]) != number[17]:
        raise BadNumber(_ID_CHECK)
    return IdNumber(number)


def id_check_figure(first_17: str) -> str:
    """The last sign of an identity number: ISO 7064 MOD 11-2 over the first 17."""
    total = sum(int(f) * w for f, w in zip(first_17, _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11]


def _born_in_time(figures: str, today: date) -> bool:
    try:
        born_on = date(int(figures[:4]), int(figures[4:6]), int(figures[6:]))
    except ValueError:
        return False
    return born_on <= today and born_on.year >= _OLDEST_YEAR


def sex_label(kept: str) -> Text:
    """What is kept is the Chinese word, as forms and papers have it."""
    known = {label.zh: label for label in SEX_LABELS.values()}
    return known.get(kept, Text(kept, kept))


def age_on(born_on: date, day: date) -> int:
    """Full years (周岁) on that day; one is a year older on the birthday itself."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def mask_id_number(number: str) -> str:
    """The first three and the last four signs; the birth date never shows."""
    return f"{number[:3]}{'*' * max(len(number) - 7, 4)}{number[-4:]}"


def parse_credit_code(typed: str) -> str:
    """统一社会信用代码 (GB 32100): 18 signs, the last a check over base 31; or BadNumber."""
    code = _bare(typed)
    if len(code) != 18 or any(sign not in _CREDIT_ALPHABET for sign in code):
        raise BadNumber(_CREDIT_SHAPE)
    if credit_check_sign(code[:17]) != code[17]:
        raise BadNumber(_CREDIT_CHECK)
    return code


def credit_check_sign(first_17: str) -> str:
    total = sum(
        _CREDIT_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(first_17)
    )
    return _CREDIT_ALPHABET[-total % 31]


def parse_phone(typed: str) -> str:
    """A number one can dial: mobile, landline with area code, 400 and 800, or + and a country.

    Spaces, dashes and +86 are dropped; an extension stays behind a dash (02888880000-102). Numbers
    that begin with 100 belong to the invented people of the samples. Raises BadNumber.
    """
    number = _bare(re.sub(r"(?<=\d{7})\s*[-–—]\s*(?=\d{1,6}\s*$)", "转", typed[:60]))
    number = re.sub(r"^(?:\+|00)86(?=\d{10,})", "", number)
    if _MOBILE.fullmatch(number) or _SERVICE.fullmatch(number) or _ABROAD.fullmatch(number):
        return number
    # Behind +86 an area code is said without its 0.
    landline = _LANDLINE.fullmatch(number) or _LANDLINE.fullmatch(f"0{number}")
    if not landline:
        raise BadNumber(_PHONE)
    line, extension = landline.groups()
    return f"{line}-{extension}" if extension else line


def phone_tail(phone: str) -> str:
    """The last four figures, by which a party proves that a case is theirs (extension aside)."""
    return phone.partition("-")[0][-4:]


def mask_phone(phone: str) -> str:
    """`138****5678`: the first three and the last four figures."""
    line, dash, _ = phone.partition("-")
    return f"{line[:3]}{'*' * max(len(line) - 7, 3)}{line[-4:]}{'-***' if dash else ''}"


def _bare(typed: str) -> str:
    """Half-width capitals without the spaces and dashes people write to read better."""
    said = unicodedata.normalize("NFKC", typed[:100]).upper()
    return re.sub(r"[\s()\-‐-―−·.]", "", said)
