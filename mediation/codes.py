"""Codes for people: made to be read aloud, typed by old fingers, and not guessed."""

from __future__ import annotations

import re
import secrets
import unicodedata

from mediation.wording import Text

# Crockford's base 32: no I, L, O or U, so nothing on a slip can be taken for something else.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("ILOU", "110V")
_CASE_CODE, _TOKEN, _REFERENCE = 12, 26, 10
_DASHES = re.compile(r"[\s\-‐-―−_·.]")
_CONSONANTS, _VOWELS, _FIGURES = "bdfghjkmnprstwyz", "aeiu", "23456789"

_CASE_CODE_SHAPE = Text(
    "案件码是 12 个字母和数字，印在您那张纸上，例如 7K3M-9XWP-2QRT。请再看一遍",
    "A case code has 12 letters and figures, such as 7K3M-9XWP-2QRT, printed on your slip",
)
_CHECK_CODE_SHAPE = Text(
    "校验码是 12 个数字和字母（A 到 F），印在文书下边，例如 3f2a-90bc-11de",
    "A check code has 12 figures and letters (A to F), printed at the foot of the paper",
)


class BadCode(ValueError):
    """What was typed cannot be such a code; `text` says what one looks like and where it stands."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.zh)


def new_case_code() -> str:
    """案件码: 60 bits, twelve signs. Only its keyed hash is kept."""
    return _random_signs(_CASE_CODE)


def print_case_code(code: str) -> str:
    """As it stands on the slip: `7K3M-9XWP-2QRT`."""
    return in_fours(code)


def parse_case_code(typed: str) -> str:
    """Twelve signs, whatever dashes, cases and look-alikes were typed. Raises BadCode."""
    code = _bare(typed).translate(_LOOKALIKES)
    if len(code) != _CASE_CODE or not set(code) <= set(ALPHABET):
        raise BadCode(_CASE_CODE_SHAPE)
    return code


def new_slip_pin() -> str:
    """Six figures beside the case code, for people without a telephone."""
    return f"{secrets.randbelow(10**6):06}"


def new_check_token() -> str:
    """The 128 bits in a QR's address, in capitals so that the QR stays small."""
    number = secrets.randbits(128)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(_TOKEN)))


def is_check_token(said: str) -> bool:
    return len(said) == _TOKEN and set(said.upper()) <= set(ALPHABET)


def check_code(digest: str) -> str:
    """校验码 at the foot of a paper: the first 12 hex figures of its SHA-256, `3f2a-90bc-11de`."""
    return in_fours(digest[:12].lower())


def parse_check_code(typed: str) -> str:
    """The 12 bare figures, to compare with the beginning of a digest. Raises BadCode."""
    code = _bare(typed).lower().translate(str.maketrans("oil", "011"))
    if not re.fullmatch(r"[0-9a-f]{12}", code):
        raise BadCode(_CHECK_CODE_SHAPE)
    return code


def new_reference() -> str:
    """A dispute's name in addresses: ten small signs, 50 bits; it tells nothing about how many."""
    return _random_signs(_REFERENCE).lower()


def new_setup_token() -> str:
    """A one-time link's secret, 256 bits; only its hash is kept."""
    return secrets.token_urlsafe(32)


def new_password() -> str:
    """Four syllable pairs with a figure, 60 bits: `bade7-kimu3-rusa9-tepi2`. Small letters only."""
    return "-".join(_password_group() for _ in range(4))


def _password_group() -> str:
    syllables = (secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(2))
    return "".join(syllables) + secrets.choice(_FIGURES)


def in_fours(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _random_signs(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _bare(typed: str) -> str:
    return _DASHES.sub("", unicodedata.normalize("NFKC", typed[:100])).upper()
