"""What a seal holds, whom a message meets, what is left of a message, what may cross."""

from joinedup.sealed.rules.body import Body, Kind
from joinedup.sealed.rules.catching import Met, met, people_in
from joinedup.sealed.rules.crossing import naming, telling
from joinedup.sealed.rules.rest import without

__all__ = ["Body", "Kind", "Met", "met", "naming", "people_in", "telling", "without"]
