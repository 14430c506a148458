"""Secrets of second factors are sealed in the database: whoever reads it alone makes no codes (OWASP ASVS 13.3)."""

import base64
import secrets
from functools import cache

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12  # bytes
NAME = b"joinedup second factor"


class Sealing(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """allauth's, with its secrets under a key derived from the deployment's own, which is no part of the database."""

    def encrypt(self, text: str) -> str:
        nonce = secrets.token_bytes(NONCE)
        return base64.b64encode(nonce + cipher(settings.SECRET_KEY).encrypt(nonce, text.encode(), NAME)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text again. Raises cryptography's InvalidTag where it was sealed under another deployment's key."""
        sealed = base64.b64decode(encrypted_text)
        return cipher(settings.SECRET_KEY).decrypt(sealed[:NONCE], sealed[NONCE:], NAME).decode()


@cache
def cipher(secret: str) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=NAME).derive(secret.encode()))
