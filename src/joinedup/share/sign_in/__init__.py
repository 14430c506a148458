"""Sign-in is django-allauth's; this is what we ask of it, and what the audit is told of it (decision 18).

In comes a request; out comes whether this session has shown a second factor, how lately, and whether it is over.
"""

from joinedup.share.sign_in.accounts import AgencyAccounts, HowYouSignIn, NoSelfSignUp, SignIn
from joinedup.share.sign_in.changing import guard_changes
from joinedup.share.sign_in.keys import AddKeyForm, KeyAloneForm
from joinedup.share.sign_in.letters import ResetByMail
from joinedup.share.sign_in.sealing import Sealing
from joinedup.share.sign_in.second import (
    NeedsProof,
    OnceAgainForm,
    OnceForm,
    lacks_second_factor,
    prove_again,
    way_to_prove,
)
from joinedup.share.sign_in.telling import listen

__all__ = [
    "AddKeyForm",
    "AgencyAccounts",
    "HowYouSignIn",
    "KeyAloneForm",
    "NeedsProof",
    "NoSelfSignUp",
    "OnceAgainForm",
    "OnceForm",
    "ResetByMail",
    "Sealing",
    "SignIn",
    "guard_changes",
    "lacks_second_factor",
    "listen",
    "prove_again",
    "way_to_prove",
]
