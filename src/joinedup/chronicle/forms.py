"""Forms of a chronology: what to show of it, whether an entry is significant, whether two entries are of one event."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from joinedup.chronicle.rules.line import Line
from joinedup.chronicle.rules.wanted import Wanted
from joinedup.face.forms import DayField, offer
from joinedup.ground.codes import CodeSet
from joinedup.share.forms import no_address

ANY = ("", "All")
SIDES = (ANY, ("home", "Where the child lives"), ("outside", "Outside"))
WHY = {"required": "Say why, in a few words"}


class FilterForm(forms.Form):
    """What to show. Codes and days stand in the address, never a name. A code that nothing has shows nothing."""

    agency = forms.CharField(label="Agency", widget=forms.Select, required=False)
    kind = forms.CharField(label="What happened", widget=forms.Select, required=False)
    concern = forms.CharField(label="Concern", widget=forms.Select, required=False)
    side = forms.ChoiceField(label="Where", choices=SIDES, required=False)
    significant = forms.BooleanField(label="Only what is marked significant", required=False)
    first = DayField(label="From", required=False)
    last = DayField(label="To", required=False)
    as_of = DayField(label="As it stood here at the end of", required=False)
    known_to = forms.CharField(label="As known to", widget=forms.Select, required=False)

    def offer(self, lines: Iterable[Line], agencies: Mapping[str, str], codes: CodeSet) -> None:
        """Offer what these lines hold, by label."""
        lines = list(lines)
        kinds = {line.kind for line in lines}
        concerns = {concern for line in lines for concern in line.concerns}
        self._offer("agency", {line.agency: agencies.get(line.agency, line.agency) for line in lines})
        self._offer("kind", {code: kind.label for code, kind in codes.kinds.items() if code in kinds})
        self._offer("concern", {code: one.label for code, one in codes.concerns.items() if code in concerns})
        self._offer("known_to", agencies, nothing="Everybody together")

    def _offer(self, name: str, choices: Mapping[str, str], nothing: str = ANY[1]) -> None:
        asked = str(self.data.get(name, ""))
        unknown = [] if not asked or asked in choices else [(asked, f"{asked} (nothing here)")]
        widget = self.fields[name].widget
        assert isinstance(widget, forms.Select)
        widget.choices = [("", nothing), *sorted(choices.items(), key=lambda one: one[1].casefold()), *unknown]

    @property
    def wanted(self) -> Wanted:
        """What is asked for; a field that was not understood asks for everything, and its error is shown."""
        self.is_valid()
        return Wanted(**self.cleaned_data)


class MarkForm(forms.Form):
    """Whether an entry is significant for this child's story, by whoever says so."""

    significant = forms.ChoiceField(
        label="Is this significant for the child’s story?",
        choices=(("yes", "Yes"), ("no", "No, or no longer")),
        widget=forms.RadioSelect(attrs={"inline": True}),
        error_messages={"required": "Say whether it is significant"},
    )
    reason = forms.CharField(
        label="Why", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000, error_messages=WHY,
        validators=[no_address],
    )  # fmt: skip


class OneEventForm(forms.Form):
    """Whether two reports are of one event. The other report is chosen among those that can be meant."""

    other = forms.ChoiceField(
        label="The other report", widget=forms.RadioSelect, error_messages={"required": "Choose the other report"}
    )
    same = forms.ChoiceField(
        label="Do both tell of one event?",
        choices=(("yes", "Yes, one event"), ("no", "No, two events")),
        widget=forms.RadioSelect(attrs={"inline": True}),
        error_messages={"required": "Say whether it is one event"},
    )
    why = forms.CharField(
        label="How you know", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000, error_messages=WHY
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, *, others: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        offer(self, "other", others)
