"""A desk's API from Python::

    from lodewire.client import Client

    with Client("https://desk.example.org", key="…") as desk:
        for event in desk.events(commodity="copper", type="tariff"):
            print(event.sentence, event.roles[0].quote)

Answers are the frozen values of :mod:`lodewire.model.answers`. Needs nothing that Lodewire itself
does not need.
"""

from lodewire.client.asking import Client
from lodewire.client.refusals import ApiError, ApiProblem, ApiUnreachable

__all__ = ["ApiError", "ApiProblem", "ApiUnreachable", "Client"]
