"""Reading a bill of materials: any country's writing, nothing guessed, nothing hostile."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodewire.analytics.holdings import positions_of, read_own_table
from lodewire.analytics.holdings.materials import resolve_material
from lodewire.errors import HoldingError
from lodewire.model.holding import OwnTable, Position


def read(text: str, *, encoding: str = "utf-8", decimal: str | None = None) -> OwnTable:
    return read_own_table(text.encode(encoding), decimal=decimal)


def one(table: OwnTable, commodity: str) -> Position:
    (found,) = [p for p in positions_of(table.holdings) if p.commodity == commodity and not p.via]
    return found


ENGLISH = (
    "Part,Material,Quantity,Unit,Spend,Currency,Supplier,Country of origin,Share\n"
    "Powder,Dysprosium oxide,12000,kg,3600000,EUR,Shenghe,China,80%\n"
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-8-sig"),
        (
            "Teil;Werkstoff;Menge (kg);Ausgaben EUR;Lieferant;Ursprungsland;Anteil %\n"
            "Pulver;Dysprosium oxide;12.000,0;3.600.000,00;Shenghe;China;80\n",
            "cp1252",
        ),
        (
            "Pièce;Matière première;Quantité (t);Dépenses [EUR];Fournisseur;"
            "Pays d'origine;Part du pays\n"
            "Poudre;Dysprosium oxide;12,0;3 600 000,00;Shenghe;Chine;0,8\n",
            "cp1252",
        ),
        (
            "部品\t材料\t数量\t単位\t金額\t通貨\t仕入先\t原産国\t割合\n"
            "粉\tDysprosium oxide\t12.0\tt\t3,600,000.00\tEUR\tShenghe\t中国\t80%\n",
            "cp932",
        ),
        (
            "零件|原材料|数量|单位|金额|币种|供应商|原产国|占比\n"
            "粉|Dysprosium oxide|12.0|t|3600000.00|EUR|Shenghe|中国|80%\n",
            "gb18030",
        ),
    ],
)
def test_one_table_in_many_languages_says_the_same(text: str, encoding: str) -> None:
    """Headers, charsets, delimiters and decimals differ; what is bought does not."""
    position = one(read(text, encoding=encoding), "dysprosium")
    assert (position.quantity, position.unit) == (Decimal(12), "t")
    assert (position.spend, position.currency) == (Decimal(3_600_000), "EUR")
    assert position.shares == (("CN", Decimal("0.8")),)
    assert (position.form, position.stage) == ("oxide", "refining")
    assert position.suppliers == ("Shenghe",)


def test_a_title_above_the_header_is_passed_over() -> None:
    table = read(f"Annual purchases 2025,,,\nas of January,,,\n{ENGLISH}")
    assert one(table, "dysprosium").rows == (4,)


def test_a_magnet_holds_what_its_rules_say() -> None:
    """Nd and Fe and B for sure, Pr, Dy and Tb perhaps; never samarium."""
    table = read("Material\nNdFeB magnet N42SH sintered\n")
    held = {h.commodity: h.certain for h in table.holdings if h.via == "ndfeb-magnet"}
    assert held == {
        "boron": True,
        "iron": True,
        "neodymium": True,
        "praseodymium": False,
        "dysprosium": False,
        "terbium": False,
    }
    assert one(table, "ndfeb-magnets").certain


def test_a_chemistry_counts_wherever_the_word_for_a_cell_stands() -> None:
    for words in ("18650 cell NMC", "NMC 811 cell", "NMC cells", "Lithium-ion NMC cell pack"):
        held = {c.commodity for c in resolve_material(words).contents}
        assert {"nickel", "cobalt", "lithium"} <= held, words
    assert not resolve_material("NMC811").contents, "a cathode or a cell? it is not told"


@pytest.mark.parametrize(
    ("words", "must", "may", "never"),
    [
        (
            "Li-ion NMC 811 cell",
            {"lithium", "nickel", "cobalt", "copper"},
            {"manganese", "graphite"},
            {"rare-earths"},
        ),
        (
            "LFP battery pack",
            {"lithium", "copper"},
            {"graphite"},
            {"nickel", "cobalt", "manganese"},
        ),
        ("lithium-ion battery", {"lithium"}, {"graphite"}, {"rare-earths", "lead"}),
    ],
)
def test_a_cell_holds_what_its_chemistry_says(
    words: str, must: set[str], may: set[str], never: set[str]
) -> None:
    held = {h.commodity: h.certain for h in read(f"Material\n{words}\n").holdings if h.via}
    assert must <= {c for c, certain in held.items() if certain}
    assert may <= {c for c, certain in held.items() if not certain}
    assert not never & held.keys()


@pytest.mark.parametrize(
    ("words", "commodity", "stage"),
    [
        ("Kupfer", "copper", None),
        ("銅", "copper", None),
        ("Nd", "neodymium", None),
        ("copper concentrate 26% Cu-free lot 7", None, None),
        ("copper concentrate 26 %", "copper", "mining"),
        ("Tantalum powder, high purity", "tantalum", None),
        ("APT", "tungsten", None),
        ("Dy2O3", "dysprosium", "refining"),
        ("LiOH·H2O", "lithium", "refining"),
        ("Cobalt sulphate heptahydrate", "cobalt", "refining"),
        ("Cobalt hydroxide 30% Co", "cobalt", "refining"),
        ("Lithium carbonate, battery grade", "lithium", "refining"),
        ("Kupferkathode", "copper", "refining"),
        ("oxyde d'yttrium", "yttrium", "refining"),
        ("carbonato de litio", "lithium", "refining"),
        ("氧化镝", "dysprosium", "refining"),
        ("炭酸リチウム", "lithium", "refining"),
        ("Permanent magnet (NdFeB)", "ndfeb-magnets", None),
        ("ネオジム磁石", "ndfeb-magnets", None),
        ("LiCoO2", None, None),
        ("CO", None, None),
        ("copper/nickel alloy", None, None),
        ("zinc battery", None, None),
    ],
)
def test_words_of_form_grade_and_size_are_no_other_material(
    words: str, commodity: str | None, stage: str | None
) -> None:
    found = resolve_material(words).contents
    assert (found[0].commodity if found else None) == commodity
    assert not found or found[0].stage == stage


@pytest.mark.parametrize(
    "words", ["tin can", "lead screw", "gold plated connector", "C", "lead time"]
)
def test_what_only_holds_a_name_is_left_out_with_a_suggestion(words: str) -> None:
    """Never guessed: a tin can is listed, with what to write if it is meant."""
    table = read(f"Material,Quantity,Unit\nlithium,1,t\n{words},5,t\n")
    (left,) = table.left_out
    assert left.whole
    assert left.row == 3
    assert left.reason
    assert left.suggestion
    assert {h.commodity for h in table.holdings} == {"lithium"}


def test_a_misspelt_name_is_suggested_and_not_taken() -> None:
    (left,) = read("Material\ndysprosim\n").left_out
    assert left.suggestion == "did you mean dysprosium?"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("copper,5,stones,CN", "no unit that is known"),
        ("copper,5,,CN", "no unit is told"),
        ("copper,5,km,CN", "measures length"),
        ("copper,-5,t,CN", "negative"),
        ("copper,five,t,CN", "no number"),
        ("copper,=2+3,t,CN", "a formula"),
        ("copper,1e9,t,CN", "power of ten"),
        ("copper,5 or 6,t,CN", "more than one number"),
    ],
)
def test_a_quantity_that_cannot_be_read_is_left_out_and_the_row_stays(
    row: str, reason: str
) -> None:
    table = read(f"Material,Quantity,Unit,Country\n{row}\n")
    (left,) = table.left_out
    assert not left.whole
    assert reason in left.reason
    position = one(table, "copper")
    assert position.quantity is None
    assert position.countries == ("CN",)


@pytest.mark.parametrize("origin", ["Atlantis", "China/Japan", "CN 80%; JP 40%"])
def test_an_origin_that_cannot_be_read_is_told_and_stays_unknown(origin: str) -> None:
    table = read(f"Material,Origin\ncopper,{origin}\n")
    assert "country not used" in table.left_out[0].reason
    assert one(table, "copper").countries == ()


def test_several_origins_in_one_cell_share_the_row() -> None:
    table = read("Material,Quantity,Unit,Origin\nnickel,10,t,Indonesia 60 %; PH: 30%\n")
    position = one(table, "nickel")
    assert position.shares == (("ID", Decimal("0.6")), ("PH", Decimal("0.3")))
    assert position.unknown == Decimal("0.1")


def test_a_number_that_may_be_two_is_not_read_until_told() -> None:
    """1,234 is 1234 or 1.234; the user says which."""
    text = "Material;Quantity;Unit\ncopper;1.234;t\n"
    assert "may be 1234 or 1.234" in read(text).left_out[0].reason
    assert one(read(text, decimal=","), "copper").quantity == 1234
    assert one(read(text, decimal="."), "copper").quantity == Decimal("1.234")


def test_origin_is_shared_by_quantity_then_spend_and_never_evenly() -> None:
    by_mass = read("Material,Quantity,Unit,Origin\ncobalt,3,t,CD\ncobalt,1000,kg,ID\n")
    assert one(by_mass, "cobalt").shares == (("CD", Decimal("0.75")), ("ID", Decimal("0.25")))
    by_spend = read("Material,Spend USD,Origin\ncobalt,900,CD\ncobalt,100,ID\n")
    assert one(by_spend, "cobalt").basis == "spend"
    neither = one(read("Material,Origin\ncobalt,CD\ncobalt,ID\n"), "cobalt")
    assert neither.shares == ()
    assert neither.countries == ("CD", "ID")
    two_moneys = read("Material,Spend,Currency,Origin\ncobalt,9,USD,CD\ncobalt,1,EUR,ID\n")
    assert one(two_moneys, "cobalt").spend is None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"a,b\n\x00\x01\x02", "binary"),
        (b"Foo,Bar\n1,2\n", "no column names a material"),
        (b"Material,Material\ncopper,zinc\n", "2 columns give the material"),
        (b"Material,Quantity 2023,Quantity 2024\ncopper,1,2\n", "2 columns give the quantity"),
        (b"Material," + b"x," * 400 + b"\n", "columns"),
        (b"Material\n" + b'"' + b"x" * 200_000, "not valid CSV"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(body: bytes, words: str) -> None:
    with pytest.raises(HoldingError) as refused:
        read_own_table(body)
    assert words in refused.value.message
    assert refused.value.hint


def test_formulas_are_no_names() -> None:
    table = read("Material\n=cmd|' /C calc'!A0\n@SUM(A1)\n+HYPERLINK(1)\ncopper\n")
    assert [left.reason for left in table.left_out] == ["a formula, not a name"] * 3
    assert len(table.holdings) == 1


def test_a_million_rows_are_refused_at_once() -> None:
    start = time.monotonic()
    with pytest.raises(HoldingError, match="more than 200,000 rows"):
        read_own_table(b"Material\n" + b"copper\n" * 1_000_000)
    assert time.monotonic() - start < 10


def test_a_wrong_column_of_many_rows_does_not_hang() -> None:
    """Names alike are looked for in the first rows only."""
    body = "Material,Unit,Quantity\n" + "".join(f"word{i}x,uu{i},1\n" for i in range(20_000))
    start = time.monotonic()
    table = read(body)
    assert len(table.left_out) == 20_000
    assert time.monotonic() - start < 10


def test_columns_that_only_look_alike_are_told_and_not_used() -> None:
    table = read("Material,Supplier country,Unit price,Quantity (t),Buyer\ncopper,DE,9000,5,Kim\n")
    assert any("not used: 'Buyer'" in note for note in table.notes)
    assert one(table, "copper").countries == ()
    assert one(table, "copper").spend is None
    assert any("seat of a supplier" in note for note in table.notes)
    assert any("no spend" in note for note in table.notes)


def test_the_same_bytes_are_the_same_version() -> None:
    assert read(ENGLISH).version == read(ENGLISH).version
    assert read(ENGLISH).version != read(ENGLISH + "\n").version


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    """Nothing but HoldingError leaves the reader."""
    for start in (b"", b"Material,Quantity,Unit,Country,Share\n"):
        try:
            table = read_own_table(start + body)
        except HoldingError:
            continue
        assert all(h.share is None or 0 <= h.share <= 1 for h in table.holdings)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["CN", "JP", "US", ""]), st.integers(1, 1000)),
        min_size=1,
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_rows_changes_nothing(lines: list[tuple[str, int]], random) -> None:  # type: ignore[no-untyped-def]
    """Sums and shares are the same, and shares with the unknown part make the whole."""

    def shares(rows: list[tuple[str, int]]) -> Position:
        body = "Material,Quantity,Unit,Origin\n" + "".join(f"tin,{n},t,{c}\n" for c, n in rows)
        return one(read(body), "tin")

    mixed = list(lines)
    random.shuffle(mixed)
    first, second = shares(lines), shares(mixed)
    assert (first.shares, first.quantity) == (second.shares, second.quantity)
    assert first.unknown is not None
    whole = sum((s for _, s in first.shares), first.unknown)
    assert abs(whole - 1) < Decimal("1e-20")


@pytest.mark.parametrize("decimal", [",", "."])
@settings(deadline=None)
@given(value=st.decimals(min_value=0, max_value=10**9, places=2))
def test_numbers_come_back_however_they_are_grouped(decimal: str, value: Decimal) -> None:
    other = "." if decimal == "," else ","
    for group in (other, " ", "'", "\u202f", ""):
        written = f"{value:,.2f}".replace(",", "_").replace(".", decimal).replace("_", group)
        table = read(f'Material;Quantity (t)\ncopper;"{written}"\n', decimal=decimal)
        assert one(table, "copper").quantity == value


def test_a_part_names_the_material_only_where_no_material_is_written() -> None:
    """Nothing is taken from a part's name against what the column of materials says."""
    table = read("Part,Material\nTin,tin can\nCopper wire,\n")
    (left,) = table.left_out
    assert "the part is called 'Tin'" in left.suggestion
    assert {h.commodity for h in table.holdings} == {"copper"}


def test_shares_of_several_purchases_are_parts_of_their_lines() -> None:
    """Two lots, each 80 % from China, are 80 % and not 160 %; nor 100 %."""
    lots = one(read("Material,Quantity (t),Origin,Share\ntin,30,CN,80%\ntin,10,CN,80%\n"), "tin")
    assert lots.shares == (("CN", Decimal("0.8")),)
    assert lots.unknown == Decimal("0.2")
    split = one(read("Material,Quantity (t),Origin,Share\ntin,30,CN,80%\ntin,10,JP,20%\n"), "tin")
    assert dict(split.shares) == {"CN": Decimal("0.8"), "JP": Decimal("0.2")}
    bare = one(read("Material,Origin,Share\ntin,CN,80%\ntin,CN,70%\n"), "tin")
    assert (bare.shares, bare.countries) == ((), ("CN",))
