"""Every address of joinedup. References and opaque keys only: nothing sensitive stands in an address."""

from django.urls import include, path

from joinedup.receive.api import urls as api
from joinedup.web import access, doubts, looked, pages

web = (
    [
        path("", pages.home, name="home"),
        path("desk/", pages.desk, name="desk"),
        path("find/", pages.find, name="find"),
        path("doubts/", doubts.doubts, name="doubts"),
        path("parted/<uuid:parting>/", doubts.parted, name="parted"),
        path("child/<str:reference>/", pages.child, name="child"),
        path("child/<str:reference>/access/", access.access, name="access"),
        path("child/<str:reference>/who-looked/", looked.lookers, name="lookers"),
        path("child/<str:reference>/who-looked/print/", looked.printed, name="lookers-print"),
    ],
    "web",
)
urlpatterns = [
    path("api/v1/", api),
    path("", include(web)),
    path("", include("joinedup.share.urls")),
    path("", include("joinedup.receive.urls")),
    path("", include("joinedup.link.urls")),
    path("", include("joinedup.sealed.urls")),
    path("", include("joinedup.chronicle.urls")),
    path("", include("joinedup.recognise.urls")),
    path("", include("joinedup.respond.urls")),
    path("", include("joinedup.papers.urls")),
    path("", include("joinedup.governance.urls")),
    path("", include("joinedup.rights.urls")),
]
handler400 = "joinedup.face.pages.bad_request"
handler403 = "joinedup.face.pages.forbidden"
handler404 = "joinedup.face.pages.not_found"
handler500 = "joinedup.face.pages.server_error"
