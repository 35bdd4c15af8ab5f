"""What looks like a number but is a name, a date, a label or an address is no quantity."""

from __future__ import annotations

import pytest

from lodewire.extraction.quantities import find_quantities
from lodewire.model.vocabulary import QuantityKind
from tests.extraction.quantities.cases import read

NOTHING = [
    "in 2023",
    "since 2010, when",
    "the 2019 event",
    "by 2030.",
    "from 2025 to 2027",
    "2025-2027",
    "2024/25 season",
    "the 2023 results",
    "2022 levels",
    "on 12 March 2025",
    "on March 12",
    "June 2 to 5",
    "31 May to 3 June",
    "as of 0245 GMT",
    "at 10:30 a.m.",
    "at 5 p.m. on",
    "call +27 11 622 3744",
    "call (555) 010-1234",
    "under Section 232",
    "Section 301 tariffs",
    "Article 5",
    "Phase 2",
    "Block 15",
    "Stage 1 and 2",
    "Scope 3 emissions",
    "Tier 1 assets",
    "page 12",
    "No. 1 producer",
    "Nos. 2 and 3 units",
    "#1",
    "its 17th year",
    "the 1st quarter",
    "in the 1990s",
    "737 MAX",
    "a 737-800",
    "the F-35 jet",
    "an A350 aircraft",
    "COP28 talks",
    "COP 28",
    "G7 nations",
    "G20",
    "U-235",
    "Li-6",
    "Q3 results",
    "H1 and FY25",
    "3-D printing",
    "5G networks",
    "3M Co",
    "a 10-K filing",
    "hole BL-93-04",
    "R2 and R6700",
    "version 2.0.1",
    "IP 10.0.0.1",
    "ratio of 3.5:1",
    "24/7",
    "a 51:49 venture",
    "won 6-4, 7-5",
    "a double-digit rise",
    "a second and a third cargo",
    "the third quarter",
    "second half of 2023",
    "one of them",
    "met three times this year",
    "between five and 18 joined",
    "visit https://example.com/50t/2,000-tonnes?x=5%",
    "write to desk5%25@example.com",
    "tonnes of ore",
    "dollars and cents",
    "per cent of the vote",
    "801.11ac Wi-Fi",
    "zip 90210",
    "Nikkei 225",
    "S&P 500",
    "",
    "½",
    "$",
    "%",
    "5",
    "1,2,3",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_quantity_is_read(text: str) -> None:
    assert read(text) == []


COUNTS = [
    ("25 provinces", ["25 | 25 | -"]),
    ("three potlines", ["three | 3 | -"]),
    ("15,000 workers", ["15,000 | 15000 | -"]),
    ("about 200 people", ["about 200 | 200 | - | about"]),
    ("2 million electric vehicles", ["2 million | 2000000 | -"]),
    ("25 to 30 new mines", ["25 to 30 | 25..30 | -"]),
    ("half a dozen smelters", ["half a dozen | 6 | -"]),
]


@pytest.mark.parametrize(("text", "expected"), COUNTS)
def test_a_bare_count_is_told_as_such(text: str, expected: list[str]) -> None:
    assert read(text) == expected
    assert all(q.kind is QuantityKind.COUNT for q in find_quantities(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phase 2 500 tonnes", ["500 tonnes | 500 | t"]),
        ("in 2023 500 tonnes", ["500 tonnes | 500 | t"]),
        ("May 12 300 tonnes", ["300 tonnes | 300 | t"]),
        ("Q3 500 tonnes", ["500 tonnes | 500 | t"]),
        ("Unit 74 100% sold", ["100% | 100 | %"]),
    ],
)
def test_a_label_is_not_drawn_into_the_number_after_it(text: str, expected: list[str]) -> None:
    assert read(text) == expected
