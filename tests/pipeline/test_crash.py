"""A page that kills its worker is set aside; the others are read."""

from __future__ import annotations

import os
import signal

from lodewire.errors import BrokenFile
from lodewire.pipeline.workers import in_order, open_executor


def double_or_die(number: int) -> int:
    """Double a number; die on thirteen, as a damaged page may kill a C library."""
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def test_a_dying_worker_takes_only_its_own_page_with_it() -> None:
    """Order is kept, the culprit is named, nothing else is lost."""
    with open_executor(2) as executor:
        found = list(in_order(executor, double_or_die, range(20), window=6))
    assert [n for n, _ in found] == list(range(20))
    assert [n for n, told in found if isinstance(told, BrokenFile)] == [13]
    assert all(told == 2 * n for n, told in found if n != 13)
