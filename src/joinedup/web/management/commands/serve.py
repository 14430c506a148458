"""`joinedup serve`: pages, API and the flow worker in one go."""

import threading
from typing import Any

import waitress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from joinedup.flow import worker
from joinedup.flow.ticking import tick_for_ever
from joinedup.flow.waking import waker
from joinedup.web.wsgi import application


class Command(BaseCommand):
    help = "Serve pages and API on this machine, with the flow worker beside them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s: this machine only)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
        parser.add_argument("--threads", type=int, default=8, help="requests answered side by side (%(default)s)")

    def handle(self, *args: Any, host: str, port: int, threads: int, **options: Any) -> None:
        stop, proxy = threading.Event(), settings.JOINEDUP_PROXY
        beside = [threading.Thread(target=run_flow, args=(stop,)), threading.Thread(target=tick_for_ever, args=(stop,))]
        for thread in beside:
            thread.start()
        self.stdout.write(f"joinedup is on http://{host}:{port} (stop it with Ctrl-C)")
        try:
            waitress.serve(application, host=host, port=port, threads=threads, _quiet=True, **fronted_by(proxy))
        finally:
            stop.set()
            for thread in beside:
                thread.join()


def fronted_by(proxy: str) -> dict[str, Any]:
    """Waitress's options: by whom and how a request came is believed of this proxy's address, and of nobody else."""
    alone: dict[str, Any] = {"ident": None, "clear_untrusted_proxy_headers": True}
    said = {"x-forwarded-for", "x-forwarded-proto"}
    return alone | {"trusted_proxy": proxy, "trusted_proxy_headers": said} if proxy else alone


def run_flow(stop: threading.Event) -> None:
    """The worker in its own thread, with its own connection."""
    worker.run(stop, waker())
