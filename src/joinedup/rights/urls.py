"""Addresses of rights. References and keys only: no name ever stands in an address."""

from django.urls import path

from joinedup.rights.pages import retention

app_name = "rights"
urlpatterns = [
    path("retention/", retention.retention, name="retention"),
    path("retention/holds/", retention.holding, name="holding"),
    path("retention/<str:reference>/", retention.record, name="record"),
]
