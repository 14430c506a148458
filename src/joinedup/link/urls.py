"""Addresses of link. The key of a pair is a digest: nothing sensitive stands in an address."""

from django.urls import path

from joinedup.link import pages

app_name = "link"
urlpatterns = [
    path("ask/", pages.ask, name="ask"),
    path("asked/", pages.asked, name="asked"),
    path("emergency/", pages.emergency, name="emergency"),
    path("doubts/<str:key>/", pages.doubt, name="doubt"),
    path("models/", pages.editions, name="editions"),
    path("models/<str:edition>/", pages.edition, name="edition"),
    path("child/<str:reference>/records/", pages.records, name="records"),
    path("child/<str:reference>/same-as/<str:other>/", pages.same_as, name="same-as"),
]
