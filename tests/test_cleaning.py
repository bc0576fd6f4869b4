"""Words from outside: what is kept, what is mended in silence, what is refused with which words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.cleaning import Unclean, clean_line, clean_name, clean_text


@pytest.mark.parametrize(
    "name",
    [
        "王𬭚",
        "张䶮",
        "买买提·吐尔逊",
        "阿依古丽·买买提",
        "𠮷田",
        "李\U00031350",
        "Zoë O'Neil",
        "欧阳修",
    ],
)
def test_names_of_all_peoples_stay_as_they_are(name: str) -> None:
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  张 三　", "张 三"),
        ("买买提 • 吐尔逊", "买买提·吐尔逊"),
        ("买买提・吐尔逊", "买买提·吐尔逊"),
        ("e\u0301", "é"),
        ("龙\ufe00", "龙"),
        ("葛\U000e0100飾", "葛飾"),
        ("张\n三", "张 三"),
        ("", ""),
        (" \u3000 ", ""),
    ],
)
def test_what_can_be_mended_is_mended_in_silence(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


def test_lines_are_kept_in_a_text_and_joined_in_a_line() -> None:
    typed = "第一行 \r\n\r\n第二行\u2028第三行\t完 "
    assert clean_text(typed) == "第一行\n\n第二行\n第三行 完"
    assert clean_line(typed) == "第一行 第二行 第三行 完"


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("张\u202e三", "倒着"),
        ("张\u2066三", "倒着"),
        ("张\u200b三", "看不见"),
        ("张\u200d三", "看不见"),
        ("张\ufeff三", "看不见"),
        ("张\xad三", "看不见"),
        ("张\u3164三", "看不见"),
        ("张\U000e0041三", "看不见"),
        ("张\x00三", "看不见"),
        ("张\x1b[31m三", "看不见"),
        ("张\x80三", "看不见"),
        ("张\ue000三", "自己造的字"),
        ("张\U000f0000三", "自己造的字"),
        ("张\ud800三", "没有传完整"),
        ("张\uffff三", "没有传完整"),
        ("张\ufdd0三", "没有传完整"),
    ],
)
def test_what_cannot_be_seen_is_refused_and_nothing_is_lost(typed: str, word: str) -> None:
    for clean in (clean_text, clean_line, clean_name):
        with pytest.raises(Unclean) as refused:
            clean(typed)
        assert word in refused.value.text.zh
        assert "第 2 个字" in refused.value.text.zh
        assert "都还在" in refused.value.text.zh
        assert "kept" in refused.value.text.en


@pytest.mark.parametrize("length", [11, 100_000])
def test_too_long_says_how_long_it_may_be(length: int) -> None:
    with pytest.raises(Unclean) as refused:
        clean_line("长" * length, 10)
    assert "最多写 10 个字" in refused.value.text.zh
    assert str(length) in refused.value.text.zh


def test_the_limit_itself_fits_and_spaces_around_do_not_count() -> None:
    assert clean_line(f"  {'长' * 10}  ", 10) == "长" * 10


@given(st.text(max_size=200))
def test_whatever_comes_it_is_refused_or_comes_out_clean_for_good(typed: str) -> None:
    try:
        kept = clean_text(typed)
    except Unclean:
        return
    assert clean_text(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert kept.encode("utf-8").decode("utf-8") == kept
