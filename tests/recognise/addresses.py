"""The addresses of this room and of share: what its pages need."""

from django.urls import include, path

urlpatterns = [path("", include("joinedup.share.urls")), path("", include("joinedup.recognise.urls"))]
