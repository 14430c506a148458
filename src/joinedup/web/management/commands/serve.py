"""`joinedup serve`: pages, API and the flow worker in one go."""

import threading
from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseError
from waitress.server import create_server

from joinedup.flow import worker
from joinedup.flow.ticking import tick_for_ever
from joinedup.flow.waking import waker
from joinedup.share.queries import NotFounded, partnership
from joinedup.web.wsgi import application


class Command(BaseCommand):
    help = "Serve pages and API on this machine, with the flow worker beside them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s: this machine only)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
        parser.add_argument("--threads", type=int, default=8, help="requests answered side by side (%(default)s)")

    def handle(self, *args: Any, host: str, port: int, threads: int, **options: Any) -> None:
        found_here()
        self.check(tags=[Tags.database], databases=["default"])
        stop, proxy = threading.Event(), settings.JOINEDUP_PROXY
        try:
            server = create_server(application, host=host, port=port, threads=threads, **fronted_by(proxy))
        except (OSError, OverflowError, ValueError) as error:
            raise CommandError(f"cannot listen on {host}:{port}: {error}. Give another --port or --host.") from error
        beside = [threading.Thread(target=run_flow, args=(stop,)), threading.Thread(target=tick_for_ever, args=(stop,))]
        for thread in beside:
            thread.start()
        self.stdout.write(f"joinedup is on http://{host}:{port} (stop it with Ctrl-C)")
        try:
            server.run()
        finally:
            stop.set()
            for thread in beside:
                thread.join()


def found_here() -> None:
    """Raises CommandError, with what to do, where there is nothing to serve yet."""
    try:
        partnership()
    except NotFounded as error:
        raise CommandError(str(error)) from error
    except DatabaseError as error:
        raise CommandError(f"the database is not ready ({error}): `joinedup migrate` makes its tables") from error


def fronted_by(proxy: str) -> dict[str, Any]:
    """Waitress's options: by whom and how a request came is believed of this proxy's address, and of nobody else."""
    alone: dict[str, Any] = {"ident": None, "clear_untrusted_proxy_headers": True}
    said = {"x-forwarded-for", "x-forwarded-proto"}
    return alone | {"trusted_proxy": proxy, "trusted_proxy_headers": said} if proxy else alone


def run_flow(stop: threading.Event) -> None:
    """The worker in its own thread, with its own connection."""
    worker.run(stop, waker())
