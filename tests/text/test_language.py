"""The language is heard from the text, not believed from the template."""

from __future__ import annotations

import pytest

from lodewire.text.language import detect_language

TEXTS = {
    "en": "The company will raise its copper output to 130,000 tonnes a year, it said on Monday.",
    "de": (
        "Das Unternehmen will die Kupferproduktion auf 130.000 Tonnen pro Jahr steigern, "
        "hieß es am Montag."
    ),
    "fr": (
        "La société portera sa production de cuivre à 130 000 tonnes par an, a-t-elle "
        "déclaré lundi."
    ),
    "es": (
        "La empresa elevará su producción de cobre a 130.000 toneladas al año, según informó "
        "el lunes."
    ),
    "pt": (
        "A empresa vai elevar a sua produção de cobre para 130 mil toneladas por ano, disse "
        "na segunda-feira."
    ),
    "ja": (
        "同社は銅の生産量を年間13万トンに引き上げると月曜日に発表した。供給不足への懸念が続いている。"
    ),
    "zh": "该公司周一表示，将把铜产量提高到每年13万吨。市场对供应短缺的担忧仍在持续。",
    "ru": (
        "Компания увеличит производство меди до 130 тысяч тонн в год, сообщила она в понедельник."
    ),
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_sentence_is_enough(code: str) -> None:
    assert detect_language(TEXTS[code]) == code


def test_a_wrong_declaration_is_overruled_and_a_right_one_confirmed() -> None:
    assert detect_language(TEXTS["de"], "en") == "de"
    assert detect_language(TEXTS["en"], "en") == "en"


def test_a_text_too_short_to_tell_has_the_declared_language_or_none() -> None:
    assert detect_language("Tin 5%", "fr") == "fr"
    assert detect_language("Tin 5%") is None
    assert detect_language("") is None


def test_controls_and_odd_characters_do_not_matter() -> None:
    assert detect_language("\x00\ufdd0" + TEXTS["en"] + "\U0001f600\ufffe", None) == "en"
