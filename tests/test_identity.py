"""Numbers of people: what is accepted, what is refused and how, what shows when masked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.identity import (
    BadNumber,
    age_on,
    credit_check_sign,
    id_check_figure,
    mask_phone,
    parse_credit_code,
    parse_id_number,
    parse_phone,
    phone_tail,
)

TODAY = date(2026, 11, 23)


def number(area: str, born: str, order: str = "001") -> str:
    first = f"{area}{born}{order}"
    return first + id_check_figure(first)


def test_the_example_of_the_standard() -> None:
    """GB 11643 prints two numbers with their check figures."""
    assert id_check_figure("11010519491231002") == "X"
    assert id_check_figure("44052418800101001") == "4"


def test_a_number_says_birth_sex_and_age() -> None:
    known = parse_id_number(number("990000", "19610302", "017"), today=TODAY)
    assert known.born_on == date(1961, 3, 2)
    assert known.sex == "male"
    assert known.age_on(TODAY) == 65
    assert parse_id_number(number("990000", "19610302", "018"), today=TODAY).sex == "female"


@pytest.mark.parametrize(
    "area", ["510129", "810000", "820000", "830000", "911124", "990000", "519999"]
)
def test_no_area_is_refused(area: str) -> None:
    assert parse_id_number(number(area, "19850101"), today=TODAY).number[:6] == area


def test_a_number_is_read_as_people_write_it() -> None:
    assert parse_id_number(" 110105 19491231 002x ", today=TODAY).number == "11010519491231002X"
    wide = "１１０１０５１９４９１２３１００２Ｘ"
    assert parse_id_number(wide, today=TODAY).number == "11010519491231002X"


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("110105194912310021", "逐位"),
        ("1101051949123100", "16 位"),
        ("110105491231002", "15 位"),
        ("11010519491231002Y", "最后一位"),
        ("", "0 位"),
        ("9" * 100_000, "位"),
        (number("110105", "20250229"), "出生日期"),
        (number("110105", "20261124"), "出生日期"),
        (number("110105", "18500101"), "出生日期"),
    ],
)
def test_a_wrong_number_says_where_to_look(typed: str, word: str) -> None:
    with pytest.raises(BadNumber) as refused:
        parse_id_number(typed, today=TODAY)
    assert word in refused.value.text.zh


@given(
    st.integers(0, 999_999),
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(0, 999),
    st.integers(0, 16),
    st.integers(1, 9),
)
def test_one_wrong_figure_is_always_found(
    area: int, born_on: date, order: int, place: int, step: int
) -> None:
    right = number(f"{area:06}", f"{born_on:%Y%m%d}", f"{order:03}")
    assert parse_id_number(right, today=TODAY).number == right
    wrong = right[:place] + str((int(right[place]) + step) % 10) + right[place + 1 :]
    with pytest.raises(BadNumber):
        parse_id_number(wrong, today=TODAY)


def test_where_the_day_is_not_known_yet_the_rest_is_checked() -> None:
    """A form has no clock: it checks the figures, and the service the day."""
    assert parse_id_number(number("990000", "19610302"), today=date.max).age_on(TODAY) == 65


def test_masked_shows_neither_birth_nor_much_else() -> None:
    known = parse_id_number(number("990000", "19610302"), today=TODAY)
    assert known.masked == f"990***********{known.tail}"
    assert known.number not in repr(known)
    assert "19610302" not in known.masked


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2008, 11, 23), date(2026, 11, 22), 17),
        (date(2008, 11, 23), date(2026, 11, 23), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_age_in_full_years(born_on: date, day: date, age: int) -> None:
    assert age_on(born_on, day) == age


@pytest.mark.parametrize("code", ["91350100M000100Y43", "9135 0100 m000 100y 43"])
def test_the_social_credit_code_of_the_standard(code: str) -> None:
    assert parse_credit_code(code) == "91350100M000100Y43"


def test_a_wrong_social_credit_code() -> None:
    with pytest.raises(BadNumber) as shape:
        parse_credit_code("91350100I000100Y43")
    assert "18" in shape.value.text.zh
    with pytest.raises(BadNumber) as check:
        parse_credit_code("91350100M000100Y44")
    assert "写错" in check.value.text.zh
    assert credit_check_sign("91350100M000100Y4") == "3"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13900001234", "13900001234"),
        ("+86 139 0000 1234", "13900001234"),
        ("0086-13900001234", "13900001234"),
        ("１３９００００１２３４", "13900001234"),
        ("100 0000 0017", "10000000017"),
        ("028-88880000", "02888880000"),
        ("(0571) 8888 0000", "057188880000"),
        ("0838-2220000", "08382220000"),
        ("028-88880000-102", "02888880000-102"),
        ("028-88880000转102", "02888880000-102"),
        ("+86 28 8888 0000", "02888880000"),
        ("400-800-1234", "4008001234"),
        ("+852 6123 4567", "+85261234567"),
    ],
)
def test_a_telephone_is_kept_as_it_is_dialled(typed: str, kept: str) -> None:
    assert parse_phone(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "88880000", "1390000123", "139000012345", "12345678901", "电话", "1" * 100_000]
)
def test_a_wrong_telephone_says_how_to_write_it(typed: str) -> None:
    with pytest.raises(BadNumber) as refused:
        parse_phone(typed)
    assert "区号" in refused.value.text.zh


def test_a_telephone_is_masked_and_its_tail_known() -> None:
    assert mask_phone("13900001234") == "139****1234"
    assert mask_phone("02888880000-102") == "028****0000-***"
    assert phone_tail("02888880000-102") == "0000"
