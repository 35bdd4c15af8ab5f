"""The EU's studies: shares with bounds, group proxies told as such, the packaged tables remade."""

from decimal import Decimal
from pathlib import Path

import pytest

from lodewire.errors import ReadError
from lodewire.model.measure import Figure
from lodewire.reference.loaders.eu_studies import PROXY, load_study
from lodewire.reference.loaders.release import Release
from lodewire.reference.store import figures
from lodewire.reference.tables import key_of

HEAD = "Material,Stage,Country,Share,t"


def load(*rows: str, name: str = "GlobalSupply.csv", head: str = HEAD) -> Release:
    return load_study({name: "\n".join((head, *rows)).encode("cp1252")}, "2023")


def one(found: Release, **wanted: object) -> Figure:
    (figure,) = [f for f in found.figures if all(getattr(f, k) == v for k, v in wanted.items())]
    return figure


def test_shares_with_their_trade_parameter() -> None:
    found = load('Cobalt,E,"Congo, D.R.",63.0%,1.1', "Gold,E,Afghanistan,<0.1%,1.0")
    share = one(found, measured="share", commodity="cobalt")
    assert (share.country, share.value, share.unit) == ("CD", Decimal("63.0"), "%")
    assert one(found, measured="trade_parameter", commodity="cobalt").value == Decimal("1.1")
    least = one(found, measured="share", commodity="gold")
    assert (least.state, least.value) == ("less_than", Decimal("0.1"))


def test_eu_sourcing_has_two_sides() -> None:
    found = load("Cobalt,P,Türkiye,5%,1", name="fact_EUSupplyShares.csv")
    share = one(found, measured="sourcing_share")
    assert (share.country, share.partner, share.stage) == ("EU", "TR", "refining")


def test_a_country_that_may_be_two_is_kept_as_another() -> None:
    share = one(load("Copper,E,Congo,0.1%,1.0"), measured="share")
    assert (share.country, share.note) == ("OTHER", "the study writes 'Congo'")


def test_equal_vectors_are_told_as_group_proxies() -> None:
    rows = [
        f"{m},E,{c},{s},1.0"
        for m in ("Cerium", "Neodymium")
        for c, s in (("China", "67%"), ("Australia", "11%"), ("Myanmar", "8%"))
    ]
    own = [f"Cobalt,E,{c},5%,1.0" for c in ("China", "Australia", "Cuba")]
    found = load(*rows, *own)
    assert one(found, measured="share", commodity="cerium", country="CN").note == (
        f"{PROXY}: the same shares as neodymium"
    )
    assert one(found, measured="share", commodity="cobalt", country="CN").note == ""
    # One country with everything: a proxy within a family, chance between strangers.
    alone = load("Erbium,P,China,100.0%,1", "Terbium,P,China,100.0%,1", "Gallium,P,China,100.0%,1")
    assert one(alone, measured="share", commodity="erbium").note.startswith(PROXY)
    assert one(alone, measured="share", commodity="gallium").note == ""


def test_eu_shares_that_are_the_world_s_are_told() -> None:
    world = ["Germanium,P,China,83.1%,1", "Germanium,P,Russia,5.0%,1", "Germanium,P,Japan,1.8%,1"]
    bloc = ["Germanium,P,China,83%,1", "Germanium,P,Russia,5%,1", "Germanium,P,Japan,2%,1"]
    files = {
        "fact_GlobalSupplyShares&t.csv": "\n".join((HEAD, *world)).encode(),
        "fact_EUSupplyShares&t.csv": "\n".join((HEAD, *bloc)).encode(),
    }
    found = load_study(files, "2023")
    assert one(found, measured="sourcing_share", partner="CN").note == (
        f"{PROXY}: the shares of the world's supply"
    )
    assert one(found, measured="share", country="CN").note == ""


def test_uses_are_added_where_a_sector_is_split() -> None:
    head = "Material,Application,Share,NACE sector,VA in million €"
    row = "Magnesium,Construction,20%,C25 - Metal products,163568"
    found = load(row, row, head=head)
    assert one(found, measured="use_share").value == Decimal(40)
    assert one(found, measured="use_share").form == "Construction (C25)"


def test_what_is_no_study_is_refused() -> None:
    with pytest.raises(ReadError, match="no study of '2011'"):
        load_study({}, "2011")
    with pytest.raises(ReadError, match="none of 1 files"):
        load("x", head="a,b")
    assert load("Sapele wood,E,Gabon,10%,1").left_out[0].what == "not in the ontology"


@pytest.mark.parametrize("vintage", ["2017", "2023"])
def test_the_packaged_tables_are_those_of_the_studies(shared: Path, vintage: str) -> None:
    files = {f.name: f.read_bytes() for f in (shared / "data" / "eu").glob("*.csv")}
    found = load_study(files, vintage)
    packaged = {key_of(f): f for f in figures(source="eu-crm", vintage=vintage)}
    assert packaged == {key_of(f): f for f in found.figures}


def test_the_known_proxies_of_2023_are_marked() -> None:
    mined = figures(source="eu-crm", vintage="2023", measured="share", stage="mining", country="CN")
    marked = {f.commodity for f in mined if f.note.startswith(PROXY)}
    assert {"dysprosium", "terbium", "cerium", "yttrium"} <= marked
    assert len(marked) == 15  # 13 share one vector, dysprosium and terbium another
    assert "cobalt" not in marked
    germanium = figures(source="eu-crm", commodity="germanium", measured="sourcing_share")
    assert all(f.note.startswith(PROXY) for f in germanium)


def test_inputs_of_2017_keep_what_is_not_applicable_apart() -> None:
    beryllium = figures(source="eu-crm", vintage="2017", commodity="beryllium")
    reliance = [f for f in beryllium if f.measured == "import_reliance"]
    assert [(f.state, f.value) for f in reliance] == [("not_available", None)]
