"""What the client raises."""

from __future__ import annotations

from lodewire.errors import LodewireError


class ApiError(LodewireError):
    """The desk gave no answer that can be used."""


class ApiUnreachable(ApiError):
    """No answer came: no connection, or too slow."""


class ApiProblem(ApiError):
    """The desk refused. ``status`` is that of HTTP; ``wait`` seconds after which to ask again."""

    def __init__(self, status: int, title: str, detail: str, wait: int | None = None) -> None:
        super().__init__(f"{title} ({status})", hint=detail or None)
        self.status = status
        self.wait = wait
