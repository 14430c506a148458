"""Security keys and passkeys (WebAuthn): one that checks its owner signs in alone; a plain one is a second factor."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """Adding a key, in plain words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = self.fields["passwordless"]
        alone.label = "Sign in with this key alone, without a password"
        alone.help_text = "Only for a key that asks for your finger, your face or a PIN."
