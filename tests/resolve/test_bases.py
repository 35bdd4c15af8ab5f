"""Which value of a deal a sum is, by the words beside it."""

from __future__ import annotations

import pytest

from lodewire.model.vocabulary import ValueBasis
from lodewire.resolve.bases import value_basis

E, Q, C, T, U, K = (
    ValueBasis.ENTERPRISE,
    ValueBasis.EQUITY,
    ValueBasis.CLOSING,
    ValueBasis.TOTAL,
    ValueBasis.UPFRONT,
    ValueBasis.CONTINGENT,
)


@pytest.mark.parametrize(
    ("sentence", "basis"),
    [
        ("MMG will pay an enterprise value of [US$1,875 million] for it.", E),
        ("buys the mine at an enterprise value of about [$1.9 billion]", E),
        ("the offer, [$2.1 billion] including debt, was refused", E),
        ("at an enterprise value (EV) of [$1.9 billion]", E),
        ("the bid gives it an equity value of [A$2.6 billion]", Q),
        ("for a total consideration of [C$410 million]", T),
        ("for an aggregate purchase price of approximately [$90 million]", T),
        ("for which it is paying [$1.37 billion] upfront, closed yesterday", U),
        ("with an upfront cash payment of [$20 million]", U),
        ("of which [$195 million] is due at closing and more later", C),
        ("it paid [$1.73 billion] on completion of the deal", C),
        ("a closing payment of [$5 million]", C),
        ("plus contingent payments of up to [$150 million]", K),
        ("and as much as [$204 million] hangs on milestones", K),
        ("Rio Tinto is to pay [$6.7 billion] for Arcadium.", None),
        ("an enterprise value of [$2 billion] upfront", None),
        ("The enterprise is worth it; it pays [$2 billion].", None),
        ("equity of [$2 billion]", None),
    ],
)
def test_the_words_beside_a_sum_say_which_value_it_is(sentence, basis):
    start, end = sentence.index("["), sentence.index("]") - 1
    assert value_basis(sentence.replace("[", "").replace("]", ""), start, end) is basis


def test_each_sum_of_a_sentence_has_its_own_basis():
    text = (
        "for $399 million, of which $195 million is due at closing and $204 million is contingent"
    )
    found = [
        value_basis(text, at := text.index(sum_), at + len(sum_))
        for sum_ in ("$399 million", "$195 million", "$204 million")
    ]
    assert found == [None, C, K]
