"""Doors: a row for every answer and every refusal before it leaves; no row, no answer; a refusal tells nothing."""

from types import ModuleType

import pytest
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import include, path
from ninja import NinjaAPI

from joinedup.ground.reference import ALPHABET, is_reference
from joinedup.share import actions, queries
from joinedup.share.doors import Refused, api_door, because, door, open_child, public_door
from joinedup.share.models import AuditAbout, AuditRow
from joinedup.share.rules import Permission, Purpose
from share.cast import AT, KEEPER, PASSWORD


@door(Permission.CHILD_OPEN)
def child(request, look, reference):
    subject = open_child(look, queries.by_reference(reference), reference)
    look.note(entries=["e" * 64])
    return HttpResponse(f"{subject.reference} for {look.purpose} because {look.reason}")


@door(Permission.DESK_SEE)
def desk(request, look):
    found = queries.visible_subjects(for_=look)
    look.note(subjects=[one.pk for one in found])
    return HttpResponse(" ".join(one.reference for one in found))


@door(Permission.CHILD_SEARCH)
def search(request, look):
    look = because(request, look, request.POST["reason"])
    found = queries.visible_subjects(for_=look)
    look.note(subjects=[one.pk for one in found])
    return HttpResponse(str(len(found)))


@door(Permission.SIGNED_IN)
def lazily(request, look):
    return TemplateResponse(request, "face/page.html", {"look": None, "note": look.note(subjects=[7])})


@door(Permission.SIGNED_IN)
def falling(request, look, how):
    look.note(subjects=[1])
    raise {"gone": Http404, "denied": PermissionDenied, "refused": Refused}[how]


@public_door()
def welcome(request, look):
    return HttpResponse(f"welcome {look.by}")


@public_door(Permission.PUBLIC)
def receipt(request, look):
    look.note(subjects=[5])
    return HttpResponse("kept")


gate = api_door(Permission.REPORT_MAKE)
api = NinjaAPI(auth=gate, urls_namespace="test-api")
narrow = api_door(Permission.DECIDE)
narrow_api = NinjaAPI(auth=narrow, urls_namespace="test-narrow-api", docs_url=None, openapi_url=None)


@api.get("/mine")
def mine(request) -> dict[str, str]:
    return {"agency": request.auth.agency}


@api.get("/about")
def about(request) -> dict[str, str]:
    request.auth.note(subjects=[9])
    return {}


@api.get("/refused")
def refused(request) -> HttpResponse:
    request.auth.note(subjects=[9])
    return HttpResponse(status=404)


@narrow_api.get("/decide")
def decide(request) -> None: ...


SITE = ModuleType("site_of_these_tests")
SITE.urlpatterns = [
    path("child/<str:reference>/", child),
    path("desk/", desk, name="desk"),
    path("search/", search),
    path("lazily/", lazily),
    path("falling/<str:how>/", falling),
    path("welcome/", welcome),
    path("receipt/", receipt),
    path("api/", gate.urls(api)),
    path("narrow/", narrow.urls(narrow_api)),
    path("", include("joinedup.share.urls")),
]
NOBODYS = "CDF-HJK-" + next(c for c in ALPHABET if is_reference(f"CDF-HJK-{c}"))  # a reference that names nobody


@pytest.fixture
def site(house, settings):
    settings.ROOT_URLCONF = SITE
    settings.JOINEDUP_FRAME = ""
    settings.LOGIN_REDIRECT_URL = "/desk/"
    actions.set_clock(by=KEEPER, at=AT)
    return house


@pytest.fixture
def sign_in(site):
    def signed_in(who: str) -> Client:
        client = Client()
        client.force_login(site.people[who], "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


def last() -> AuditRow:
    return AuditRow.objects.latest("pk")


def test_whoever_is_not_signed_in_is_led_to_sign_in_and_back(site) -> None:
    before = AuditRow.objects.count()
    answer = Client().get("/desk/")
    assert (answer.status_code, answer.url) == (302, "/sign-in/?next=/desk/")
    assert AuditRow.objects.count() == before


def test_an_answer_leaves_one_row_with_who_why_and_what_it_released(site, sign_in) -> None:
    subject = site.child("a", known_to=("hospital",))
    site.allocate(subject, "nurse", "plan")
    client, before = sign_in("nurse"), AuditRow.objects.count()
    answer = client.get(f"/child/{subject.reference}/")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert AuditRow.objects.count() == before + 1
    row = last()
    assert (row.act, row.by, row.agency, row.purpose, row.at) == (
        "answer",
        "nurse@example.org",
        "hospital",
        "safeguarding",
        AT,
    )
    assert row.what == {
        "route": "child/<str:reference>/",
        "method": "GET",
        "permission": "child.open",
        "status": 200,
        "asked": [subject.reference],
        "subjects": [subject.pk],
        "entries": ["e" * 16],
        "who": site.people["nurse"].pk,
    }
    assert AuditAbout.objects.get().subject == subject.pk
    assert queries.verify().ok


def test_a_role_without_the_permission_is_refused_and_that_is_written(sign_in) -> None:
    answer = sign_in("governance").get("/desk/")
    assert answer.status_code == 403
    assert "Your role does not include this page" in answer.content.decode()
    assert (last().act, last().what["status"]) == ("refusal", 403)


def test_a_refusal_reads_the_same_whether_the_child_exists_or_not(site, sign_in) -> None:
    subject = site.child("a", known_to=("police",))
    client = sign_in("nurse")
    known, unknown = (
        client.get(client.post(client.get(place).url, {"why": "A meeting about this child"}).url)
        for place in (f"/child/{subject.reference}/", f"/child/{NOBODYS}/")
    )
    assert known.status_code == unknown.status_code == 404
    assert known.content == unknown.content
    assert last().act == "refusal"
    assert not AuditAbout.objects.exists()


@pytest.mark.parametrize("how", ["gone", "denied", "refused"])
def test_however_a_view_refuses_the_answer_is_the_one_refusal(sign_in, how) -> None:
    answer = sign_in("mash").get(f"/falling/{how}/")
    assert answer.status_code == 404
    assert "This does not mean the child is not known" in answer.content.decode()
    assert last().what["subjects"] == []


def test_no_name_typed_into_an_address_reaches_the_audit(sign_in) -> None:
    sign_in("nurse").get("/child/Tess-Somebody/")
    assert last().what["asked"] == []
    assert "Tess" not in str(last().what)


def test_the_front_door_is_asked_why_before_it_opens_a_child_and_the_reason_is_kept(site, sign_in) -> None:
    subject = site.child("a", known_to=("police",))
    client = sign_in("mash")
    place = f"/child/{subject.reference.lower()}/"
    asked = client.get(place)
    assert asked.status_code == 302
    page = client.get(asked.url)
    assert f"Before you open {subject.reference}" in page.content.decode()
    nothing = client.post(asked.url, {})
    assert "Choose why you need to open this child" in nothing.content.decode()
    too_little = client.post(asked.url, {"why": "Something else", "more": " "})
    assert "Say which review it is" in too_little.content.decode()
    stated = client.post(asked.url, {"why": "Somebody rang or wrote about this child", "more": "school, 9 am"})
    assert (stated.status_code, stated.url) == (302, place)
    answer = client.get(place).content.decode()
    assert answer.endswith("because Somebody rang or wrote about this child: school, 9 am")
    assert last().reason == "Somebody rang or wrote about this child: school, 9 am"
    look = site.look("manager")
    assert [one.by for one in queries.looks_at(for_=look, head=subject)] == ["mash@example.org"]
    assert look.subjects == {subject.pk}


def test_a_reason_for_one_child_opens_no_other(site, sign_in) -> None:
    one, other = site.child("a"), site.child("b")
    client = sign_in("mash")
    asked = client.get(f"/child/{one.reference}/")
    client.post(asked.url, {"why": "A meeting about this child"})
    assert client.get(f"/child/{one.reference}/").status_code == 200
    assert client.get(f"/child/{other.reference}/").status_code == 302


def test_being_asked_why_tells_nothing_about_whether_there_is_such_a_child(site, sign_in) -> None:
    client = sign_in("mash")
    asked = client.get(f"/child/{NOBODYS}/")
    assert asked.status_code == 302
    client.post(asked.url, {"why": "A meeting about this child"})
    assert client.get(f"/child/{NOBODYS}/").status_code == 404


@pytest.mark.parametrize(
    "bad", ["?child=nonsense&next=/desk/", "?child={ref}&next=https://example.org/", "?child={ref}", ""]
)
def test_the_reason_page_leads_only_to_a_child_of_this_house(site, sign_in, bad) -> None:
    reference = site.child("a").reference
    assert sign_in("mash").get("/reason/" + bad.format(ref=reference)).status_code == 404


def test_the_desk_is_its_own_reason_and_a_search_asks_for_one(site, sign_in) -> None:
    subject = site.child("a")
    client = sign_in("mash")
    assert client.get("/desk/").content.decode() == subject.reference
    assert last().reason == "the desk of my role"
    assert client.post("/search/", {"reason": " "}).content.decode() == "0"
    assert client.post("/search/", {"reason": "a call from the school"}).content.decode() == "1"
    assert (last().reason, last().what["subjects"]) == ("a call from the school", [subject.pk])


def test_a_reviewer_looks_for_review_whatever_the_page_is_for(site, sign_in) -> None:
    subject = site.child("a")
    client = sign_in("reviewer")
    asked = client.get(f"/child/{subject.reference}/")
    client.post(asked.url, {"why": "A review that names this child", "more": "review 2026/1"})
    assert " for review because" in client.get(f"/child/{subject.reference}/").content.decode()


def test_a_page_that_is_rendered_late_is_rendered_before_its_row_is_written(sign_in) -> None:
    answer = sign_in("nurse").get("/lazily/")
    assert answer.is_rendered
    assert last().what["subjects"] == [7]


FULL = {
    "sqlite": "CREATE TRIGGER full_up BEFORE INSERT ON share_auditrow BEGIN SELECT RAISE(ABORT, 'full'); END",
    "postgresql": "ALTER TABLE share_auditrow ADD CONSTRAINT full_up CHECK (lane < 0) NOT VALID",
}


def test_without_its_row_nothing_is_shown(site, sign_in) -> None:
    """The audit cannot be written (its disk is full): fails closed (ASVS 16.5.3)."""
    subject = site.child("a", known_to=("hospital",))
    client = sign_in("nurse")
    with connection.cursor() as cursor:
        cursor.execute(FULL[connection.vendor])
    answer = client.get(f"/child/{subject.reference}/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "120")
    assert "call the duty line" in answer.content.decode()
    assert subject.reference not in answer.content.decode()


def test_a_public_page_is_written_only_if_it_answers_about_somebody(site, sign_in) -> None:
    before = AuditRow.objects.count()
    assert Client().get("/welcome/").content == b"welcome public"
    assert AuditRow.objects.count() == before
    assert Client().get("/receipt/").content == b"kept"
    assert (last().by, last().what["subjects"]) == ("public", [5])
    assert sign_in("nurse").get("/welcome/").content == b"welcome nurse@example.org"


def test_in_a_real_database_nobody_sees_a_page_without_a_second_factor(site, sign_in, monkeypatch) -> None:
    client = sign_in("nurse")
    type(queries.partnership()).objects.update(simulated=False)
    answer = client.get("/desk/")
    assert (answer.status_code, answer.url) == (302, "/account/second-factor/totp/activate/")


@pytest.fixture
def token(site) -> str:
    return actions.issue_credential(by=KEEPER, at=AT, agency="hospital", use="api", label="ED system").token


def test_an_agencys_system_is_known_by_its_credential(site, token) -> None:
    before = AuditRow.objects.count()
    answer = Client().get("/api/mine", headers={"Authorization": f"Bearer {token}"})
    assert answer.json() == {"agency": "hospital"}
    assert AuditRow.objects.count() == before  # nothing was released, nothing changed


def test_an_api_answer_about_somebody_is_written_and_so_is_a_refusal(site, token) -> None:
    client = Client(headers={"Authorization": f"Bearer {token}"})
    client.get("/api/about")
    assert (last().act, last().by, last().what["subjects"]) == ("answer", "hospital: ED system", [9])
    client.get("/api/refused")
    assert (last().act, last().what["subjects"]) == ("refusal", [])


@pytest.mark.parametrize("header", [None, "Bearer nonsense", "Basic abc"])
def test_an_unknown_system_gets_the_one_problem_shape_and_nothing_is_kept(site, header) -> None:
    answer = Client().get("/api/mine", headers={"Authorization": header} if header else None)
    said = answer.json()
    assert (answer.status_code, said["form"], said["code"], said["kept"]) == (
        401,
        "joinedup/problem/1",
        "not-signed-in",
        False,
    )


def test_a_system_may_do_only_what_its_door_is_for(site, token) -> None:
    answer = Client().get("/narrow/decide", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")
    assert last().act == "refusal"


def test_every_address_here_names_its_permission_and_the_description_of_the_api_is_public(site) -> None:
    from laws.test_doors import addresses, unguarded

    assert unguarded(SITE.urlpatterns) == []
    asked = {place: view.permission for place, view in addresses(SITE.urlpatterns)}
    assert asked["api/openapi.json"] == Permission.PUBLIC
    assert asked["api/mine"] == Permission.REPORT_MAKE


def test_people_sign_in_and_out_and_that_is_written(site) -> None:
    client = Client()
    answer = client.post("/sign-in/", {"login": "nurse@example.org", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/desk/")
    assert (last().act, last().by) == ("sign-in", "nurse@example.org")
    client.post("/sign-out/")
    assert (last().act, last().by) == ("sign-out", "nurse@example.org")
    client.post("/sign-out/")


def test_somebody_who_was_not_signed_in_signs_out_without_a_trace(site) -> None:
    before = AuditRow.objects.count()
    client = Client()
    client.get("/welcome/")
    logout(client.request().wsgi_request)
    assert AuditRow.objects.count() == before


def test_a_failed_sign_in_is_written_without_what_was_typed(site) -> None:
    Client().post("/sign-in/", {"login": "nurse@example.org", "password": "wrong"})
    assert (last().act, last().what) == (
        "sign-in refused",
        {"practitioner": site.people["nurse"].pk, "step": "password"},
    )
    Client().post("/sign-in/", {"login": "a secret typed in the wrong box", "password": "x"})
    assert "secret" not in str(AuditRow.objects.values_list("what", "by"))


def test_nobody_signs_up_by_themselves(site, rf) -> None:
    from django.urls import NoReverseMatch, reverse

    from joinedup.share.sign_in import NoSelfSignUp

    assert not NoSelfSignUp().is_open_for_signup(rf.get("/"))
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_governance_sees_who_looked_and_counts_and_no_content(site, sign_in) -> None:
    subject = site.child("a", known_to=("hospital",))
    sign_in("nurse").get(f"/child/{subject.reference}/")
    page = sign_in("governance").get("/audit/?who=nurse&act=answer").content.decode()
    assert "nurse@example.org" in page
    assert "child known here" in page
    assert subject.reference not in page
    assert last().purpose == Purpose.GOVERNANCE
    assert queries.audit_rows(for_=site.look("mash")) == []
    assert queries.counts(for_=site.look("mash")) == {}
