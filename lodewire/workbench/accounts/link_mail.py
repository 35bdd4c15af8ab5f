"""The mails that bring a link to sign in or to accept an invitation, in their reader's language."""

from __future__ import annotations

from lodewire.config.desk import DeskConfig
from lodewire.delivery.messages import Letter
from lodewire.publish.frame import frame_of


def link_letter(desk: DeskConfig, what: str, where: str, n: int, language: str) -> Letter:
    """Return a letter with a link that works for ``n`` minutes or days; ``what`` names it."""
    frame = frame_of(language)
    told = frame.told(what, name=desk.name, n=n)
    return Letter(
        subject=frame.told(f"{what}_subject", name=desk.name),
        text=f"{told}\n\n{where}\n\n{frame.words[f'{what}_else']}\n",
    )
