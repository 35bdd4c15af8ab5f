"""Who asks for a page, as far as it changes what they are given."""

from __future__ import annotations

from dataclasses import dataclass

from lodewire.model.tier import Role, Tier
from lodewire.workbench.accounts.people import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Somebody at the door: a tier, and the visit where they are signed in.

    ``token`` is what the session's cookie holds, ``nonce`` what the cookie of a form does,
    ``origin`` the network address, ``agent`` what the browser says of itself.
    """

    tier: Tier = Tier.FREE
    visit: Visit | None = None
    token: str = ""
    nonce: str = ""
    origin: str = ""
    agent: str = ""

    @property
    def role(self) -> Role | None:
        """What they may do; None for who is not signed in."""
        return None if self.visit is None else self.visit.standing.role

    @property
    def shelf(self) -> str:
        """Whose pages may be shared with theirs: the same tier and role, signed in or not."""
        role = self.role
        return f"{self.tier.value}/{role.value if role else 'nobody'}"


NOBODY = Viewer()
