"""Tables and lists of figures: each row is told in the words of its heads."""

from __future__ import annotations

from tests.extraction.conftest import events, roles

RESOURCE = """Oberon Gold adds ounces at Kestrel

Oberon Gold Ltd reports a new resource for its Kestrel gold deposit.

Class          Mt      g/t Au     koz
Measured       2.2      1.8       127
Indicated     10.4      1.3       435
TOTAL         12.6      1.4       562
"""
OUTPUT = """Crude steel output in May

Mills of the region produced 9.9 million tonnes of crude steel in May 2025.

                 May 2025 (Mt)   % change    Jan-May (Mt)   % change
Turkey               3.1           2.4          15.2          1.1
Germany              2.9          -6.4          14.0        -10.8

North America: 8.7 Mt, down 1.4%.
"""


def test_rows_of_a_resource_table_are_estimates() -> None:
    """Each class with its tonnage, grade and metal; the total is no class."""
    found = [roles(e) for e in events(RESOURCE, "resource_estimate")]
    assert [f["category"] for f in found] == [["Measured"], ["Indicated"]]
    assert [f["tonnage"] for f in found] == [["2.2"], ["10.4"]]
    assert [f["contained"] for f in found] == [["127"], ["435"]]
    assert [f["grade"] for f in found] == [["1.8"], ["1.3"]]


def test_rows_of_an_output_table_are_reports() -> None:
    """Who stands at the left produced what stands in the first column of figures."""
    found = [roles(e) for e in events(OUTPUT, "production_report")]
    told = {f["operator"][0]: (f["volume"], f.get("change")) for f in found if "operator" in f}
    assert told["Turkey"] == (["3.1"], ["2.4"])
    assert told["Germany"] == (["2.9"], ["-6.4"])
    assert told["North America"] == (["8.7 Mt"], ["down 1.4%"])


def test_rows_of_other_tables_are_no_output() -> None:
    """Sales and prices set in rows are not what somebody produced."""
    text = (
        "Sales of the quarter\n\n            2Q25    1Q25\n"
        "Turkey      3.1     2.4\nGermany     2.9     2.2\n"
    )
    assert events(text, "production_report") == []
