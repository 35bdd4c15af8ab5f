"""The layout of ribbons: nothing overlaps, nothing is lost, circles are refused."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodewire.errors import PublishError
from lodewire.publish.charts.inputs import Flow
from lodewire.publish.charts.ribbons import lay_out

AMOUNTS = st.decimals(min_value="0.01", max_value=10**6, places=2)


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz"), AMOUNTS),
        min_size=1,
        max_size=30,
    )
)
def test_bars_of_a_column_never_overlap_and_ribbons_fill_their_bars(told):
    flows = [Flow(origin=a, target=b, value=v) for a, b, v in told]
    layout = lay_out(flows)
    for column in range(layout.last + 1):
        own = sorted((n for n in layout.nodes.values() if n.column == column), key=lambda n: n.top)
        assert own[0].top >= -1e-9
        assert own[-1].top + own[-1].high <= 1 + 1e-9
        for above, below in pairwise(own):
            assert above.top + above.high < below.top
    for name, node in layout.nodes.items():
        sent = sum(r.thick for r in layout.ribbons if r.flow.origin == name)
        taken = sum(r.thick for r in layout.ribbons if r.flow.target == name)
        assert max(sent, taken) == pytest.approx(node.high)


def test_what_is_left_over_stands_at_the_foot_whatever_its_size():
    flows = [
        Flow(origin="others", target="x", value=Decimal(9), rest=True),
        Flow(origin="Chile", target="x", value=Decimal(1)),
    ]
    nodes = lay_out(flows).nodes
    assert nodes["others"].top > nodes["Chile"].top


@given(st.integers(2, 6))
def test_a_circle_of_any_length_is_refused(count: int):
    flows = [
        Flow(origin=str(at), target=str((at + 1) % count), value=Decimal(1)) for at in range(count)
    ]
    with pytest.raises(PublishError, match="circle"):
        lay_out(flows)


def test_too_many_stages_are_refused_as_such():
    flows = [Flow(origin=str(at), target=str(at + 1), value=Decimal(1)) for at in range(9)]
    with pytest.raises(PublishError, match="8 stages"):
        lay_out(flows)
