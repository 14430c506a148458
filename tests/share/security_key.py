"""A security key in tests: holds one key of somebody, and signs a challenge, having checked its owner or not."""

import json
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

HOST, ORIGIN = "testserver", "https://testserver"
PRESENT, CHECKED = AuthenticatorData.FLAG.UP, AuthenticatorData.FLAG.UV


@dataclass
class SecurityKey:
    """What is in the hand. `owner`: who is known by it here."""

    owner: Any
    credential: bytes
    private: ec.EllipticCurvePrivateKey

    def signs(self, challenge: str, *, checked: bool, origin: str = ORIGIN) -> str:
        """The answer that a browser posts. `checked`: the key asked for its owner's finger, face or PIN."""
        said = json.dumps({"type": "webauthn.get", "challenge": challenge, "origin": origin}).encode()
        data = AuthenticatorData.create(sha256(HOST.encode()).digest(), PRESENT | (CHECKED if checked else 0), 1)
        signature = self.private.sign(data + sha256(said).digest(), ec.ECDSA(SHA256()))
        handle = websafe_encode(user_pk_to_url_str(self.owner).encode())
        return json.dumps({
            "id": websafe_encode(self.credential), "rawId": websafe_encode(self.credential), "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": websafe_encode(said), "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature), "userHandle": handle,
            },
        })  # fmt: skip


def key_of(person: Any) -> SecurityKey:
    """A key that is set up for somebody."""
    private, credential = ec.generate_private_key(ec.SECP256R1()), token_bytes(32)
    held = AttestedCredentialData.create(Aaguid.NONE, credential, ES256.from_cryptography_key(private.public_key()))
    flags = PRESENT | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(sha256(HOST.encode()).digest(), flags, 0, held)
    made = websafe_encode(
        json.dumps({"type": "webauthn.create", "challenge": websafe_encode(b"made"), "origin": ORIGIN}).encode()
    )
    kept = {
        "id": websafe_encode(credential), "rawId": websafe_encode(credential), "type": "public-key",
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": made,
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
    }  # fmt: skip
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "a key", "credential": kept}
    )
    return SecurityKey(person, credential, private)
