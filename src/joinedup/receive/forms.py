"""The questions of "Report a concern" and of the short public pages. Hardly anything must be answered: an unknown
adult, a nickname, a rough date, and "I don't know" are always taken, and what is left empty is unknown in the notice.
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms

from joinedup.face.forms import ApproximateDateField, Option
from joinedup.ground.codes import CodeSet
from joinedup.share.rules import HandlingCode

Choices = Iterable[tuple[str, str]]
DONT_KNOW = ("unknown", Option("I don’t know", divider=True))
YES_NO: Choices = (("yes", "Yes"), ("no", "No"), DONT_KNOW)
KNOWS: Choices = (
    ("agree", "They know, and agree"),
    ("know", "They know, but I do not know whether they agree"),
    ("disagree", "They know, and do not agree"),
    ("do-not-know", "They have not been told"),
    DONT_KNOW,
)
MOST_PEOPLE = 30


def radios(label: str, choices: Choices, *, inline: bool = False, **more: Any) -> forms.ChoiceField:
    """A question with a few answers, none of them chosen beforehand."""
    widget = forms.RadioSelect(attrs={"inline": inline})
    return forms.ChoiceField(label=label, choices=list(choices), widget=widget, required=False, **more)


def long_text(label: str, *, rows: int = 4, **more: Any) -> forms.CharField:
    """A box for as much as somebody wants to write."""
    return forms.CharField(
        label=label, required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


def short_text(label: str, *, width: int = 20, **more: Any) -> forms.CharField:
    """A box of one line."""
    return forms.CharField(
        label=label, required=False, max_length=300, widget=forms.TextInput(attrs={"width": width}), **more
    )


class DangerForm(forms.Form):
    """The first screen: nobody should fill in a form while a child is in danger."""

    danger = radios(
        "Is a child in danger now?",
        [("yes", "Yes, and I have rung 999 or the duty line"), ("no", "No"), DONT_KNOW],
    )


class PersonForm(forms.Form):
    """Somebody, as far as they are known."""

    given = short_text("First name")
    family = short_text("Last name")
    nickname = short_text("Nickname, or another name they are known by")

    def is_empty(self) -> bool:
        """Whether nothing was said about anybody here."""
        return not any(value for value in self.cleaned_data.values() if value != "unknown")


class ChildForm(PersonForm):
    role = radios(
        "Who is this?",
        [
            ("subject", "The child I am worried about"),
            ("sibling", "Their brother or sister"),
            ("friend", "Their friend"),
            ("other", "Another child"),
        ],
    )
    born = ApproximateDateField(
        label="Date of birth", help_text="The year alone, or the month and year, is enough.", required=False
    )
    age = short_text("Age, if you do not know the date of birth", width=5, help_text="About how old, like 14.")
    address = short_text("Where they live", help_text="Address, placement or area, as far as you know.")
    postcode = short_text("Postcode", width=10)
    school = short_text("School, college or nursery")
    nhs_number = short_text("NHS number", width=10, help_text="Only if you have it.")
    interpreter = short_text("Language, if an interpreter is needed", help_text="Or another way of communicating.")


class AdultForm(PersonForm):
    def __init__(self, *args: Any, codes: CodeSet, **more: Any) -> None:
        super().__init__(*args, **more)
        kept = [(code, role.label) for code, role in codes.roles.items() if code not in ("subject", "sibling")]
        self.fields["role"].choices = [("", "I don’t know"), *kept]  # type: ignore[attr-defined] # a ChoiceField

    role = forms.ChoiceField(label="Who are they to the child?", required=False)
    describes = long_text(
        "What you know of them",
        rows=2,
        help_text="What they look like, a vehicle, where they were seen. No name is needed.",
    )
    in_household = radios("Do they live with the child?", YES_NO, inline=True)
    parental_responsibility = radios("Do they have parental responsibility?", YES_NO, inline=True)


class NowForm(forms.Form):
    where_now = long_text("Where is the child now?", rows=2)
    safe = radios("Is the child safe there?", YES_NO, inline=True)
    seen = radios("Have you, or somebody you work with, seen the child about this?", YES_NO, inline=True)
    seen_alone = radios(
        "Was the child seen alone?", YES_NO, inline=True, help_text="Without parents, carers or partners in the room."
    )


class WorriesForm(forms.Form):
    def __init__(self, *args: Any, codes: CodeSet, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(code, Option(one.label, hint=one.means)) for code, one in codes.concerns.items()]
        self.fields["concerns"].choices = choices  # type: ignore[attr-defined] # a ChoiceField

    concerns = forms.MultipleChoiceField(
        label="What kind of worry is it?",
        help_text="Choose all that apply. None is needed: you can say it in your own words on the next page.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    side = radios(
        "Where is it happening?",
        [
            (
                "home",
                Option(
                    "Where the child lives", hint="Family, foster carers, a children’s home, supported accommodation."
                ),
            ),
            ("outside", Option("Outside", hint="Friends, places, online, school.")),
            ("both", "Both"),
            DONT_KNOW,
        ],
    )


class HappenedForm(forms.Form):
    NATURES: ClassVar = ("concern", "event", "good")

    def __init__(self, *args: Any, codes: CodeSet, **more: Any) -> None:
        super().__init__(*args, **more)
        kinds = [
            (code, kind.label) for code, kind in codes.kinds.items()
            if kind.nature in self.NATURES and code not in ("concern", "other")
        ]  # fmt: skip
        first = ("", "Something that worries me")
        self.fields["kind"].choices = [first, *kinds, ("other", "Something else")]  # type: ignore[attr-defined]

    kind = forms.ChoiceField(label="What was it?", required=False)
    words = long_text("What happened?", rows=6, help_text="Say what you saw or were told, and by whom.")
    first_hand = radios("Did you see or hear it yourself?", YES_NO, inline=True)
    when = ApproximateDateField(
        label="When?", help_text="The year alone, or the month and year, is enough.", required=False
    )
    when_words = short_text("Or in your own words", help_text="Like “spring last year” or “most weekends”.")
    place = short_text("Where?")
    childs_words = long_text("What did the child say, in their own words?", rows=3)
    going_well = long_text("What is going well for the child?", rows=3, help_text="People and things that help.")


class ToldForm(forms.Form):
    def __init__(self, *args: Any, agencies: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["told"].choices = list(agencies.items())  # type: ignore[attr-defined] # a ChoiceField

    told_known = radios(
        "Has anybody else been told?",
        [("told", "Yes"), ("nobody", "Nobody else, as far as I know for certain"), DONT_KNOW],
    )
    told = forms.MultipleChoiceField(
        label="Who was told?", widget=forms.CheckboxSelectMultiple, required=False, help_text="Choose all that apply."
    )
    reveals: ClassVar = {("told_known", "told"): ("told",)}
    handling = radios(
        "May it be passed on?",
        [
            (HandlingCode.OPEN, "Yes, to whoever works with the child"),
            (HandlingCode.OWNER, "Only once my agency has given its word"),
            (HandlingCode.ASK, "No. Others may know that we hold something, and ask us"),
        ],
        help_text="Not answered, it may be.",
    )
    parents = radios("Do the parents or carers know that you are reporting this?", KNOWS)
    young_person = radios("Does the child or young person know?", KNOWS)
    reason = long_text("If they do not know or do not agree: why are you reporting it all the same?", rows=2)


class YouForm(forms.Form):
    role = short_text("Your role", help_text="Like ward nurse, class teacher, key worker, grandmother.")
    safe_contact = long_text(
        "How can we reach you safely?", rows=2, help_text="Number, e-mail, and when. Say if a message must not be left."
    )


class LinkForm(forms.Form):
    """The code that a provider gives its staff beside its link."""

    code = forms.CharField(
        label="Code", max_length=20, help_text="Your shift leader has it.", widget=forms.TextInput(attrs={"width": 10}),
        error_messages={"required": "Enter the code"},
    )  # fmt: skip


class Once(forms.Form):
    """A short form's own number, so that a button pressed twice sends once."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean_token(self) -> UUID:
        """The form's number; one that was lost or altered is replaced, for nobody is turned away for it."""
        return self.cleaned_data["token"] or uuid4()


class TellUsForm(Once):
    """For a young person, in plain words. Nothing must be answered but what they want to say."""

    words = forms.CharField(
        label="What do you want to tell us?", max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write something, even one word"},
    )  # fmt: skip
    nickname = short_text("What should we call you?", help_text="Your name, or any name you like.")
    age = short_text("How old are you?", width=5)
    safe = radios("Are you safe right now?", [("yes", "Yes"), ("no", "No"), ("unknown", "I’m not sure")])
    where_now = short_text("Where are you?", help_text="Only if you want to say.")
    going_well = long_text("Is there somebody you trust, or something that helps?", rows=2)
    safe_contact = long_text("How can we talk to you without anybody finding out?", rows=2)


class WorriedForm(Once):
    """For relatives, neighbours and friends."""

    words = forms.CharField(
        label="What worries you?", max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say what worries you, even in a few words"},
    )  # fmt: skip
    when = ApproximateDateField(
        label="When?", required=False, help_text="The year alone, or the month and year, is enough."
    )
    when_words = short_text("Or in your own words", help_text="Like “since the summer”.")
    given = short_text("The child’s first name")
    family = short_text("The child’s last name")
    nickname = short_text("Or a name the child is known by")
    age = short_text("About how old?", width=5)
    address = short_text("Where does the child live?", help_text="Or where you have seen them.")
    school = short_text("School, if you know it")
    role = short_text("Who are you to the child?", help_text="Like grandfather, neighbour. You do not have to say.")
    safe_contact = long_text("How can we reach you safely?", rows=2, help_text="You do not have to say.")
