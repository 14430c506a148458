"""Sign-in is django-allauth's; this is what we ask of it."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class NoSelfSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts are made by a partnership's system administrator, never by whoever comes along."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's
        return False
