"""Bytes become characters whatever their label says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.text.decode import clean_line, decode, normalise_newlines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_recognised_without_a_label(encoding: str) -> None:
    text = "Cobre Panamá: the mine stood idle for 15 days."
    assert decode(text.encode(encoding)).text == text


def test_the_label_of_the_transport_then_of_the_page_is_used() -> None:
    assert decode("naïve".encode("cp1252"), "windows-1252").text == "naïve"
    page = '<meta charset="shift_jis"><p>銅価格</p>'
    assert "銅価格" in decode(page.encode("shift_jis")).text
    old = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>měď</p>'
    assert "měď" in decode(old.encode("iso-8859-2")).text


def test_utf8_under_another_label_is_utf8_and_noted() -> None:
    found = decode("Cobre Panamá".encode(), "iso-8859-1")
    assert found.text == "Cobre Panamá"
    assert found.notes


def test_an_unknown_label_is_noted_and_ignored() -> None:
    found = decode("Cobre Panamá".encode(), "x-martian")
    assert found.text == "Cobre Panamá"
    assert "x-martian" in found.notes[0]


def test_a_file_cut_inside_a_character_says_so() -> None:
    found = decode("The mine is Cobre Panamá".encode()[:-1])
    assert found.text.startswith("The mine is Cobre Panam")
    assert "ends inside a character" in found.notes[0]


def test_unlabelled_old_charsets_are_guessed() -> None:
    text = "Компания увеличит производство меди до 130 тысяч тонн в год. " * 5
    found = decode(text.encode("windows-1251"))
    assert found.text == text
    assert any("guessed" in note for note in found.notes)


def test_newlines_and_controls_are_normalised_in_place() -> None:
    assert normalise_newlines("a\r\nb\rc\x00d\x07e") == "a\nb\nc d e"
    assert clean_line(" a\u00a0b\u200b\u00adc \n d ") == "a bc d"


@given(st.binary(), st.sampled_from([None, "utf-8", "latin-1", "utf-16", "idna", "rot13", "zlib"]))
def test_any_bytes_decode(body: bytes, charset: str | None) -> None:
    assert isinstance(decode(body, charset).text, str)


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise_newlines(text)
    assert normalise_newlines(once) == once
    assert "\r" not in once
