"""The mail server, from the address that JOINEDUP_MAIL names. No Django here."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from joinedup.ground.home import HomeError

PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class Mail:
    """Where mail goes out, and from which address. `tls_first`: TLS from the first byte, else by STARTTLS."""

    host: str
    port: int
    user: str
    password: str
    sender: str
    tls_first: bool


def mail_server(address: str) -> Mail | None:
    """`smtps://user:pw@host:465?from=joinedup@council.example`, `smtp://` for STARTTLS; empty: None, no mail is sent.

    Raises HomeError for another scheme, and without a host or a sender.
    """
    if not address:
        return None
    url = urlsplit(address)
    sender = parse_qs(url.query).get("from", [""])[0]
    if url.scheme not in PORTS or not url.hostname or "@" not in sender:
        raise HomeError("JOINEDUP_MAIL: name it as smtps://user:password@host:465?from=joinedup@your.example")
    return Mail(
        url.hostname, url.port or PORTS[url.scheme], unquote(url.username or ""), unquote(url.password or ""), sender,
        url.scheme == "smtps",
    )  # fmt: skip
