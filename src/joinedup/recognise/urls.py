"""Addresses of recognise: the patterns. None names a child."""

from django.urls import path

from joinedup.recognise import pages

app_name = "recognise"
urlpatterns = [
    path("patterns/", pages.patterns, name="patterns"),
    path("patterns/<slug:id_>/", pages.pattern, name="pattern"),
]
