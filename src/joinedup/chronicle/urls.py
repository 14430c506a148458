"""Addresses of a child's chronology: its reference, and opaque keys of entries."""

from django.urls import path

from joinedup.chronicle import pages

app_name = "chronicle"
urlpatterns = [
    path("child/<str:reference>/chronology/", pages.chronology, name="chronology"),
    path("child/<str:reference>/chronology/<str:key>/", pages.entry, name="entry"),
    path("child/<str:reference>/chronology/<str:key>/mark/", pages.mark, name="mark"),
    path("child/<str:reference>/chronology/<str:key>/one-event/", pages.one_event, name="one-event"),
]
