"""What the world holds and makes: a table that is whole, and errors that name their line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from lodewire.errors import OntologyError
from lodewire.ontology.world_scale import (
    COLUMNS,
    SOURCES,
    TABLE,
    load_world_scale,
    read_world_scale,
    scale_of,
)
from tests.ontology.broken import append_line, copy_data


def test_reserves_outlast_a_year_of_output() -> None:
    for scale in load_world_scale().values():
        if scale.reserves is not None and scale.output is not None:
            assert scale.reserves > scale.output


def test_a_member_is_bounded_by_its_group() -> None:
    found = scale_of("neodymium")
    assert found is not None
    assert found.commodity == "rare-earths"
    assert found.reserves == Decimal(110_000_000)


def test_what_is_not_published_has_no_scale() -> None:
    assert scale_of("scandium") is None or scale_of("scandium") == scale_of("rare-earths")
    assert scale_of("electricity") is None


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("unobtainium,1,1,t,,usgs-mcs-2024", "must be in commodities.csv"),
        ("cobalt,1,1,t,,usgs-mcs-2024", "here once"),
        ("scandium,1,1,t,,nobody", "is not in world_scale_sources.toml"),
        ("scandium,,,t,,usgs-mcs-2024", "neither reserves_t nor output_t"),
        ("scandium,many,1,t,,usgs-mcs-2024", "is not a number"),
        ("scandium,-1,1,t,,usgs-mcs-2024", "above zero"),
    ],
)
def test_a_broken_row_is_refused_with_its_line(tmp_path: Path, line: str, message: str) -> None:
    folder = copy_data(tmp_path, TABLE, SOURCES, "commodities*")
    number = append_line(folder / TABLE, line)
    with pytest.raises(OntologyError, match=message) as refused:
        read_world_scale(folder)
    assert f"{TABLE}:{number}" in str(refused.value)
    assert (folder / TABLE).read_text("utf-8").startswith(",".join(COLUMNS))
