"""What the site asks of the pipeline, answered for one desk."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from lodewire.config.desk import DeskConfig
    from lodewire.ledger.store import Ledger
    from lodewire.model.brief import Brief, ContextNote
    from lodewire.model.correction import Correction
    from lodewire.model.event import Event
    from lodewire.model.ids import EntityId
    from lodewire.model.life import Life
    from lodewire.web.joined import SourceTold
    from lodewire.web.shell import App
    from lodewire.web.site import Site


class DeskJoined:
    """Fills :class:`lodewire.web.joined.Joined` from the pipeline."""

    def __init__(self, desk: DeskConfig, ledger: Ledger) -> None:
        self._desk = desk
        self._ledger = ledger

    def notices(self, brief: Brief) -> Brief:
        """Return the brief with the corrections of its day."""
        from lodewire.workbench.briefing.correcting import with_notices

        return with_notices(self._ledger, brief)

    def corrections(self) -> tuple[Correction, ...]:
        """Return the public log."""
        from lodewire.workbench.briefing.correcting import correction_log

        return correction_log(self._ledger)

    def life(self, event: Event, today: date) -> Life:
        """Return where the event stands."""
        from lodewire.workbench.lives import life_in

        return life_in(self._ledger, event, self._desk.life, today=today)

    def context(self, event: Event) -> tuple[ContextNote, ...]:
        """Return lines from reference figures."""
        from lodewire.workbench.briefing.context import context_of

        return context_of(event)

    def owners(self, entity: EntityId, day: date) -> tuple[str, ...]:
        """Return who owns a site or company, as `lodewire owners` tells it."""
        from lodewire.cli.owners import UNCHECKED, body_lines
        from lodewire.workbench.owning import owners_of

        found = owners_of(entity, day, ledger=self._ledger)
        if not (found.owners or found.formerly or found.further):
            return ()
        return (*(str(line) for line in body_lines(found)), UNCHECKED)

    def sources(self, now: datetime) -> tuple[SourceTold, ...]:
        """Return the sources with their health."""
        from lodewire.cli.sources import judge
        from lodewire.config.source import select_sources
        from lodewire.web.joined import SourceTold

        told = []
        for source in select_sources(self._desk, day=now.date()):
            health = judge(self._ledger, source, now)
            told.append(
                SourceTold(
                    id=source.id,
                    publisher=source.publisher,
                    homepage=source.homepage,
                    state=health.state.value,
                    reasons=health.reasons,
                    quiet_days=health.quiet_days,
                )
            )
        return tuple(told)


def site_of(desk: DeskConfig, ledger: Ledger, where: str) -> Site:
    """Return the site of a desk; its address is that of desk.toml, else ``where`` it listens."""
    from lodewire.model.tier import Reach, Tier
    from lodewire.samples import NEWSROOM_NOW
    from lodewire.web.languages import LANGUAGES, SOURCE
    from lodewire.web.outbox import Outbox
    from lodewire.web.site import Site
    from lodewire.workbench.accounts.people import open_accounts
    from lodewire.workbench.briefing.composing import publishers_of

    return Site(
        ledger=ledger,
        joined=DeskJoined(desk, ledger),
        name=desk.name,
        title=desk.brief.title,
        address=(desk.brief.base_url or where).rstrip("/"),
        contact=desk.contact,
        sample=desk.sample,
        desks=desk.desks,
        publishers=publishers_of(desk),
        # On the sample's day its sources do well; today they would all have died.
        reach=Reach(tier=Tier.FREE, plan=desk.tiers.plan),
        accounts=open_accounts(desk, ledger, where),
        outbox=Outbox(desk),
        clock=(lambda: NEWSROOM_NOW) if desk.sample else (lambda: datetime.now(UTC)),
        root=desk.root,
        reports=desk.reports_path,
        language=desk.language if desk.language in LANGUAGES else SOURCE,
        life=desk.life,
    )


def with_letters(
    app: App, site: Site, desk: DeskConfig, ledger: Ledger, *, log: TextIO | None
) -> App:
    """Return the application with the newsletter's pages, where the desk says who mail is from."""
    from lodewire.web.letter_door import LetterDoor
    from lodewire.workbench.letters.subscribing import open_subscriptions

    if not desk.newsletter.sender:
        return app
    subscriptions = open_subscriptions(desk, ledger, now=datetime.now(UTC))
    return LetterDoor(app, site, subscriptions, log=log)
