"""Security keys and passkeys (WebAuthn): one that checks its owner signs in alone; a plain one is a second factor."""

from typing import Any

from allauth.core import context
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from django.core.exceptions import ValidationError
from fido2.webauthn import AuthenticationResponse

from joinedup.share.sign_in.second import missed

UNCHECKED = "This key did not ask for your finger, your face or a PIN: sign in with your password, then show the key"


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """Adding a key, in plain words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = self.fields["passwordless"]
        alone.label = "Sign in with this key alone, without a password"
        alone.help_text = "Only for a key that asks for your finger, your face or a PIN."


class KeyAloneForm(LoginWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """Signing in by a key alone.

    allauth keeps one challenge in a session, whatever it was made for: one made for a second factor wants no check of
    the owner, so a found key would do. Whether it checked is in what the key signed.
    """

    def clean_credential(self) -> Any:
        said = self.cleaned_data["credential"]
        held = super().clean_credential()
        if not AuthenticationResponse.from_dict(said).response.authenticator_data.is_user_verified():
            missed(context.request, held.user.email, "key that checked nobody")
            raise ValidationError(UNCHECKED)
        return held
