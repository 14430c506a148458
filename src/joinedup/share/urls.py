"""Addresses of share: signing in (django-allauth's own views and names), the reason, the audit."""

from allauth.account import urls as account
from allauth.account import views
from allauth.mfa import urls as mfa
from django.urls import include, path

from joinedup.share import pages
from joinedup.share.doors import guard_all
from joinedup.share.rules import Permission

LEFT_OUT = {"account_login", "account_logout", "account_signup", "account_email"}  # nobody signs up by themselves

own = [
    path("reason/", pages.reason, name="reason"),
    path("audit/", pages.audit, name="audit"),
]
sign_in = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-out/", views.logout, name="account_logout"),
    path("account/second-factor/", include(mfa.urlpatterns)),
    path("account/", include([one for one in account.urlpatterns if one.name not in LEFT_OUT])),
]
urlpatterns = [*guard_all(sign_in, Permission.PUBLIC), path("", include((own, "share")))]
