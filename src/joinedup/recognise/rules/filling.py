"""A pattern's sentence with its places filled. The sentence is somebody's text, so a place is a name and nothing more:
no attribute, no index, no width can be asked for.
"""

from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any

from joinedup.recognise.rules.words import Amount

Places = Mapping[str, Mapping[str, object]]  # by the name of a count ("": the first), what it found


class Filling(Formatter):
    """ "{happenings:concern}" is of the first count; "{moves.happenings}" of the count called "moves".

    Raises KeyError for a place that there is not, ValueError for one that is laid out otherwise.
    """

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, str]:  # noqa: ARG002
        called, _, place = field_name.rpartition(".")
        return kwargs[called][place], field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec and not isinstance(value, Amount):
            raise ValueError(format_spec)
        return format(value, format_spec)

    def convert_field(self, value: Any, conversion: Any) -> Any:
        if conversion:
            raise ValueError(conversion)
        return value


def filled(sentence: str, places: Places) -> str:
    """The sentence with what each count found."""
    return Filling().vformat(sentence, (), places)
