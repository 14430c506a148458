"""Addresses of sealed identities. Opaque keys only: no reference and no name stands in an address."""

from django.urls import path

from joinedup.sealed import pages

app_name = "sealed"
urlpatterns = [
    path("sealed/", pages.seals, name="seals"),
    path("sealed/new/", pages.new, name="new"),
    path("sealed/<uuid:seal>/", pages.seal, name="seal"),
    path("sealed/<uuid:seal>/summary/", pages.summary, name="summary"),
]
