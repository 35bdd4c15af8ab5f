"""Signatures: what normalising, figures and keys do."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import LedgerError
from lodewire.stories.fingerprint import sign
from lodewire.stories.signature import DocumentSignature
from lodewire.stories.words import figures_of, telling_figures, weight_of, words_of

from .newsroom import DEAL, document


def test_words_lose_case_type_and_punctuation() -> None:
    assert words_of("MMG’s “Ｋhoemacau” – 1.88") == ["mmg", "s", "khoemacau", "1", "88"]


def test_scripts_without_blanks_are_cut_into_characters() -> None:
    assert words_of("中国の銅 price") == ["中", "国", "の", "銅", "price"]


@pytest.mark.parametrize(
    "written", ["$1.88 billion", "1,88 Milliarden", "1,880 million", "1 880 000 000", "1'880"]
)
def test_one_figure_written_in_five_ways_is_one_figure(written: str) -> None:
    assert figures_of(written) == ("188",)


def test_years_and_round_numbers_tell_nothing() -> None:
    assert telling_figures("In 2025 some 1,700 people dug 130,000 t for $1.88 bn") == ("188",)


def test_a_rare_name_weighs_more_than_words_of_the_field_and_those_more_than_common_ones() -> None:
    assert weight_of("khoemacau", "en") > weight_of("copper", "en") > weight_of("said", "en") > 0
    assert weight_of("the", "en") < 0.1


@given(st.text(max_size=400), st.sampled_from([None, "en", "de", "ja"]))
def test_any_text_has_a_signature_that_survives_being_stored(
    text: str, language: str | None
) -> None:
    made = document(text.replace("\ud800", ""), language=language or "en")
    signature = sign(made, day=date(2025, 1, 1))
    again = DocumentSignature.load(signature.dump())
    assert again.dump() == signature.dump()
    assert all(-(2**63) <= key < 2**63 for key in signature.keys)


def test_a_long_text_has_a_small_signature() -> None:
    signature = sign(document(" ".join(f"word{i}" for i in range(50_000))), day=date(2025, 1, 1))
    assert len(signature.dump()) < 20_000
    assert len(signature.keys) < 120


def test_an_article_has_keys_enough_to_be_found_and_few_enough_to_index() -> None:
    assert 20 <= len(sign(document(DEAL), day=date(2025, 1, 1)).keys) <= 80


@pytest.mark.parametrize("payload", [b"", b"{}", b"[1]", b'{"v":"sig/0"}', b"\xff"])
def test_a_damaged_or_older_signature_is_refused_plainly(payload: bytes) -> None:
    with pytest.raises(LedgerError):
        DocumentSignature.load(payload)
