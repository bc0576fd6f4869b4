"""Codes for people: their length in bits, their looks, and how forgiving typing them is."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.codes import (
    ALPHABET,
    BadCode,
    check_code,
    is_check_token,
    new_case_code,
    new_check_token,
    new_password,
    new_reference,
    new_setup_token,
    new_slip_pin,
    parse_case_code,
    parse_check_code,
    print_case_code,
)


def test_the_alphabet_has_no_lookalikes() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_a_case_code_has_sixty_bits_and_prints_in_fours() -> None:
    code = new_case_code()
    assert math.log2(len(ALPHABET)) * len(code) == 60
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", print_case_code(code))
    assert new_case_code() != code


@given(st.text(ALPHABET, min_size=12, max_size=12))
def test_what_is_printed_can_be_typed(code: str) -> None:
    printed = print_case_code(code)
    assert parse_case_code(printed) == code
    assert parse_case_code(printed.lower().replace("-", " ")) == code
    assert parse_case_code(printed.replace("0", "O").replace("1", "l")) == code


def test_a_case_code_typed_in_full_width_is_read() -> None:
    assert parse_case_code("７ｋ３ｍ－９ＸＷＰ—２ＱＲＴ") == "7K3M9XWP2QRT"


@pytest.mark.parametrize(
    "typed", ["", "7K3M-9XWP", "7K3M-9XWP-2QRT-1", "7K3M-9XWP-2Q张T", "7" * 10**5]
)
def test_a_wrong_case_code_says_what_one_looks_like(typed: str) -> None:
    with pytest.raises(BadCode) as refused:
        parse_case_code(typed)
    assert "12" in refused.value.text.zh


def test_slip_pins() -> None:
    pin = new_slip_pin()
    assert re.fullmatch(r"[0-9]{6}", pin)


def test_a_check_token_has_128_bits_in_26_signs() -> None:
    tokens = {new_check_token() for _ in range(200)}
    assert len(tokens) == 200
    assert all(is_check_token(token) and is_check_token(token.lower()) for token in tokens)
    # 26 signs hold 130 bits, so the first sign is one of eight.
    assert {token[0] for token in tokens} <= set(ALPHABET[:8])
    assert not is_check_token("U" * 26)
    assert not is_check_token("0" * 25)


def test_a_check_code_is_the_beginning_of_the_digest() -> None:
    digest = "3f2a90bc11de" + "0" * 52
    assert check_code(digest) == "3f2a-90bc-11de"
    assert digest.startswith(parse_check_code("3F2A 90BC 11DE"))
    assert parse_check_code("3f2a-9Obc-lIde") == "3f2a90bc11de"
    for typed in ("", "3f2a-90bc", "3g2a-90bc-11de", "3f2a-90bc-11de-0"):
        with pytest.raises(BadCode) as refused:
            parse_check_code(typed)
        assert "校验码" in refused.value.text.zh


def test_references_are_short_and_fit_an_address() -> None:
    references = {new_reference() for _ in range(1000)}
    assert len(references) == 1000
    assert all(re.fullmatch(r"[0-9a-z]{10}", reference) for reference in references)


def test_setup_tokens_fit_an_address() -> None:
    assert re.fullmatch(r"[\w-]{43}", new_setup_token())


def test_a_password_is_easy_to_type_and_has_sixty_bits() -> None:
    password = new_password()
    assert re.fullmatch(r"(?:(?:[b-z][aeiu]){2}[2-9]-?){4}", password)
    assert len(password) == 23
    assert not set(password) & set("lo01qvxc")
    assert 4 * math.log2(16 * 4 * 16 * 4 * 8) == 60
