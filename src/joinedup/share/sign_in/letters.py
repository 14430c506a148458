"""What somebody is told by mail of their own sign-in: that something changed, and whom to ring. Of nobody else.

Only where the deployment names a mail server (JOINEDUP_MAIL). Source: OWASP ASVS 6.3.5 and 6.3.7.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.views import PasswordResetView
from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse

from joinedup.face import render
from joinedup.face.words import moment
from joinedup.ground.keys import digest
from joinedup.share.queries import now

SUBJECT = "Your sign-in to joinedup"
TEXT = """{what}, {when}.

If this was you, there is nothing to do. If it was not, ring whoever keeps joinedup at your agency now: they can end
every session of yours.

This address is not read, and no mail of ours ever asks for a password or a code.
"""
trouble = logging.getLogger("joinedup.mail")


def tell(user: Any, what: str) -> None:
    """Tell somebody of a change to their own sign-in. A server that cannot be reached stops nobody: it is logged."""
    if not settings.JOINEDUP_MAIL:
        return
    text = TEXT.format(what=what, when=moment(now()))
    with stopping_nobody():
        send_mail(SUBJECT, text, settings.JOINEDUP_MAIL.sender, [user.email])


@contextmanager
def stopping_nobody() -> Iterator[None]:
    """A mail server that is away is logged; the answer is the one that whoever has no account here gets."""
    try:
        yield
    except OSError as why:
        trouble.warning("a mail about a sign-in could not be sent: %s", type(why).__name__)


def tell_once(user: Any, what: str, seconds: int) -> None:
    """As `tell`, but not again within so many seconds: whoever guesses at a door must not fill its owner's mailbox."""
    if cache.add(digest("told", str(user.pk), what), True, seconds):
        tell(user, what)


class ResetByMail(PasswordResetView):  # type: ignore[misc]  # allauth is untyped
    """The link for a forgotten password; where no mail can be sent, whom to ask instead."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.JOINEDUP_MAIL:
            return render(request, None, "account/no_mail.html")
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer
