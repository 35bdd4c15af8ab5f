"""HS codes: by stage and edition, with baskets told."""

import pytest

from lodewire.errors import MeasureError, OntologyError
from lodewire.ontology.commodities import load_commodities
from lodewire.reference.hs_codes import (
    EDITIONS,
    commodities_under,
    hs_codes,
    load_hs_codes,
    read_hs_codes,
)


def test_the_codes_of_2022_are_those_of_the_ontology() -> None:
    ours = {(c.commodity, c.stage, c.code) for c in load_hs_codes() if 2022 in c.editions}
    theirs = {(c.id, s.value, h) for c in load_commodities().values() for s, h in c.hs_codes}
    assert ours == theirs


def test_a_code_is_of_a_stage_and_an_edition() -> None:
    assert [c.code for c in hs_codes("lithium", "refining")] == ["283691", "282520"]
    assert [c.code for c in hs_codes("bismuth")] == ["810690"]
    assert [c.code for c in hs_codes("bismuth", edition=2017)] == ["810600"]
    assert hs_codes("hafnium", edition=2017)[0].note.startswith("hafnium stood in a basket")
    assert hs_codes("unobtainium") == ()
    with pytest.raises(MeasureError, match="edition of 1992"):
        hs_codes("lithium", edition=1992)


def test_baskets_are_told() -> None:
    (gallium,) = hs_codes("gallium")
    assert gallium.basket
    assert {"germanium", "indium"} <= set(gallium.shared)
    assert "rhenium" not in gallium.shared  # it has a code of its own since 2022
    assert "rhenium" in hs_codes("gallium", edition=2017)[0].shared
    (dysprosium,) = hs_codes("dysprosium")
    assert "neodymium" in dysprosium.shared
    assert not hs_codes("cobalt", "mining")[0].basket
    assert commodities_under("811292")[:3] == ("gallium", "germanium", "indium")
    assert "rhenium" in commodities_under("811292", edition=2017)


def test_every_edition_has_codes_for_what_the_newest_has() -> None:
    lacking = {
        (edition, c.commodity)
        for c in load_hs_codes()
        for edition in EDITIONS
        if 2022 in c.editions and not hs_codes(c.commodity, edition=edition)
    }
    assert lacking <= {(2012, "drones"), (2017, "drones")}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("cobalt,mining,26050,2022,", "no code of six digits"),
        ("cobalt,mining,260500,2020,", "not all known"),
        ("cobalt,mining,260500,2022,\ncobalt,mining,260500,2017,", "twice"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(row: str, says: str) -> None:
    with pytest.raises(OntologyError, match=says):
        read_hs_codes(f"commodity,stage,hs6,editions,note\n{row}\n".encode())
