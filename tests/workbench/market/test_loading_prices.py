"""Taking prices into a desk: what is new stands over the package, and nothing else moves."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from lodewire.errors import ConfigError
from lodewire.reference.exchange import exchange
from lodewire.reference.prices import price_on, price_series, prices_of
from lodewire.workbench.market.loading_prices import load_prices

OWN = (
    "series,period,value,unit,commodity,kind,basis,source\n"
    "my-premium,2025-03,40.5,USc/lb,aluminium,premium,US Midwest duty paid,own broker\n"
)


@pytest.fixture
def release(tmp_path: Path) -> Path:
    file = tmp_path / "release.csv"
    file.write_text("Commodity,PALUM\n2025M9,2660\n2025M10,2790.5\n")
    return file


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder


def test_a_release_revises_and_prolongs_a_series(release: Path, desk: Path):
    done = load_prices(release, desk)
    assert [(c.period, c.old, c.new) for c in done.changes] == [
        ("2025-09", Decimal("2654.48"), Decimal(2660)),
        ("2025-10", None, Decimal("2790.5")),
    ]
    assert done.vintage == "2025-10"
    point = price_on("imf-aluminium", "2025-10", desk)
    assert point is not None
    assert (point.value, point.vintage, point.source) == (Decimal("2790.5"), "2025-10", "imf-pcps")
    assert len(prices_of("imf-aluminium", desk)) == len(prices_of("imf-aluminium")) + 1


def test_loading_again_changes_nothing(release: Path, desk: Path):
    load_prices(release, desk)
    again = load_prices(release, desk)
    assert again.changes == ()
    assert again.file is None


def test_a_dry_run_writes_nothing(release: Path, desk: Path):
    assert load_prices(release, desk, dry=True).changes
    assert not (desk / "prices").exists()


def test_own_premiums_come_in_with_their_unit(tmp_path: Path, desk: Path):
    file = tmp_path / "premiums.csv"
    file.write_text(OWN)
    done = load_prices(file, desk)
    assert (done.layout, done.read, len(done.changes)) == ("own prices", 1, 1)
    assert next(s for s in price_series(desk) if s.id == "my-premium").kind == "premium"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("aluminium", "unobtainium", "is no commodity"),
        ("USc/lb", "USX/lb", "is not known"),
        ("my-premium", "imf-aluminium", "imf-aluminium is in USD/t"),
        ("40.5", "many", "own.csv:2: value 'many'"),
    ],
)
def test_own_prices_that_cannot_be_are_refused(
    tmp_path: Path, desk: Path, old: str, new: str, words: str
):
    file = tmp_path / "own.csv"
    file.write_text(OWN.replace(old, new))
    with pytest.raises(ConfigError, match=words) as told:
        load_prices(file, desk)
    assert told.value.hint
    assert not (desk / "prices").exists()


def test_a_file_that_is_not_there_and_one_without_known_series(tmp_path: Path, desk: Path):
    with pytest.raises(ConfigError, match="cannot be read"):
        load_prices(tmp_path / "nothing.csv", desk)
    file = tmp_path / "bananas.csv"
    file.write_text("Commodity,PBANSOP\n2025M9,1022\n")
    with pytest.raises(ConfigError, match="no series that is followed here"):
        load_prices(file, desk)


def test_exchange_rates_are_taken_in_and_used(tmp_path: Path, desk: Path):
    file = tmp_path / "fred.csv"
    file.write_text("observation_date,EXUSEU\n2026-06-01,1.1515\n2026-07-01,1.25\n")
    done = load_prices(file, desk)
    assert done.layout == "exchange rates"
    assert [(c.series, c.period, c.new) for c in done.changes] == [
        ("EUR per USD", "2026-07", Decimal("0.8"))
    ]
    assert exchange(Decimal(100), "USD", "EUR", "2026-07", desk) == 80
    assert load_prices(file, desk).changes == ()
