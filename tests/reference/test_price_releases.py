"""Newer releases: layouts of their publishers, traps in them, and what changed."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import ConfigError
from lodewire.ontology.commodities import load_commodities
from lodewire.ontology.units import kind_of
from lodewire.reference.pink_sheet import pink_series, written_unit
from lodewire.reference.price_releases import PriceRelease, read_release, what_changed
from lodewire.reference.prices import price_series, prices_of

D = Decimal
IMF = (
    "Commodity,PALUM,PCOPP,PBANSOP\n2025M8,2598.735714,9671.875714,1022\n2025M9,2660,9994.77,1022\n"
)
PINK_NAMES = ["", "Crude oil, Brent", "Gold", "Aluminum", "Copper **", "Iron ore, cfr spot"]
PINK_UNITS = ["", "($/bbl)", "($/troy oz)", "($/mt)", "($/mt)", "($/dmtu)"]


def read(text: str | bytes, name: str = "release.csv") -> PriceRelease:
    content = text.encode() if isinstance(text, str) else text
    return read_release(name, content, price_series())


def xlsx(rows: list[list[str]], sheet: str = "Monthly Prices") -> bytes:
    """A workbook as spreadsheets write it: shared strings for texts, numbers as they are."""
    strings: list[str] = []
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = []
        for column, text in enumerate(row):
            place = f"{chr(ord('A') + column)}{number}"
            if not text:
                continue
            if text.replace(".", "").isdigit():
                cells.append(f'<c r="{place}"><v>{text}</v></c>')
            else:
                cells.append(f'<c r="{place}" t="s"><v>{len(strings)}</v></c>')
                strings.append(text)
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{link}"><sheets>'
        f'<sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/sharedStrings.xml": f"<sst {main}>"
        + "".join(f"<si><t>{s.replace('&', '&amp;')}</t></si>" for s in strings)
        + "</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{''.join(lines)}"
        "</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def pink(*months: list[str], units: list[str] | None = None) -> bytes:
    return xlsx([["World Bank Commodity Price Data"], [], PINK_NAMES, units or PINK_UNITS, *months])


def test_the_imf_s_table_by_codes():
    release = read(IMF)
    assert release.layout == "columns by code"
    assert {(p.series, p.period) for p in release.prices} == {
        ("imf-aluminium", "2025-08"),
        ("imf-aluminium", "2025-09"),
        ("imf-copper", "2025-08"),
        ("imf-copper", "2025-09"),
    }
    assert release.unknown == ("PBANSOP",)


def test_the_imf_s_sdmx_takes_monthly_dollars_only():
    release = read(
        "COUNTRY,INDICATOR,DATA_TRANSFORMATION,FREQUENCY,TIME_PERIOD,OBS_VALUE\n"
        "G001,PLMMODY,USD,M,2026-M07,66882\n"
        "G001,PLMMODY,INDEX,M,2026-M07,180\n"
        "G001,PLMMODY,USD,A,2026,66000\n"
    )
    assert [(p.series, p.period, p.value) for p in release.prices] == [
        ("imf-molybdenum", "2026-07", D(66882))
    ]


def test_fred_names_series_by_codes_with_a_suffix():
    release = read("observation_date,PALUMUSDM\n2026-01-01,3100.5\n2026-02-01,.\n")
    assert [(p.series, p.period, p.value) for p in release.prices] == [
        ("imf-aluminium", "2026-01", D("3100.5"))
    ]


def test_the_pink_sheet_as_a_workbook():
    release = read(pink(["2026M08", "84", "4300.5", "3200", "13000", "101"]), "CMO.xlsx")
    assert release.layout == "World Bank Pink Sheet"
    assert {p.series: p.value for p in release.prices} == {
        "wb-brent": D(84),
        "wb-gold": D("4300.5"),
        "wb-aluminium": D(3200),
        "wb-copper": D(13000),
        "wb-iron-ore": D(101),
    }


def test_a_column_in_another_unit_than_before_is_not_taken():
    units = [u.replace("($/mt)", "(cents/lb)") for u in PINK_UNITS]
    release = read(pink(["2026M08", "84", "4300", "145", "590", "101"], units=units), "CMO.xlsx")
    assert {p.series for p in release.prices} == {"wb-brent", "wb-gold", "wb-iron-ore"}
    assert "aluminum in (cents/lb)" in release.unknown


def test_zero_is_a_gap_and_told():
    release = read("Commodity,PALUM,PCOPP\n1990M1,0.0,2365\n1990M2,NA,..\n")
    assert [p.series for p in release.prices] == ["imf-copper"]
    assert release.set_aside == ("line 2, PALUM 1990-01: '0.0'",)


def test_a_header_with_fewer_names_than_cells_is_refused(shared: Path):
    """The compilation whose "Aluminum" stands over an index."""
    content = (shared / "data" / "prices" / "monthly-commodity-prices.csv").read_bytes()
    with pytest.raises(ConfigError, match="64 names over rows of 95 cells") as told:
        read(content)
    assert "publisher's own file" in (told.value.hint or "")


def test_what_changed_tells_new_revised_and_missing_months():
    release = read(IMF + "2025M10,2790,10500,1000\n")
    known = [p for s in ("imf-aluminium", "imf-copper") for p in prices_of(s)]
    changes = what_changed(release, known)
    assert [(c.series, c.period, c.old, c.new) for c in changes] == [
        ("imf-aluminium", "2025-09", D("2654.48"), D(2660)),
        ("imf-aluminium", "2025-10", None, D(2790)),
        ("imf-copper", "2025-10", None, D(10500)),
    ]
    shorter = read("Commodity,PALUM\n2025M7,2606.37\n2025M9,2654.48\n")
    gone = what_changed(shorter, prices_of("imf-aluminium"))
    assert [(c.period, c.new) for c in gone] == [("2025-08", None)]


def test_the_same_release_again_changes_nothing():
    """Six significant digits of the package against the full ones of the publisher."""
    release = read("Commodity,PALUM\n2025M9,2654.479090909091\n")
    assert what_changed(release, prices_of("imf-aluminium")) == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"a,b\n1,2\n",
        b"PK\x03\x04 not a zip",
        b"\xff\xfe\x00",
        xlsx([["x"]], sheet="Other"),
    ],
)
def test_what_cannot_be_understood_is_refused(content: bytes):
    with pytest.raises(ConfigError):
        read(content)


def test_a_workbook_with_a_document_type_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(ConfigError, match="declares a document type"):
        read(out.getvalue())


def test_pink_series_are_priced_commodities_and_wb_gold_agrees_with_the_package():
    packaged = {s.id: s for s in price_series()}
    for series in pink_series():
        assert kind_of(series.unit).value == "price"
        assert series.commodity in load_commodities()
        if series.id in packaged:
            assert packaged[series.id].unit == series.unit
    assert written_unit("($/troy oz)") == "troyoz"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes):
    try:
        release = read(content)
    except ConfigError:
        return
    assert all(p.value > 0 for p in release.prices)


@given(st.text(alphabet="PALUMCO,\n0123456789M.-", max_size=200))
def test_any_table_of_codes_gives_prices_over_zero_or_is_refused(text: str):
    try:
        release = read(f"Commodity,PALUM\n{text}")
    except ConfigError:
        return
    assert all(p.value > 0 and p.series == "imf-aluminium" for p in release.prices)
