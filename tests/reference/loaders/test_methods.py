"""The worked examples of docs/methods/figures.md, computed; the page holds the same numbers."""

import re
from decimal import Decimal
from pathlib import Path

from lodewire.reference.loaders.baci import load_flows
from lodewire.reference.loaders.cells import read_cell
from lodewire.reference.loaders.usgs_mcs import load_release

PAGE = (Path(__file__).parents[3] / "docs" / "methods" / "figures.md").read_text("utf-8")
HEAD = "Source,Country,Type,Prod_t_2022,Prod_t_est_2023,Reserves_t"
KIND = '"Mine production, cobalt"'


def test_marks_have_the_states_of_the_table() -> None:
    rows = re.findall(r"^\| (`.+?) \| ([\w, ]+) \| (.+) \|$", PAGE, re.MULTILINE)
    assert len(rows) == 8
    for marks, states, _ in rows:
        texts = re.findall(r"`([^`]+)`", marks)
        allowed = states.split(", ")
        assert [read_cell(t).state in allowed for t in texts] == [True] * len(texts), marks
    assert read_cell("—").value == 0
    assert read_cell("Less than ½ unit.").value == Decimal("0.5")


def test_the_footnote_of_the_example_is_cut_off() -> None:
    rows = (
        f"MCS2024,Australia,{KIND},5000,5000,101600000",
        f"MCS2024,China,{KIND},5000,5000,8400000",
        f"MCS2024,World total,{KIND},10000,10000,10000000",
    )
    release = load_release(
        {"mcs2024-cobal_world.csv": "\n".join((HEAD, *rows)).encode()}, "MCS2024"
    )
    (australia,) = [f for f in release.figures if (f.country, f.measured) == ("AU", "reserves")]
    assert f"{australia.value:,}" == "1,600,000"
    for number in ("101600000", "8,400,000", "10,000,000", "1,600,000 + 8,400,000 = 10,000,000"):
        assert number in PAGE


def test_the_reserves_of_the_example_are_left_out() -> None:
    row = f"MCS2024,China,{KIND},66000,66000,100"
    release = load_release({"mcs2024-cobal_world.csv": f"{HEAD}\n{row}\n".encode()}, "MCS2024")
    assert {f.measured for f in release.figures} == {"production"}
    assert "66,000 t a year\nand reserves of 100 t" in PAGE


def test_the_missing_quantity_of_the_example_is_bounded() -> None:
    rows = [f"2024,{i},392,261710,{v},100" for i, v in ((1, 100), (2, 200), (3, 400))]
    flows = "\n".join(("t,i,j,k,v,q", *rows, "2024,4,392,261710,100,NA", ""))
    codes = "country_code,country_iso2\n1,CN\n2,DE\n3,FR\n4,VN\n392,JP\n"
    found = load_flows({"y.csv": flows.encode(), "country_codes.csv": codes.encode()}, "V1")
    (vietnam,) = [f for f in found.figures if (f.partner, f.unit) == ("VN", "t")]
    assert (vietnam.low, vietnam.high) == (25, 100)
    assert "25 to 100 t" in PAGE
