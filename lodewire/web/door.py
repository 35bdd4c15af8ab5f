"""Who is at the door: from cookies to a viewer, and nothing else of a request is believed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from lodewire.model.tier import Tier
from lodewire.web.forms import nonce_cookie, session_cookie
from lodewire.web.site import Site
from lodewire.web.viewer import Viewer
from lodewire.workbench.accounts.tokens import is_token, new_token


def now_utc() -> datetime:
    """Return this instant: sessions and links end in real time, also on the sample desk."""
    return datetime.now(UTC)


class Doorman:
    """Tells who asks."""

    def __init__(self, site: Site, clock: Callable[[], datetime] = now_utc) -> None:
        self._accounts = site.accounts
        self._clock = clock
        secure = site.address.startswith("https://")
        self._session, self._nonce = session_cookie(secure), nonce_cookie(secure)
        self._proxies = 0 if site.accounts is None else site.accounts.desk.accounts.proxies

    @property
    def now(self) -> datetime:
        """This instant."""
        return self._clock()

    def viewer(self, cookies: Mapping[str, str], headers: Mapping[str, str], client: str) -> Viewer:
        """Return who asks; ``client`` is the network address of the connection."""
        nonce = cookies.get(self._nonce, "")
        told = Viewer(
            nonce=nonce if is_token(nonce) else new_token(),
            origin=self._origin(headers.get("x-forwarded-for", ""), client),
            agent=headers.get("user-agent", "")[:300],
        )
        token = cookies.get(self._session, "")
        visit = self._accounts.visit(token, now=self.now) if self._accounts and token else None
        if visit is None:
            return told
        return Viewer(
            tier=visit.standing.tier if visit.standing.tier.covers(Tier.REGISTERED) else Tier.FREE,
            visit=visit,
            token=token,
            origin=told.origin,
            agent=told.agent,
        )

    def _origin(self, forwarded: str, client: str) -> str:
        """The address that the outermost proxy of ours saw; what stands before it anybody wrote."""
        seen = [part.strip() for part in forwarded.split(",") if part.strip()]
        if not self._proxies or len(seen) < self._proxies:
            return client
        return seen[-self._proxies][:64]
