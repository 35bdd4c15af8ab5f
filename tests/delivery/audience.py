"""A desk with a brief, subscribers and a messenger that can be watched."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

from lodewire.config.desk import DeskConfig, load_desk
from lodewire.delivery.messenger import Messenger
from lodewire.delivery.smtp import SmtpServer
from lodewire.ledger.store import Ledger, open_ledger
from lodewire.model.audience import (
    Campaign,
    Consent,
    ConsentStep,
    Preferences,
    Subscriber,
    SubscriberState,
)
from lodewire.model.brief import Brief, BriefEntry, DeskSection, Segment, Sentence
from lodewire.model.ids import EventId
from lodewire.model.vocabulary import Desk, EventType, Modality, Status
from lodewire.workbench.letters.campaigning import LetterBook
from lodewire.workbench.letters.sending import Clock, Sender
from lodewire.workbench.letters.subscribing import Subscriptions, open_subscriptions

DAY = date(2025, 3, 28)  # a Friday: daily, weekday and weekly readers are all sent it
NOW = datetime(2025, 3, 28, 8, tzinfo=UTC)


def entry(desk: Desk, text: str, importance: float = 0.5) -> BriefEntry:
    return BriefEntry(
        event_id=EventId(f"ev_{text}"),
        type=EventType.TARIFF,
        status=Status.IN_FORCE,
        modality=Modality.ASSERTED,
        desk=desk,
        sentences=(Sentence(segments=(Segment(text=text),)),),
        importance=importance,
        why="",
        origins=1,
        quotes=(),
        sources=(),
    )


def brief_of(day: date = DAY, **told: str) -> Brief:
    """A brief with a sentence for each desk named: ``mining_metals="Copper is dear."``"""
    found = told or {"mining_metals": "Copper is dear.", "oil_gas": "Oil is cheap."}
    sections = tuple(
        DeskSection(
            desk=Desk(name.replace("_", "-")), entries=(entry(Desk(name.replace("_", "-")), text),)
        )
        for name, text in found.items()
    )
    return Brief(day=day, title="Top Insights", composed_at=NOW, sections=sections)


def make_desk(folder: Path, server: SmtpServer | None = None, *, place: str = "desk.db") -> Path:
    """Write a desk's folder with a ledger that holds the brief of DAY."""
    folder.mkdir(exist_ok=True)
    smtp = ""
    if server is not None:
        smtp = (
            f'messenger = "smtp"\nhost = "{server.host}"\nport = {server.port}\n'
            f'security = "{server.security}"\ntimeout_seconds = 5\n'
        )
    (folder / "desk.toml").write_text(
        f'contact = "editor@example.org"\ndatabase = "{place}"\n'
        '[brief]\nbase_url = "https://desk.example.org"\n'
        f"[newsletter]\n{smtp}",
        encoding="utf-8",
    )
    with open_ledger(load_desk(folder).ledger_place, create=True) as ledger:
        ledger.briefs.add(brief_of())
    return folder


def opened(folder: Path) -> tuple[DeskConfig, Ledger, Subscriptions]:
    desk = load_desk(folder)
    ledger = open_ledger(desk.ledger_place)
    return desk, ledger, open_subscriptions(desk, ledger, now=NOW)


def add_active(
    subscriptions: Subscriptions, addresses: Iterable[str], preferences: Preferences | None = None
) -> None:
    """Add confirmed subscribers."""
    step = Consent(step=ConsentStep.IMPORTED, wording="1", source="test", at=NOW)
    new = [
        (
            Subscriber(
                address=address,
                address_key=subscriptions.key.hash_address(address),
                state=SubscriberState.ACTIVE,
                preferences=preferences or Preferences(),
                created_at=NOW,
                asked_at=NOW,
                serial=1,
            ),
            (step,),
        )
        for address in addresses
    ]
    assert subscriptions.add_all(new)[0] == len(new)


def sender_of_campaign(
    subscriptions: Subscriptions,
    ledger: Ledger,
    campaign: Campaign,
    messenger: Messenger,
    clock: Clock = lambda: NOW,
) -> Sender:
    return Sender(
        ledger=ledger,
        book=LetterBook(subscriptions, ledger, campaign),
        messenger=messenger,
        clock=clock,
        stopped=Event(),
        folder=subscriptions.desk.sending_path,
        pauses=(0.01, 0.01),
    )
