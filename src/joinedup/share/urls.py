"""Addresses of share: signing in (django-allauth's own views and names), the reason, the audit."""

from allauth.account import urls as account
from allauth.account import views
from allauth.mfa import urls as mfa
from allauth.usersessions.views import list_usersessions
from django.contrib.auth.decorators import login_required
from django.urls import include, path

from joinedup.share import pages
from joinedup.share.doors import guard_all
from joinedup.share.rules import Permission
from joinedup.share.sign_in import HowYouSignIn, ResetByMail, SignIn, guard_changes, oidc

LEFT_OUT = {
    "account_login",  # at an address, or by a view, of ours
    "account_logout",
    "account_reset_password",
    "account_signup",  # nobody signs up by themselves: accounts are given, with the address that a person has at work
    "account_email",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_confirm_login_code",  # no codes by e-mail: a second factor is held in the hand
}

own = [
    path("reason/", pages.reason, name="reason"),
    path("emergencies/", pages.emergencies, name="emergencies"),
    path("emergencies/<str:key>/", pages.emergency, name="emergency"),
    path("audit/", pages.audit, name="audit"),
]
sign_in = [
    path("sign-in/", SignIn.as_view(), name="account_login"),
    path("sign-in/with/<slug:provider_id>/", oidc.login, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back/", oidc.returned, name="openid_connect_callback"),
    path("sign-out/", views.logout, name="account_logout"),
    path("account/second-factor/", login_required(HowYouSignIn.as_view()), name="mfa_index"),
    path("account/second-factor/", include(mfa.urlpatterns)),
    path("account/sessions/", list_usersessions, name="usersessions_list"),
    path("account/password/reset/", ResetByMail.as_view(), name="account_reset_password"),
    path("account/", include([one for one in account.urlpatterns if one.name not in LEFT_OUT])),
]
guard_changes(sign_in)
urlpatterns = [*guard_all(sign_in, Permission.PUBLIC), path("", include((own, "share")))]
