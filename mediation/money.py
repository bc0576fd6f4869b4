"""Money: integer fen (分) inside, yuan as people type and read them, capitals (大写) on paper."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from mediation.wording import Text

CAP_YUAN = 1_000_000_000_000  # 壹万亿: no village dispute is worth more, and capitals end there
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_TYPED = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?(万|千)?", re.ASCII)
_SCALES = {"万": 10_000, "千": 1_000}

_NOT_A_SUM = Text(
    "这不像一个金额。请只写数字，例如 8600 或 8600.50，也可以写 1.2万",
    "This does not look like a sum. Use figures only, such as 8600 or 8600.50",
)
_NEGATIVE = Text(
    "金额不能是负数，请写正数", "A sum cannot be negative; write it as a positive number"
)
_TOO_FINE = Text(
    "金额最小到分，小数点后最多两位，例如 12.35",
    "The smallest unit is one fen: at most two figures after the point, such as 12.35",
)
_ZERO = Text("金额不能是 0，请写实际的金额", "The sum cannot be 0; write the actual sum")
_TOO_LARGE = Text(
    "金额太大了，请看看是不是多写了几个 0", "The sum is too large; check for extra zeros"
)


class BadAmount(ValueError):
    """A sum that cannot be kept; `text` says what to write instead."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.zh)


def parse_yuan(typed: str, *, allow_zero: bool = True) -> int:
    """What a person typed, in yuan, as fen; raises BadAmount.

    Full-width figures, commas, the currency sign, 元 and 万 are understood.
    """
    if len(typed) > 60:
        raise BadAmount(_NOT_A_SUM)
    fen = _in_fen(_bare(typed))
    if fen == 0 and not allow_zero:
        raise BadAmount(_ZERO)
    if fen >= CAP_YUAN * 100:
        raise BadAmount(_TOO_LARGE)
    return fen


def _bare(typed: str) -> str:
    """The figures alone: half-width, without spaces, currency sign or the word 元."""
    said = "".join(unicodedata.normalize("NFKC", typed).split())
    said = said.removeprefix("人民币").lstrip("¥")
    for unit in ("元整", "块钱", "元", "块"):
        said = said.removesuffix(unit)
    return said


def _in_fen(said: str) -> int:
    if re.match(r"[-−–—负]\s*[¥\d]", said):
        raise BadAmount(_NEGATIVE)
    found = _TYPED.fullmatch(said)
    if not found:
        raise BadAmount(_NOT_A_SUM)
    whole, decimals, scale = found.groups()
    exact = Decimal(f"{whole.replace(',', '')}.{decimals or '0'}") * _SCALES.get(scale, 1) * 100
    if exact != exact.to_integral_value():
        raise BadAmount(_TOO_FINE)
    return int(exact)


def yuan(fen: int) -> str:
    """Fen as people read yuan: 860000 is `8,600.00`."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{rest:02}"


def yuan_short(fen: int) -> str:
    """The same without empty decimals, for pages: 860000 is `8,600`."""
    return yuan(fen).removesuffix(".00")


def in_yuan(fen: int) -> Decimal:
    """Fen as exact yuan with two decimals, as `rmb_upper` takes them."""
    return Decimal(fen).scaleb(-2).quantize(Decimal("0.01"))


def rmb_upper(amount: Decimal) -> str:
    """The sum in capitals (大写), by the central bank's rules: 1409.50 is 壹仟肆佰零玖元伍角.

    Takes yuan with at most two decimals, from 0 to below 壹万亿; raises BadAmount for anything else
    rather than rounding it.
    """
    if not amount.is_finite():
        raise BadAmount(_NOT_A_SUM)
    if amount < 0:
        raise BadAmount(_NEGATIVE)
    if amount >= CAP_YUAN:
        raise BadAmount(_TOO_LARGE)
    if amount != amount.quantize(Decimal("0.01")):
        raise BadAmount(_TOO_FINE)
    whole, fen = divmod(int(amount * 100), 100)
    return _whole_part(whole, fen) + _decimal_part(whole, fen)


def fen_upper(fen: int) -> str:
    """The same for a sum kept in fen."""
    return rmb_upper(in_yuan(fen))


def _whole_part(whole: int, fen: int) -> str:
    if whole:
        return f"{_in_groups(whole)}元"
    return "" if fen else "零元"


def _in_groups(whole: int) -> str:
    """Groups of four figures; one 零 stands for any run of empty places between two figures."""
    said, gap = "", False
    for power in range(len(_GROUPS) - 1, -1, -1):
        group = whole // 10_000**power % 10_000
        if group:
            bridge = "零" if said and (gap or group < 1_000) else ""
            said += bridge + _four_figures(group) + _GROUPS[power]
        gap = group == 0
    return said


def _four_figures(group: int) -> str:
    said, gap = "", False
    for place in range(3, -1, -1):
        figure = group // 10**place % 10
        if figure:
            said += ("零" if said and gap else "") + _DIGITS[figure] + _PLACES[place]
        gap = figure == 0
    return said


def _decimal_part(whole: int, fen: int) -> str:
    tenths, hundredths = divmod(fen, 10)
    if not fen:
        return "整"
    if not tenths:
        return f"{'零' if whole else ''}{_DIGITS[hundredths]}分"
    return f"{_DIGITS[tenths]}角" + (f"{_DIGITS[hundredths]}分" if hundredths else "")
