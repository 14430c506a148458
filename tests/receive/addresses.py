"""The addresses of receive and of what its pages lead to, so that its tests stand on the rooms below it alone."""

from django.urls import include, path

from joinedup.receive.api import urls

urlpatterns = [
    path("api/v1/", urls),
    path("", include("joinedup.share.urls")),
    path("", include("joinedup.receive.urls")),
]
handler404 = "joinedup.face.pages.not_found"
