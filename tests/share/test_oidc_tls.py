"""A provider whose certificate nobody vouches for is not spoken to: nothing is sent to it, and it is written down."""

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from joinedup.share.models import AuditRow
from share.oidc_site import IN, file_of, inside, named

ASKED: list[str] = []


class Nosy(BaseHTTPRequestHandler):
    """Keeps whatever it is asked."""

    def do_GET(self) -> None:
        ASKED.append(self.path)
        self.send_error(404)


def own_certificate(folder: Path) -> ssl.SSLContext:
    """Signed by nobody but itself, for this very machine."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1)).not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = serialization.NoEncryption()
    file = folder / "certificate.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


@pytest.fixture
def impostor(tmp_path: Path) -> Iterator[str]:
    ASKED.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Nosy)
    server.socket = own_certificate(tmp_path).wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_certificate_that_nobody_vouches_for_ends_it(oidc_site: Any, settings: Any, tmp_path: Path, impostor) -> None:
    named(settings, file_of(tmp_path / "providers.json", impostor))
    client = Client(raise_request_exception=False)
    answer = client.get(IN)
    assert answer.status_code in (400, 503)
    assert "cannot be reached" in answer.content.decode()
    assert not inside(client)
    assert ASKED == []
    assert AuditRow.objects.filter(act="sign-in refused").latest("pk").what["why"] == "SSLError"
