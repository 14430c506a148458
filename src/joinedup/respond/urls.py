"""Addresses of respond. References only: no name ever stands in an address."""

from django.urls import path

from joinedup.respond import pages

app_name = "respond"
urlpatterns = [
    path("reports/", pages.reports, name="reports"),
    path("child/<str:reference>/decide/", pages.decide, name="decide"),
    path("child/<str:reference>/take/", pages.take, name="take"),
    path("child/<str:reference>/give-back/", pages.give_back, name="give-back"),
    path("child/<str:reference>/action/<uuid:action>/done/", pages.done, name="done"),
]
