"""USGS releases: every known trap, three forms of release, and the packaged tables remade."""

import io
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import ReadError
from lodewire.model.measure import Figure
from lodewire.reference.loaders.release import Release
from lodewire.reference.loaders.usgs_mcs import load_release, read_files
from lodewire.reference.loaders.usgs_sums import _without_mark
from lodewire.reference.store import figures
from lodewire.reference.tables import key_of, read_figures, write_figures

HEAD = "Source,Country,Type,Prod_t_2022,Prod_t_est_2023,Prod_notes,Reserves_t,Reserves_notes,,"
MINE = '"Mine production, tungsten content"'


def load(files: Mapping[str, str], vintage: str = "MCS2024") -> Release:
    return load_release({name: text.encode() for name, text in files.items()}, vintage)


def one(release: Release, **wanted: object) -> Figure:
    found = [f for f in release.figures if all(getattr(f, k) == v for k, v in wanted.items())]
    assert len(found) == 1, found
    return found[0]


def world(*rows: str, head: str = HEAD, code: str = "tungs") -> Release:
    return load({f"mcs2024-{code}_world.csv": "\ufeff" + "\n".join((head, *rows, ",,,,"))})


def test_columns_are_found_by_what_they_say() -> None:
    release = world(
        f"MCS2024,China,{MINE},66000,63000,,2300000,",
        f"MCS2024,Japane,{MINE},W,NA,,NA,",
        f'MCS2024,Other countries4,{MINE},"1,500",e900,,,',
    )
    china = one(release, country="CN", year=2022, measured="production")
    assert (china.value, china.unit, china.basis) == (Decimal(66000), "t", "tungsten content")
    assert not china.estimated
    assert one(release, country="CN", year=2023, measured="production").estimated
    assert one(release, country="CN", measured="reserves").value == Decimal(2300000)
    assert one(release, country="JP", year=2022, measured="production").state == "withheld"
    assert one(release, country="JP", year=2023, measured="production").state == "not_available"
    assert one(release, country="JP", year=2022, measured="production").estimated
    assert one(release, country="OTHER", year=2022).value == Decimal(1500)
    assert not release.left_out


def test_a_newer_release_needs_no_new_code() -> None:
    head = "Source,Country,Type,Prod_kt_2027,Prod_kt_est_2028,Prod_notes,Reserves_kt"
    row = 'MCS2029,Chile,"Mine production, recoverable copper content",5000,5100,,200000'
    release = load({"mcs2029-coppe_world.csv": f"{head}\n{row}\n"}, "MCS2029")
    assert one(release, year=2028, measured="production").value == Decimal(5100)
    assert one(release, measured="reserves").year == 2028


def test_notes_of_the_first_year_tell_estimates_from_reports() -> None:
    head = HEAD.replace("Prod_t_2022", "Prod_t_est_2022")
    release = world(f"MCS2024,China,{MINE},5,6,Reported in 2022,,", head=head)
    assert [f.estimated for f in release.figures] == [False, True]
    release = world(f"MCS2024,China,{MINE},5,6,Also estimated in 2022,,")
    assert [f.estimated for f in release.figures] == [True, True]


def test_a_footnote_glued_to_a_value_is_cut_off_where_the_sum_proves_it() -> None:
    rows = [
        f"MCS2024,Australia,{MINE},10000,10000,,101600000,",
        f"MCS2024,China,{MINE},20000,20000,,8400000,",
        f"MCS2024,World total (rounded),{MINE},30000,30000,,10000000,",
    ]
    release = world(*rows)
    glued = one(release, country="AU", measured="reserves")
    assert glued.value == Decimal(1600000)
    assert "footnote" in glued.note
    assert release.put_right[0].where.endswith("reserves 2023")
    unproven = world(rows[0], rows[1].replace("8400000", "100000"), rows[2])
    glued = one(unproven, country="AU", measured="reserves")
    assert (glued.value, glued.state) == (None, "not_available")
    assert any("more than the world total" in r.what for r in unproven.left_out)


def test_a_world_table_under_another_name_and_with_other_years_is_left_out() -> None:
    good = f"{HEAD}\nMCS2024,China,{MINE},66000,63000,,,\n"
    shifted = good.replace("2022", "2021").replace("2023", "2022")
    release = load({"mcs2024-tungs_world.csv": good, "mcs2024-tungs_salient.csv": shifted})
    assert {f.year for f in release.figures} == {2022, 2023}
    (told,) = release.left_out
    assert "2021, 2022 are not those of MCS2024" in told.what


def test_reserves_in_a_unit_that_cannot_be_are_left_out() -> None:
    release = world(f"MCS2024,China,{MINE},66000,63000,,100,")
    assert {f.measured for f in release.figures} == {"production"}
    assert "unit cannot be right" in release.left_out[0].what


def test_a_table_that_ends_without_a_world_total_is_left_out() -> None:
    rows = [f"MCS2024,{c},{MINE},1,2,,," for c in ("China", "Japan", "Chile", "Peru")]
    assert "cut short" in world(*rows).left_out[0].what
    assert world(*rows, f"MCS2024,World total,{MINE},4,8,,,").figures


def test_rows_that_split_a_country_are_added() -> None:
    kind = '"Mine production, helium"'
    release = world(
        f"MCS2024,United States (extracted from natural gas),{kind},65,60,,8500,",
        f"MCS2024,United States (from Cliffside Field),{kind},12,19,,,",
        head=HEAD.replace("_t", "_mcm"),
        code="heliu",
    )
    helium = one(release, year=2022, measured="production")
    assert (helium.value, helium.unit) == (Decimal(77), "million m3")
    assert "sum of" in helium.note


def test_what_is_no_country_no_commodity_or_no_type_is_told() -> None:
    release = world(f"MCS2024,United States and Canada,{MINE},1,2,,,", "MCS2024,Japan,,1,2,,,")
    assert [r.where.partition(": ")[2] for r in release.left_out] == ["United States and Canada"]
    clays = world('MCS2024,Japan,"Mine production, Fire clay",1,2,,,', code="clays")
    assert "not a commodity of the ontology" in clays.left_out[0].what
    assert world("MCS2024,Japan,x,1,2,,,", code="unobt").left_out


GALLIUM = "DataSource,Commodity,Year,USprod_Primarykg,Imports_Metalkg,Consump_g,NIR_pct,,"


def salient(head: str, *rows: str, code: str = "galli") -> Release:
    return load({f"mcs2024-{code}_salient.csv": "\n".join((head, *rows))})


def test_columns_labelled_grams_hold_kilograms() -> None:
    release = salient(GALLIUM, "MCS2024,Gallium,2023,0,9400,19000,100,,")
    used = one(release, measured="consumption")
    assert (used.value, used.unit) == (Decimal(19000), "kg")
    assert "table 5" in release.put_right[0].what
    unproven = salient(GALLIUM.replace("Consump_g", "Sold_g"), "MCS2024,Gallium,2023,0,1,19000,9,,")
    assert {f.unit for f in unproven.figures} == {"kg", "%"}
    assert "nothing proves it" in unproven.left_out[0].what


def test_a_bound_of_reliance_stays_a_bound() -> None:
    release = salient(GALLIUM, "MCS2024,Gallium,2023,0,1,1,>50,,", "MCS2024,Gallium,2022,0,1,1,E,,")
    bound = one(release, measured="net_import_reliance", year=2023)
    assert (bound.state, bound.value, bound.estimated) == ("more_than", Decimal(50), True)
    exporter = one(release, measured="net_import_reliance", year=2022)
    assert (exporter.state, exporter.value, exporter.note) == (
        "less_than",
        Decimal(0),
        "net exporter",
    )


def test_shifted_rows_and_percentages_above_100_leave_a_table_out() -> None:
    shifted = salient(GALLIUM, "MCS2024,Gallium,2023,0,9400,19000,100,7,")
    assert (shifted.figures, "shifted" in shifted.left_out[0].what) == ((), True)
    wrong = salient(GALLIUM, "MCS2024,Gallium,2023,0,9400,19000,360,,")
    assert (wrong.figures, "no percentage" in wrong.left_out[0].what) == ((), True)


def test_columns_that_their_names_do_not_tell_apart_are_left_out() -> None:
    head = "DataSource,Commodity,Year,Consump_t,Consump_t,Price_dt,Price_dst,CASE ERRORt"
    release = salient(head, "MCS2024,Zinc,2023,100,93,180,160,1", code="zinc")
    assert [(f.measured, f.unit, f.form) for f in release.figures] == [
        ("price", "USD/t", "total"),
        ("price", "USD/short ton", "total USD/short ton"),
    ]
    assert {r.what for r in release.left_out} == {
        "several columns go by this name",
        "the column does not say what it counts",
    }


LONG = (
    "MCS chapter,Section,Commodity,Country,Statistics,Statistics_detail,Unit,Year,Value,Notes,"
    "Is critical mineral 2025,Other notes"
)


def test_the_release_of_one_row_a_value() -> None:
    start = "COBALT,World Mine Production and Reserves,Cobalt"
    mined = "Production,Mine production"
    rows = [
        f'{start},Congo (Kinshasa),{mined},metric tons,2024,"226,000",Estimated.,Yes,',
        f'{start},World total,{mined}: rounded,metric tons,2024,"302,000",Estimated.,Yes,',
        f"{start},Canada,{mined},metric tons,2024,—,Reported.,Yes,",
        f'{start},Australia,Reserves,Reserves,metric tons,2025,"1,700,000",See Appendix C,Yes,',
        "COBALT,Import Sources,Cobalt,Norway,Import sources,Metal,percent,2021–24,25,,Yes,",
        "COBALT,Salient Statistics - United States,Cobalt,United States,Net import reliance as a "
        "percentage of apparent consumption,,percent,2025,79,Estimated.,Yes,",
        "COBALT,Salient Statistics - United States,Cobalt,United States,Imports,,metric tons,2024,"
        '"10,800",,Yes,',
    ]
    text = "\n".join((LONG, *rows)).encode("cp1252")
    release = load_release({"MCS2026_Commodities_Data.csv": text}, "MCS2026")
    congo = one(release, country="CD")
    assert (congo.value, congo.stage, congo.estimated) == (Decimal(226000), "mining", True)
    assert one(release, country="CA").value == 0  # a dash is a zero of the source
    assert one(release, country="AU").measured == "reserves"
    norway = one(release, measured="import_share")
    assert (norway.partner, norway.value, norway.year) == ("NO", Decimal(25), 2024)
    assert one(release, measured="net_import_reliance").value == Decimal(79)
    assert one(release, measured="imports").unit == "t"
    assert not release.left_out


def test_shares_of_import_sources_and_the_critical_minerals_of_2026() -> None:
    shares = [
        "Source,Commodity,Import_Source_2021_24,Percent,NIR,Critical_Mineral",
        "MCS2026,Lithium,Chile,54,50,Y",
        "MCS2026,Lithium,Other,3,50,Y",
        '"MCS2026","Rare Earths, compounds and metals",China,71,67,Y',
    ]
    critical = [
        "Source,Year,Units,Critical_mineral,Primary_prod,Secondary_prod,Prod_notes,"
        "Apparent_Consumption,Consumption_Notes,Net_Import_Reliance,Primary_import_sources_2021-24",
        "MCS2026,2025_estimated,metric tons,Lithium,W,NA,,W,,>50,Chile",
        "MCS2026,2025_estimated,t,Rare earths (compounds and metals)9,8900,NA,,27000,,67,",
    ]
    release = load(
        {"MCS2026_Fig3.csv": "\n".join(shares), "MCS2026_T7.csv": "\n".join(critical)}, "MCS2026"
    )
    chile = one(release, commodity="lithium", partner="CL")
    assert (chile.measured, chile.value, chile.year) == ("import_share", Decimal(54), 2024)
    assert chile.basis == "imports, 2021 to 2024"
    assert one(release, partner="CN").form == "compounds and metals"
    # Figure 3 repeats ">50" as 50: the reliance is the table's.
    lithium = one(release, commodity="lithium", measured="net_import_reliance")
    assert (lithium.state, lithium.value, lithium.year) == ("more_than", Decimal(50), 2025)
    assert one(release, measured="apparent_consumption", commodity="rare-earths").value == 27000


def test_the_release_of_one_file_for_all_chapters() -> None:
    head = (
        "SOURCE,COMMODITY,COUNTRY,TYPE,UNIT_MEAS,PROD_2023,PROD_EST_ 2024,PROD_NOTES,CAP_2023,"
        "CAP_EST_ 2024,CAP_NOTES,RESERVES_2024,RESERVE_NOTES"
    )
    rows = [
        'MCS2025,Cobalt,Canada ,"Mine production, cobalt",metric tons,4300,4500,,,,,220000,',
        'MCS2025,Aluminum,China,"Smelter production, aluminum",thousand metric tons,41000,43000,,'
        "44000,45000,,,",
        'MCS2025,Bauxite and Alumina,Brazil,"Refinery production, alumina",thousand metric tons,'
        "10500,11000,,,,,,",
    ]
    rows += [
        "MCS2025,Palladium,Russia,Mine production,kilograms,93000,75000,,,,,,",
        "MCS2025,Raw steel,China,Production,million metric tons,1020,1000,,,,,,",
    ]
    text = "\n".join((head, *rows))
    release = load({"MCS2025_World_Data.csv": text}, "MCS2025")
    assert one(release, country="RU", year=2024).commodity == "palladium"
    assert one(release, commodity="steel", year=2024).unit == "Mt"
    assert not release.left_out
    assert one(release, country="CA", year=2023, measured="production").value == Decimal(4300)
    capacity = one(release, measured="capacity", year=2024)
    assert (capacity.commodity, capacity.unit, capacity.value) == ("aluminium", "kt", 45000)
    assert one(release, country="BR", year=2024).commodity == "alumina"


def test_a_release_is_a_file_a_folder_or_archives_within_an_archive(tmp_path: Path) -> None:
    row = f"{HEAD}\nMCS2024,China,{MINE},66000,63000,,,\n"
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("mcs2024-tungs_world.csv", row)
    outer = tmp_path / "release.zip"
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("world.zip", inner.getvalue())
        archive.writestr("readme.txt", "x")
    assert list(read_files(outer)) == ["mcs2024-tungs_world.csv"]
    assert read_files(tmp_path) == read_files(outer)
    assert len(load_release(read_files(outer), "MCS2024").figures) == 2
    with pytest.raises(ReadError, match="cannot be read"):
        read_files(tmp_path / "away.csv")


def test_what_is_no_release_is_refused() -> None:
    with pytest.raises(ReadError, match="no edition"):
        load({}, "2024")
    with pytest.raises(ReadError, match="none of 1 files"):
        load({"prices.csv": "day,price\n2024-01-01,5\n"})


_CELL = st.sampled_from(["China", "World total", "W", "NA", "—", "-4", ">50", "1e9", "10", "", "é"])
_ROW = st.lists(_CELL, max_size=9).map(",".join)


@given(
    st.sampled_from([HEAD, LONG, GALLIUM, "Source,Critical_mineral,Net_Import_Reliance,Year"]),
    st.lists(_ROW, max_size=8),
    st.binary(max_size=20),
)
def test_whatever_a_release_holds_it_is_read_or_refused_and_nothing_missing_is_a_number(
    head: str, rows: list[str], tail: bytes
) -> None:
    content = "\n".join((head, *rows)).encode() + b"\n" + tail
    for name in ("mcs2024-tungs_world.csv", "mcs2024-galli_salient.csv"):
        try:
            release = load_release({name: content}, "MCS2024")
        except ReadError:
            continue
        for figure in release.figures:
            assert (figure.value is None) == (
                figure.state in ("withheld", "not_available", "interval")
            )
            assert figure.value is None or figure.value >= 0
        assert read_figures("x", write_figures(release.figures)) or not release.figures


@pytest.fixture(scope="module")
def published(shared: Path) -> Release:
    folder = shared / "data" / "usgs"
    files = {n: b for n, b in read_files(folder).items() if n.casefold().startswith("mcs2024")}
    return load_release(files, "MCS2024")


def test_the_packaged_tables_are_those_of_the_release(published: Release) -> None:
    packaged = {key_of(f): f for f in figures(vintage="MCS2024") if f.source.startswith("usgs-")}
    assert packaged == {key_of(f): f for f in published.figures}


def test_world_production_is_there_for_at_least_60_commodity_stages(published: Release) -> None:
    tables = {
        (f.commodity, f.stage)
        for f in published.figures
        if f.measured == "production" and f.source == "usgs-mcs"
    }
    assert len(tables) >= 75


def test_the_known_traps_of_the_release_of_2024(published: Release) -> None:
    told = {r.where: r.what for r in published.left_out}
    assert "2021, 2022 are not those" in told["mcs2024-salient/mcs2024-cobal_salient.csv"]
    gallium = one(
        published, commodity="gallium", measured="reported_consumption", year=2023, unit="kg"
    )
    assert gallium.value == Decimal(19000)
    alumina = one(published, commodity="alumina", country="AU", year=2022)
    assert alumina.value == Decimal(19500)
    assert all(f.value is None or f.value < 10**12 for f in published.figures)
    cobalt = one(published, commodity="cobalt", country="AU", measured="reserves")
    assert cobalt.value == Decimal(1700000)
    asbestos = one(published, commodity="asbestos", measured="imports", year=2023)
    assert (asbestos.state, asbestos.value) == ("not_available", None)


def test_reliance_of_the_figure_is_that_of_the_chapters(published: Release) -> None:
    figure = {
        f.commodity: (f.state, f.value)
        for f in published.figures
        if f.source == "usgs-mcs-reliance" and f.measured == "net_import_reliance"
    }
    chapters = {
        f.commodity: (f.state, f.value)
        for f in published.figures
        if (f.source, f.measured, f.year) == ("usgs-mcs-salient", "net_import_reliance", 2023)
        and f.form == "total"
    }
    both = figure.keys() & chapters.keys()
    assert len(both) >= 30
    assert {c: figure[c] for c in both} == {c: chapters[c] for c in both}


def test_a_value_with_an_exponent_above_its_world_total_has_digits_like_any() -> None:
    """ "1e9" of a world total of 50: no footnote can be cut off it."""
    assert _without_mark(Decimal("1E+9"), Decimal(50), Decimal(50)) is None
    assert _without_mark(Decimal("1.50E+2"), Decimal(50), Decimal(50)) == Decimal(50)
