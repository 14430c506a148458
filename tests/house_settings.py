"""The product's settings with a home of its own for tests: nothing a test does touches a person's database."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("JOINEDUP_HOME", tempfile.mkdtemp(prefix="joinedup-test-"))

os.environ.setdefault("JOINEDUP_MAIL", "smtps://mail.example.org?from=joinedup@example.org")

from joinedup.web.settings import *  # noqa: F403
from joinedup.web.settings import DATABASES, HOME

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # signing in many people quickly
if DATABASES["default"]["ENGINE"].endswith("sqlite"):
    DATABASES["default"]["TEST"] = {"NAME": Path(HOME) / "test.sqlite3"}  # a file: threads and a browser share it
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
