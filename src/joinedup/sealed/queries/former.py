"""What people typed about a child as they are known today, before the life before was sealed."""

from joinedup.sealed.models import Seal
from joinedup.sealed.queries.screening import body_of, sealed_now
from joinedup.sealed.rules.crossing import telling
from joinedup.share.queries import head_ids


def former_life(head: int) -> frozenset[str]:
    """Every text that would tell the sealed life before of this child; empty for everybody else (internal).

    What is read of such a child is scrubbed of it. It is shown to nobody.
    """
    bodies = [body_of(seal) for seal in sealed_now(list(Seal.objects.values_list("pk", flat=True)))]
    heads = head_ids([one.now_subject for one in bodies if one.now_subject])
    theirs = (telling(one) for one in bodies if one.now_subject and heads[one.now_subject] == head)
    return frozenset().union(*theirs)
