"""The line: marks that share a body, figures that stay with their units, names kept whole."""

from __future__ import annotations

import pytest

from mediation.documents.typesetting import clock, day, han, last_words, name, set_page


def set_(text: str, language: str = "zh-CN") -> str:
    page = set_page(f'<html lang="{language}"><head></head><body>{text}</body>')
    return page.split("<body>")[1].removesuffix("</body>")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("元整），于", '元整<span class="h">）</span>，于'),
        ("说：“好。”", '说<span class="h">：</span>“好<span class="h">。</span>”'),
        ("《（试行）》", '《<span class="h">（</span>试行<span class="h">）</span>》'),
        ("你好，我好。", "你好，我好。"),
    ],
)
def test_two_marks_share_one_body(typed: str, expected: str) -> None:
    assert set_(typed) == expected


def test_marks_share_a_body_across_a_tag() -> None:
    assert set_("<p>（<span>李某）</span>，</p>").count('class="h"') == 1


def test_marks_of_two_paragraphs_do_not() -> None:
    assert 'class="h"' not in set_("<p>好。</p><p>“对”</p>")


@pytest.mark.parametrize(
    "kept", ["8,600.00元", "10日", "第018号", "100 0000 0118", "2026年", "30%"]
)
def test_figures_stay_with_their_unit(kept: str) -> None:
    assert f'<span class="n">{kept}</span>' in set_(f"共{kept}内")


def test_a_latin_word_is_no_unit() -> None:
    assert set_("A4纸") == "A4纸"


def test_english_quotation_marks_are_left_alone() -> None:
    assert set_("the parties’ “word”", "en") == "the parties’ “word”"


def test_long_names_break_after_the_dot_only() -> None:
    assert name("阿不都热合曼•买买提").count("·<wbr>") == 1
    assert "long" in name("阿不都热合曼•买买提")


def test_a_name_with_one_very_rare_character_is_set_whole_in_the_full_face() -> None:
    assert 'class="name rare"' in name("张㐀")
    assert "rare" not in name("王𬭚")


def test_names_are_escaped() -> None:
    assert "<b>" not in name("<b>甲</b>")


def test_numerals_and_times() -> None:
    assert [han(n) for n in (1, 10, 11, 20, 21, 40)] == [
        "一",
        "十",
        "十一",
        "二十",
        "二十一",
        "四十",
    ]
    assert clock("14:05") == "14时05分"
    assert clock("下午") == "下午"
    assert "年" in day(None)


def test_no_line_of_a_poster_ends_on_one_character() -> None:
    assert last_words("不把气留到第二天。").endswith('<span class="n">第二天。</span>')
