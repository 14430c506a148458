"""Addresses of receive's pages. The API is mounted by web (`receive.api.urls`)."""

from django.urls import path

from joinedup.receive.pages import public, quarantine, report

app_name = "receive"
urlpatterns = [
    path("api/v1/notice.schema.json", public.schema, name="schema"),
    path("report/", report.report, name="report"),
    path("report/sent/<str:number>/", report.report_sent, name="report-sent"),
    path("report/with/<str:token>/", report.link, name="link"),
    path("report/with/<str:token>/concern/", report.link_report, name="link-report"),
    path("report/with/<str:token>/sent/<str:number>/", report.link_report_sent, name="link-report-sent"),
    path("report/with/<str:token>/<uuid:draft>/<slug:slug>/", report.link_report_step, name="link-report-step"),
    path("report/<uuid:draft>/<slug:slug>/", report.report_step, name="report-step"),
    path("tell-us/", public.tell_us, name="young-person"),
    path("tell-us/sent/<str:number>/", public.tell_us_sent, name="young-person-sent"),
    path("worried/", public.worried, name="public"),
    path("worried/sent/<str:number>/", public.worried_sent, name="public-sent"),
    path("quarantine/", quarantine.quarantine, name="quarantine"),
    path("quarantine/<str:number>/", quarantine.quarantined, name="quarantined"),
]
