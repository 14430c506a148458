"""Addresses of recognise: the patterns. None names a child."""

from django.urls import path

from joinedup.recognise import pages

app_name = "recognise"
urlpatterns = [
    path("patterns/", pages.patterns, name="patterns"),
    path("patterns/own/", pages.own, name="own"),
    path("patterns/own/<slug:id_>/", pages.own, name="own-edition"),
    path("patterns/<slug:id_>/", pages.pattern, name="pattern"),
]
