"""Where a person deals with what could not be read, and with ids that two bodies claim."""

import json

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from joinedup import face
from joinedup.receive import actions, queries
from joinedup.receive.actions import ReasonMissingError, UnreadableError
from joinedup.receive.queries import Body
from joinedup.receive.rules.compare import differences
from joinedup.share.doors import door
from joinedup.share.rules import Look, Permission

PLAIN = {"choose": actions.choose, "try_again": actions.try_again, "take_back": actions.take_back}


READ_AS = ("read_as", "Enter it as corrected below")
CHOOSE = ("choose", "Let this one stand, and set the others under the same id aside")
TRY_AGAIN = ("try_again", "Let it be brought on once more, as it is")
TAKE_BACK = ("take_back", "Set it aside: it stands no more")
CHANNELS = {
    "api": "the agency's own system",
    "form": "the report form",
    "link": "the report form, by the provider's link",
    "young-person": "the young people's page",
    "public": "the page for relatives and the public",
    "file": "a file",
    "office": "this office, correcting another message",
}


class DealForm(forms.Form):
    """What to do with a message, as far as it applies to this one, and why."""

    def __init__(self, data: QueryDict | None, body: Body) -> None:
        super().__init__(data, initial={"text": "" if body.cut else spread(body.text)})
        could_not_be_placed = body.was_read and body.stage == "quarantined"
        applies = {CHOOSE: body.contested, TRY_AGAIN: could_not_be_placed, READ_AS: True, TAKE_BACK: True}
        choices = [choice for choice, does in applies.items() if does]
        self.fields["what"].choices = choices  # type: ignore[attr-defined] # a ChoiceField

    what = forms.ChoiceField(label="What do you do with it?", widget=forms.RadioSelect)
    text = forms.CharField(
        label="The notice as you read it (JSON)", required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )  # fmt: skip
    reason = forms.CharField(label="Why?", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


@door(Permission.QUARANTINE_DEAL)
def quarantine(request: HttpRequest, look: Look) -> HttpResponse:
    """Everything in question, the longest waiting first."""
    return face.render(request, look, "receive/quarantine.html", waiting=queries.waiting(for_=look), now=look.at)


@door(Permission.QUARANTINE_DEAL)
def quarantined(request: HttpRequest, look: Look, number: str) -> HttpResponse:
    """One message, its text, its problems, and what can be done."""
    bodies = queries.opened(for_=look, number=number)
    if not bodies:
        raise Http404
    form = DealForm(request.POST or None, bodies[0])
    if form.is_valid() and dealt(request, look, bodies[0], form):
        return redirect("receive:quarantine")
    return face.render(
        request,
        look,
        "receive/quarantined.html",
        status=400 if form.errors else 200,
        body=bodies[0],
        others=[(other, differences(bodies[0].text, other.text)) for other in bodies[1:]],
        form=form,
        now=look.at,
        channels=CHANNELS,
    )


def dealt(request: HttpRequest, look: Look, body: Body, form: DealForm) -> bool:
    """Do what was chosen; False, with the problem on the form, if it cannot be done."""
    given = form.cleaned_data
    known = {"by": look.actor, "at": look.at, "message_key": body.key, "reason": given["reason"]}
    try:
        if given["what"] == "read_as":
            made = actions.read_as(**known, text=given["text"])
            messages.success(request, f"Entered under receipt {made.number}.")
        else:
            PLAIN[given["what"]](**known)
            messages.success(request, f"Done: {body.number}.")
    except UnreadableError as wrong:
        for problem in wrong.problems:
            form.add_error("text", f"{problem.field}: {problem.says} {problem.do}".lstrip(": "))
    except ReasonMissingError:
        form.add_error("reason", "Say why")
    return not form.errors


def spread(text: str) -> str:
    """JSON over several lines, for reading and correcting; any other text as it is."""
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text
