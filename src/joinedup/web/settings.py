"""Django's settings, one file. Everything a deployment changes comes from the environment or from JOINEDUP_HOME."""

import os
from pathlib import Path
from typing import Any

from joinedup.ground.home import database, secret_key
from joinedup.ground.mail import mail_server
from joinedup.ground.providers import identity_providers

HOME = Path(os.environ.get("JOINEDUP_HOME", "var")).resolve()
JOINEDUP_KEY_FILE = HOME / "master.key"  # wraps each payload's own key
JOINEDUP_SEAL_KEY_FILE = Path(os.environ.get("JOINEDUP_SEAL_KEY", HOME / "seal.key"))  # of sealed identities alone
SECRET_KEY = secret_key(HOME)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("JOINEDUP_HOSTS", "localhost 127.0.0.1 testserver").split()
SECURE = os.environ.get("JOINEDUP_TLS", "") == "1"
JOINEDUP_PROXY = os.environ.get("JOINEDUP_PROXY", "")  # the proxy that ends TLS: what it says of a request is believed
JOINEDUP_BREACHED = os.environ.get("JOINEDUP_BREACHED", "")  # a sorted file of SHA-1 hashes (share.sign_in.breached)
JOINEDUP_SESSION_HOURS, JOINEDUP_IDLE_MINUTES = 8, 30  # after signing in; without use (decision 18)
JOINEDUP_MAIL = mail_server(os.environ.get("JOINEDUP_MAIL", ""))  # where mail about one's own sign-in goes out
PROVIDERS = identity_providers(os.environ.get("JOINEDUP_OIDC", ""))  # agencies' own sign-in

ROOMS = [
    "face", "share", "receive", "link", "sealed", "chronicle", "network", "recognise", "respond", "papers",
    "governance", "rights", "flow", "web",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    *(f"joinedup.{room}" for room in ROOMS),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "joinedup.web.headers.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "joinedup.share.sign_in.devices.KnownDevices",
    "joinedup.share.sign_in.sessions.Timeouts",
    "axes.middleware.AxesMiddleware",
]
JOINEDUP_FRAME = "joinedup.web.frame.frame"
ROOT_URLCONF = "joinedup.web.urls"
WSGI_APPLICATION = "joinedup.web.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [Path(__file__).parents[1] / room / "templates" for room in ROOMS],
        "OPTIONS": {"environment": "joinedup.face.environment.environment", "context_processors": []},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",  # allauth's e-mails only
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
FORM_RENDERER = "joinedup.face.forms.Renderer"
CSRF_FAILURE_VIEW = "joinedup.face.pages.form_expired"
DATABASES = {"default": database(HOME)}
AUTH_USER_MODEL = "share.Practitioner"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "joinedup.share.sign_in.breached.NotBreached"},
    {"NAME": "joinedup.share.sign_in.words.NoWordOfOurs"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail of ours goes to an address that somebody typed and nobody has here
ACCOUNT_SESSION_REMEMBER = False  # wards and offices share their computers
ACCOUNT_RATE_LIMITS = {
    "login_failed": None,  # by account alone, anybody locks a colleague out: axes slows guessing
    "login": "300/m/ip",  # by place alone, anybody at the hospital locks all of it out: only a flood is stopped
}
ACCOUNT_ADAPTER = "joinedup.share.sign_in.NoSelfSignUp"
SOCIALACCOUNT_ADAPTER = "joinedup.share.sign_in.AgencyAccounts"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [one.app for one in PROVIDERS]}}
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10  # seconds
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "joinedup.share.sign_in.Sealing"
MFA_PASSKEY_LOGIN_ENABLED = True  # a key that checks its owner is two factors by itself
MFA_FORMS = {
    "add_webauthn": "joinedup.share.sign_in.AddKeyForm",
    "authenticate": "joinedup.share.sign_in.OnceForm",
    "login_webauthn": "joinedup.share.sign_in.KeyAloneForm",
    "reauthenticate": "joinedup.share.sign_in.OnceAgainForm",
}
if JOINEDUP_MAIL is None:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
else:
    EMAIL_HOST, EMAIL_PORT = JOINEDUP_MAIL.host, JOINEDUP_MAIL.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = JOINEDUP_MAIL.user, JOINEDUP_MAIL.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = JOINEDUP_MAIL.tls_first, not JOINEDUP_MAIL.tls_first
    EMAIL_TIMEOUT = 10  # seconds
    DEFAULT_FROM_EMAIL = JOINEDUP_MAIL.sender
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_CALLABLE = "joinedup.face.pages.locked_out"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "joinedup.share.sign_in.devices.place_of"
AXES_USERNAME_CALLABLE = "joinedup.share.sign_in.devices.counted_as"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # else whoever goes on guessing keeps the door shut
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "code", "credential"]  # never kept as typed
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "/static/"
# No STATIC_ROOT: WhiteNoise serves what the packages ship, so nothing needs to be collected
WHITENOISE_USE_FINDERS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # the door answers 413 above it, with the limit stated
OF_HOST = "__Host-" if SECURE else ""  # a browser then takes the cookie from this very host alone, by TLS
SESSION_COOKIE_NAME = (
    f"{OF_HOST}joinedup-{os.environ.get('JOINEDUP_COOKIE', 'session')}"  # several on a host keep apart
)
CSRF_COOKIE_NAME = f"{OF_HOST}joinedup-{os.environ.get('JOINEDUP_COOKIE', 'csrf')}-csrf"
SESSION_COOKIE_AGE = JOINEDUP_SESSION_HOURS * 60 * 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" would make browsers post forms with Origin: null, refused
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],  # signing in by an agency's provider is a link, no form
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]  # set by JOINEDUP_TLS
