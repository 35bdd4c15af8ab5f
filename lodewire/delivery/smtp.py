"""The SMTP messenger: one connection for many messages, and every answer given its meaning.

The dialogue is spelt out step by step, since the one question that matters after a failure is
whether the server may have taken the message: it may, once the line that ends it was sent.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from lodewire.delivery.messages import Message
from lodewire.errors import DeliveryError, MaybeTaken, MessengerAway, NotTaken, TryLater

#: A connection is made anew after so many messages: servers limit them.
PER_CONNECTION = 500
_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
# RFC 3463: bad destination mailbox, domain, syntax, ambiguous, moved; mailbox disabled.
_GONE = re.compile(r"5\.1\.(0|1|2|3|6|10)|5\.2\.1")
_BROKEN = (OSError, smtplib.SMTPServerDisconnected, EOFError)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where and how to connect; ``timeout`` in seconds for each answer."""

    host: str
    port: int
    security: str = "starttls"
    user: str = ""
    password: str = ""
    timeout: float = 60.0
    context: ssl.SSLContext | None = None

    def __repr__(self) -> str:
        return f"SmtpServer({self.host}:{self.port}, {self.security})"


class SmtpMessenger:
    """Sends over one connection, opened when first needed and again when it was lost."""

    def __init__(self, server: SmtpServer) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None
        self._context = server.context
        self._sent = 0

    def deliver(self, message: Message) -> None:
        """Send one message; see :meth:`.Messenger.deliver`."""
        kept = self._smtp is not None
        try:
            self._hand_over(message)
        except TryLater as error:
            # A server may close what stood idle: that is no answer about this message.
            if not (kept and self._smtp is None and error.__cause__ is not None):
                raise
            self._hand_over(message)

    def _hand_over(self, message: Message) -> None:
        smtp = self._connected()
        with self._dropping():
            self._envelope(smtp, message)
            # A connection that breaks while this is written has not carried its last line.
            smtp.send(_as_data(message))
        try:
            code, told = smtp.getreply()
        except _BROKEN as error:
            self._drop()
            raise MaybeTaken(
                f"the connection broke after the message was sent ({_words(error)})",
                hint="look for its Message-ID in the log of the mail server",
            ) from error
        self._sent += 1
        if code == 421:
            self._drop()
        if code >= 400:
            raise _refusal(code, told)
        if code < 200:  # no answer that SMTP knows
            self._drop()
            raise MaybeTaken(
                f"the server answered {_told(code, told)!r} to the message",
                hint="look for its Message-ID in the log of the mail server",
            )

    def _envelope(self, smtp: smtplib.SMTP, message: Message) -> None:
        """Say from whom to whom, up to the server's asking for the message.

        Where the server can (RFC 2920), the three commands go in one packet: none of them begins
        another message, so every answer is still about this one.
        """
        if smtp.does_esmtp and smtp.has_extn("pipelining"):
            self._envelope_at_once(smtp, message)
            return
        self._check_sender(message, *smtp.docmd("MAIL", f"FROM:<{message.sender}>"), smtp=smtp)
        code, told = smtp.docmd("RCPT", f"TO:<{message.recipient}>")
        if code not in (250, 251):
            raise self._refused(smtp, code, told)
        code, told = smtp.docmd("DATA")
        if code != 354:
            raise _refusal(code, told)

    def _envelope_at_once(self, smtp: smtplib.SMTP, message: Message) -> None:
        smtp.send(
            f"MAIL FROM:<{message.sender}>\r\nRCPT TO:<{message.recipient}>\r\nDATA\r\n".encode(
                "ascii"
            )
        )
        mail, rcpt, data = smtp.getreply(), smtp.getreply(), smtp.getreply()
        if data[0] == 354 and not (mail[0] == 250 and rcpt[0] in (250, 251)):
            # It waits for a message that nobody is to receive: an empty one ends it (RFC 2920).
            smtp.send(b".\r\n")
            smtp.getreply()
        self._check_sender(message, *mail, smtp=smtp)
        if rcpt[0] not in (250, 251):
            raise self._refused(smtp, *rcpt)
        if data[0] != 354:
            raise self._refused(smtp, *data)

    def _check_sender(
        self, message: Message, code: int, told: bytes, *, smtp: smtplib.SMTP
    ) -> None:
        if code >= 500:
            self._drop()
            raise MessengerAway(
                f"the mail server refuses the sender {message.sender}: {_told(code, told)}",
                hint="set sender and bounces in [newsletter] to addresses it may send from",
            )
        if code != 250:
            raise self._refused(smtp, code, told)

    def _refused(self, smtp: smtplib.SMTP, code: int, told: bytes) -> DeliveryError:
        if code == 421:  # the server closes: RFC 5321, 3.8
            self._drop()
        else:
            try:
                smtp.rset()
            except _BROKEN:  # the answer that counts has come
                self._drop()
        return _refusal(code, told)

    @contextmanager
    def _dropping(self) -> Iterator[None]:
        try:
            yield
        except _BROKEN as error:
            self._drop()
            raise TryLater(f"the connection broke ({_words(error)})") from error

    def holds(self, message_id: str) -> bool | None:
        """SMTP has no way to ask."""
        return None

    def close(self) -> None:
        """Say good-bye, if connected."""
        if self._smtp is not None:
            with suppress(*_BROKEN, smtplib.SMTPException):
                self._smtp.quit()
            self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp, self._sent = None, 0

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is not None and self._sent >= PER_CONNECTION:
            self.close()
        if self._smtp is None:
            self._smtp = self._connect()
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        where = f"{server.host}:{server.port}"
        try:
            return self._open()
        except ssl.SSLError as error:
            raise MessengerAway(
                f"{where}: no secure connection ({_words(error)})",
                hint="check host, port and security in [newsletter], and the server's certificate",
            ) from error
        except smtplib.SMTPAuthenticationError as error:
            later = 400 <= error.smtp_code < 500
            raise MessengerAway(
                f"{where}: the login was refused: {_told(error.smtp_code, error.smtp_error)}",
                hint="check user, and the password in the environment variable of password_env",
                again=later,
            ) from None  # its own words could hold what was sent
        except smtplib.SMTPNotSupportedError as error:
            raise MessengerAway(
                f"{where}: {error}",
                hint="the server offers no STARTTLS or no login: check port and security",
            ) from error
        except (*_BROKEN, smtplib.SMTPException) as error:
            raise MessengerAway(
                f"{where}: no connection ({_words(error)})",
                hint="check host and port in [newsletter], and that the server is up",
                again=True,
            ) from error

    def _open(self) -> smtplib.SMTP:
        server = self._server
        smtp: smtplib.SMTP
        if server.security == "tls":
            smtp = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout, context=self._trusting()
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        try:
            if server.security == "starttls":
                smtp.starttls(context=self._trusting())
            smtp.ehlo_or_helo_if_needed()
            if server.user:
                smtp.login(server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _trusting(self) -> ssl.SSLContext:
        """Who is trusted: read once, since that takes as long as sending forty messages."""
        if self._context is None:
            self._context = ssl.create_default_context()
        return self._context


def _refusal(code: int, told: bytes) -> DeliveryError:
    """4xx: later. 5xx: never; gone where the enhanced code says that there is no mailbox."""
    words = _told(code, told)
    if code < 500:
        return TryLater(words)
    found = _ENHANCED.search(told.decode("utf-8", "replace"))
    return NotTaken(words, gone=bool(found and _GONE.fullmatch(found[1])))


def _told(code: int, told: bytes | str) -> str:
    text = told.decode("utf-8", "replace") if isinstance(told, bytes) else told
    return f"{code} {' '.join(text.split())[:200]}"


def _words(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _as_data(message: Message) -> bytes:
    """Lines that begin with a dot get another (RFC 5321, 4.5.2); a lone dot ends the message."""
    body = message.body
    if message.clean:  # a search through a letter takes longer than all else that is done to it
        return body + b".\r\n"
    ends = body.count(b"\r\n")
    if not ends == body.count(b"\n") == body.count(b"\r"):
        body = re.sub(rb"\r\n|\r|\n", b"\r\n", body)
    if b"\n." in body or body.startswith(b"."):
        body = re.sub(rb"(?m)^\.", b"..", body)
    return body + (b".\r\n" if body.endswith(b"\r\n") else b"\r\n.\r\n")
