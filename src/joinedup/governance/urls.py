"""Addresses of governance. Keys only."""

from django.urls import path

from joinedup.governance import pages

app_name = "governance"
urlpatterns = [
    path("looks/", pages.looks, name="looks"),
    path("looks/<int:row>/", pages.look_at, name="look"),
    path("my-family/", pages.mine, name="mine"),
]
