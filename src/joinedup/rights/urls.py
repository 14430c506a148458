"""Addresses of rights. References and keys only: no name ever stands in an address."""

from django.urls import path

from joinedup.rights.pages import access, governing, retention, saying, victims

app_name = "rights"
urlpatterns = [
    path("child/<str:reference>/said/", saying.said, name="said"),
    path("child/<str:reference>/said/<str:key>/", saying.say, name="say"),
    path("requests/", access.requests, name="requests"),
    path("child/<str:reference>/requests/", access.asked, name="asked"),
    path("child/<str:reference>/requests/read/", access.new, name="new-access"),
    path("child/<str:reference>/requests/<uuid:access>/", access.bundle, name="bundle"),
    path("child/<str:reference>/requests/<uuid:access>/print/", access.printed, name="printed"),
    path("child/<str:reference>/requests/<uuid:access>/line/<str:key>/", access.line, name="line"),
    path("child/<str:reference>/requests/demand/", victims.new, name="new-demand"),
    path("child/<str:reference>/requests/demand/<uuid:demand>/", victims.demand, name="demand"),
    path("child/<str:reference>/requests/demand/<uuid:demand>/print/", victims.printed, name="demand-printed"),
    path("words/demands/", victims.owners, name="owners"),
    path("words/demands/<uuid:demand>/", victims.owner, name="owner"),
    path("complaints/", governing.complaints, name="complaints"),
    path("complaints/<uuid:complaint>/", governing.complaint, name="complaint"),
    path("status/", governing.status, name="status"),
    path("reports/said/", saying.ours, name="ours"),
    path("reports/said/<uuid:correction>/", saying.our, name="our"),
    path("retention/", retention.retention, name="retention"),
    path("retention/holds/", retention.holding, name="holding"),
    path("retention/<str:reference>/", retention.record, name="record"),
]
