"""Addresses of papers. References and keys only: no name ever stands in an address."""

from django.urls import path

from joinedup.papers import pages

app_name = "papers"
urlpatterns = [
    path("child/<str:reference>/papers/", pages.papers, name="papers"),
    path("child/<str:reference>/papers/new/", pages.new, name="new"),
    path("child/<str:reference>/papers/must-not-learn/", pages.barring, name="barring"),
    path("child/<str:reference>/papers/<uuid:paper>/", pages.paper, name="paper"),
    path("child/<str:reference>/papers/<uuid:paper>/print/", pages.printed, name="printed"),
    path("words/", pages.words, name="words"),
    path("words/<uuid:paper>/", pages.word, name="word"),
]
