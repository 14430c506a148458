"""`joinedup serve` behind a proxy that ends TLS: what the proxy says of a request is believed, and nobody else."""

import gc
import socket
import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from waitress.server import create_server

from joinedup.ground.clock import utcnow
from joinedup.share.actions import found_partnership
from joinedup.share.rules import Actor
from joinedup.web.management.commands.serve import fronted_by

PROXY = "192.0.2.7"


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Who asks and how, as the application is told."""
    return [f"{environ['REMOTE_ADDR']} {environ['wsgi.url_scheme']}".encode()]


def told(proxy: str, asked_by: str) -> str:
    server = create_server(echo, host="127.0.0.1", port=0, **fronted_by(proxy))
    said = {"HTTP_X_FORWARDED_FOR": "203.0.113.9", "HTTP_X_FORWARDED_PROTO": "https"}
    asked = RequestFactory().get("/", REMOTE_ADDR=asked_by, **said).environ
    try:
        return b"".join(server.application(asked, lambda *_: None)).decode()
    finally:
        server.close()


@pytest.mark.parametrize(
    ("proxy", "asked_by", "seen"),
    [
        (PROXY, PROXY, "203.0.113.9 https"),
        (PROXY, "198.51.100.4", "198.51.100.4 http"),
        ("", PROXY, f"{PROXY} http"),
    ],
    ids=["the proxy", "somebody else", "no proxy is named"],
)
def test_only_the_named_proxy_says_who_came_and_by_tls(proxy: str, asked_by: str, seen: str) -> None:
    assert told(proxy, asked_by) == seen


@pytest.mark.django_db
def test_serving_says_what_is_missing_instead_of_beginning() -> None:
    with pytest.raises(CommandError, match="no partnership is founded"):
        call_command("serve", port=0)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.django_db
def test_a_port_that_is_taken_is_said_and_nothing_is_begun() -> None:
    found_partnership(by=Actor("keeper"), at=utcnow(), name="Ellensford", simulated=True)
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(CommandError, match="Give another --port"):
        call_command("serve", port=taken.getsockname()[1])
    assert not [thread for thread in threading.enumerate() if "run_flow" in thread.name]
    gc.collect()  # waitress forgets the socket that it could not bind
