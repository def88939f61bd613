"""A real SMTP server on loopback, in the test's own loop, with a letter box and moods."""

import asyncio
import datetime
import email.policy
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

READ = BytesParser(policy=email.policy.default)


class LetterBox:
    """Keeps what arrives; `at_rcpt` and `at_data` are answers given instead of yes."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.letters: list[EmailMessage] = []  # no property: the server reads all it finds here at each connection
        self.encrypted: list[bool] = []
        self.authenticated: list[bool] = []
        self.at_rcpt: dict[str, str] = {}
        self.at_mail = ""
        self.at_data = ""
        self.hangs_up_after_data = False
        self.silent: asyncio.Event | None = None
        self.seconds_a_command = 0.0  # the server's own slowness; no test waits for it
        self.password = b"p@ss/word"

    async def handle_MAIL(  # noqa: N802  aiosmtpd's names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.silent:
            await self.silent.wait()
        await asyncio.sleep(self.seconds_a_command)
        if self.at_mail:
            return self.at_mail
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await asyncio.sleep(self.seconds_a_command)
        if address in self.at_rcpt:
            return self.at_rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.seconds_a_command)
        if self.at_data:
            return self.at_data
        self.envelopes.append(envelope)
        self.letters.append(READ.parsebytes(envelope.content))  # type: ignore[arg-type]
        self.encrypted.append(session.ssl is not None or server.transport.get_extra_info("sslcontext") is not None)
        self.authenticated.append(bool(session.authenticated))
        return f"250 2.0.0 queued as 4F2 for <{envelope.rcpt_tos[0]}>"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.hangs_up_after_data:
            server.transport.abort()
        return "221 Bye"

    def check(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, auth: LoginPassword
    ) -> AuthResult:
        right = auth.login == b"desk" and auth.password == self.password
        return AuthResult(success=right, handled=False)  # not handled: the server itself says 535


@asynccontextmanager
async def serving(
    box: LetterBox,
    *,
    tls: ssl.SSLContext | None = None,
    from_the_start: bool = False,
    login: bool = False,
    utf8: bool = True,
) -> AsyncIterator[int]:
    """Serve until left; gives the port."""

    def conversation() -> SMTP:
        return SMTP(
            box,
            hostname="mx.test",
            enable_SMTPUTF8=utf8,
            tls_context=None if from_the_start else tls,
            require_starttls=bool(tls) and not from_the_start,
            authenticator=box.check if login else None,
            auth_required=login,
            auth_require_tls=bool(tls) and not from_the_start,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(conversation, "127.0.0.1", 0, ssl=tls if from_the_start else None)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a certificate for 127.0.0.1; gives the server's side and a client's side that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cafile=str(file))
