"""A page of every component, on addresses of its own, for the browser to judge before any room has a page.

Fictional people only; the frame is that of a simulated partnership.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from django.utils.safestring import mark_safe

from joinedup import face
from joinedup.face import pages, papers, tables
from joinedup.face.forms import ApproximateDateField, DayField, Option

NOW = datetime(2026, 3, 5, 9, 12, tzinfo=UTC)
NAVIGATION = (
    ("Desk", "/gallery/"),
    ("Find a child", "/find/"),
    ("Report a concern", "/gallery/form/"),
    ("Doubts", "/doubts/"),
    ("Patterns", "/patterns/"),
)
COLUMNS = (
    tables.Column("due", "Due"),
    tables.Column("child", "Child"),
    tables.Column("what", "What is here"),
    tables.Column("agencies", "Agencies", numeric=True),
)
LANES = """<svg viewBox="0 0 620 96" width="620" height="96" role="img" aria-labelledby="lanes-title">
<title id="lanes-title">Three lanes: hospital, police and school, December 2025 to March 2026</title>
<g stroke="#c9d6d8"><path d="M90 20H610M90 50H610M90 80H610"/></g>
<g font-size="13" fill="#0b0c0c"><text x="0" y="24">Hospital</text><text x="0" y="54">Police</text>
<text x="0" y="84">School</text></g>
<g fill="#1b5c6b"><circle cx="150" cy="20" r="6"/><circle cx="420" cy="20" r="6"/><circle cx="300" cy="50" r="6"/>
<rect x="470" y="74" width="90" height="12"/></g></svg>"""


def frame(request: HttpRequest, look: Any) -> dict[str, Any]:
    """As `web.frame` gives it."""
    return {
        "partnership_name": "Ellensford Safeguarding Children Partnership",
        "simulated": True,
        "clock_words": "Thursday 5 March 2026, 09:12",
        "duty_line": "01632 960 123",
        "navigation": NAVIGATION,
        "user_name": "Amara Nwosu",
        "user_role": "MASH social worker",
        "sign_out_url": "/sign-out/",
    }


class EveryField(forms.Form):
    """One of each kind of question."""

    reveals: ClassVar = {("agree", "no"): ("why_not",)}

    name = forms.CharField(max_length=200, help_text="A nickname is enough", widget=forms.TextInput({"width": 20}))
    born = DayField(
        label="Date of birth", required=False, help_text="For example, 17 5 2011. Leave it empty if you do not know"
    )
    when = ApproximateDateField(label="When did it happen?", help_text="A month or a year is enough")
    what = forms.CharField(label="What worries you?", max_length=2000, widget=forms.Textarea)
    safe = forms.ChoiceField(
        label="Is the child safe now?",
        widget=forms.RadioSelect({"inline": True}),
        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "I do not know")],
    )
    agree = forms.ChoiceField(
        label="Do the parents know that you are telling us?",
        widget=forms.RadioSelect,
        choices=[
            ("yes", Option("Yes", hint="They were told before this was sent")),
            ("no", "No"),
            ("unknown", Option("I do not know", divider=True)),
        ],
    )
    why_not = forms.CharField(label="Why not?", required=False, widget=forms.Textarea({"rows": 2, "quiet": True}))
    told = forms.MultipleChoiceField(
        label="Who else has been told?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("police", "Police"), ("school", "School"), ("gp", "GP")],
    )
    school = forms.ChoiceField(choices=[("", "Choose a school"), ("a", "Alder Road Academy"), ("b", "St Wilfrid’s")])
    email = forms.EmailField(
        label="Your email address", widget=forms.EmailInput({"autocomplete": "email", "width": 20})
    )
    count = forms.IntegerField(label="School days missed", required=False, widget=forms.NumberInput({"width": 3}))
    letter = forms.FileField(label="Letter", required=False)
    password = forms.CharField(widget=forms.PasswordInput({"width": 20}))
    sure = forms.BooleanField(label="I have read this to the young person")
    token = forms.CharField(widget=forms.HiddenInput, initial="t")


class Chosen(forms.Form):
    """The filters beside a list."""

    agency = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple({"quiet": True, "small": True}),
        choices=[("hospital", "Hospital"), ("police", "Police"), ("school", "School")],
    )
    since = ApproximateDateField(label="From", required=False, widget=face.forms.DateBoxes({"quiet": True}))


def shown(request: HttpRequest) -> HttpResponse:
    """Every component, as a desk and a child's page would use them."""
    sort = tables.sorting(request, COLUMNS, default="due")
    return face.render(
        request,
        None,
        "gallery/parts.html",
        sort=sort,
        pages=tables.paging(request, 120),
        now=NOW,
        hours=lambda n: NOW + timedelta(hours=n),
        filters=Chosen(request.GET),
        lanes=mark_safe(LANES),
        reference="KT7-3MW-9",
    )


def asked(request: HttpRequest) -> HttpResponse:
    """Every kind of question; wrong answers come back with a summary."""
    form = EveryField(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, "Your concern is saved. You can leave this page.")
        return redirect("/gallery/done/")
    return face.render(request, None, "gallery/form.html", form=form, status=422 if form.errors else 200)


def done(request: HttpRequest) -> HttpResponse:
    """The end of a journey, with the message that the last page left."""
    return face.render(request, None, "gallery/done.html")


def paper(request: HttpRequest) -> HttpResponse:
    """A paper for one named person."""
    blocks = [
        papers.Heading("What is known"),
        papers.Facts([("Lives", "Beech House, a children’s home"), ("Status", "Looked after since 3 June 2024")]),
        papers.Table(
            "Chronology",
            ["When", "Agency", "What"],
            [["14 December 2025", "Ellensford General Hospital", "Injury, cause not known"]] * 40,
        ),
        papers.Note("Left out: where her mother lives, because it is shielded."),
    ]
    made = papers.Paper(
        title="One-page summary",
        reference="KT7-3MW-9",
        blocks=blocks,
        recipient="Priya Sandhu",
        recipient_agency="Children’s social care",
        purpose="a strategy discussion",
        made_by="Amara Nwosu",
        made_at="Thursday 5 March 2026, 09:12",
        partnership="Ellensford Safeguarding Children Partnership",
        simulated=True,
    )
    return HttpResponse(papers.as_html(made))


def broken(request: HttpRequest) -> HttpResponse:
    """Fails, as a page with a fault would."""
    raise ZeroDivisionError


urlpatterns = [
    path("", shown),
    path("gallery/", shown),
    path("gallery/form/", asked),
    path("gallery/done/", done),
    path("gallery/paper/", paper),
    path("gallery/broken/", broken),
    path("gallery/away/", pages.unavailable),
    path("", include("joinedup.share.urls")),
]
handler400 = pages.bad_request
handler403 = pages.forbidden
handler404 = pages.not_found
handler500 = pages.server_error
