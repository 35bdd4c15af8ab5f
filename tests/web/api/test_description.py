"""The description of the API, and answers to whatever it allows to be asked."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS

from lodewire.model.tier import Reach
from lodewire.web.api.callers import Anyone
from lodewire.web.app import make_app
from lodewire.web.site import Site

_MANY = 1_000_000_000


@pytest.fixture(scope="module")
def described(site: Site) -> schemathesis.BaseSchema:
    """The site's own description of its API."""
    app = make_app(site, callers=Anyone(_MANY, Reach()))
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


def test_every_operation_is_described(described: schemathesis.BaseSchema) -> None:
    """With a name, what it does, and how it may refuse."""
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) == 19
    for operation in operations:
        told = operation.definition.raw
        assert told["description"], operation.label
        assert {"400", "404", "429"} <= told["responses"].keys(), operation.label


def test_whatever_is_asked_is_answered_as_described(described: schemathesis.BaseSchema) -> None:
    """No 5xx, no undescribed status, no body that its schema does not allow."""
    # A commodity that is none fits the schema and is refused all the same.
    beyond = [CHECKS.get_one("positive_data_acceptance")]
    for found in described.get_all_operations():

        @settings(
            max_examples=12,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        )
        @given(case=found.ok().as_strategy())
        def holds(case: schemathesis.Case) -> None:
            case.call_and_validate(excluded_checks=beyond)

        holds()
