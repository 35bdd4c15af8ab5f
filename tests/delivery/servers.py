"""Real SMTP servers on loopback that refuse, put off, drop or dawdle as they are told."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from lodewire.delivery.smtp import SmtpServer


@dataclass
class Handler:
    """Answers by recipient; keeps (recipient, message) of all it accepted."""

    rcpt: dict[str, str] = field(default_factory=dict)
    mail: str = "250 OK"
    data: Callable[[str], str] = lambda _: "250 OK"
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    pause: float = 0.0
    drop_before: set[str] = field(default_factory=set)
    drop_after: set[str] = field(default_factory=set)
    connections: int = 0
    pipelining: bool = False

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, _: Envelope, name: str, told: list[str]
    ) -> list[str]:
        session.host_name = name
        self.connections += 1
        # Truly so: commands that arrive in one packet are answered in turn.
        return [*told[:-1], "250-PIPELINING", told[-1]] if self.pipelining else told

    async def handle_MAIL(  # noqa: N802
        self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.mail.startswith("250"):
            envelope.mail_from = address
        return self.mail

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.rcpt.get(address, "250 OK")
        if address in self.drop_before:
            self.drop_before.discard(address)
            server.transport.abort()
            await asyncio.sleep(0)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        (to,) = envelope.rcpt_tos
        if self.pause:
            await asyncio.sleep(self.pause)
        answer = self.data(to)
        if answer.startswith("250"):
            body = envelope.content
            assert isinstance(body, bytes)
            self.taken.append((to, message_from_bytes(body, policy=policy.SMTP)))
        if to in self.drop_after:
            server.transport.abort()
            await asyncio.sleep(0)
        return answer


@contextmanager
def smtp_server(handler: Handler, **options: Any) -> Iterator[SmtpServer]:
    """Yield where a server listens; ``options`` go to aiosmtpd."""
    controller = Controller(handler, hostname="127.0.0.1", port=_free_port(), **options)
    controller.start()
    try:
        security = "starttls" if options.get("tls_context") else "none"
        security = "tls" if options.get("ssl_context") else security
        yield SmtpServer(host="127.0.0.1", port=controller.port, security=security, timeout=5.0)
    finally:
        controller.stop()


def login(user: bytes, password: bytes) -> Callable[..., AuthResult]:
    """Return an authenticator that knows one user."""

    def check(server: Any, session: Any, envelope: Any, mechanism: str, told: Any) -> AuthResult:
        return AuthResult(success=(told.login, told.password) == (user, password), handled=False)

    return check


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def certificate(folder: Path, name: str = "127.0.0.1") -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return (server's context, a client's that trusts it) of a new certificate for ``name``."""
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "lodewire test")])
    now = datetime.now(UTC)
    alt = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(name))])
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(alt, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / f"{name}.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    return server, ssl.create_default_context(cafile=str(pem))


@contextmanager
def raw_server(*answers: bytes) -> Iterator[SmtpServer]:
    """A server that says the answers in turn, one a line it reads, whatever it reads."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with connection, connection.makefile("rb") as lines:
            for answer in answers:
                connection.sendall(answer)
                if not lines.readline():
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield SmtpServer(
            host="127.0.0.1", port=listening.getsockname()[1], security="none", timeout=2.0
        )
    finally:
        listening.close()
        thread.join(5)
