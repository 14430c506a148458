"""What every answer says to the browser, beside the content security policy (OWASP ASVS 5.0: 3.4, 14.3)."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

POWERS = (
    "accelerometer browsing-topics camera display-capture geolocation gyroscope magnetometer microphone payment usb"
)
PERMISSIONS_POLICY = ", ".join(f"{power}=()" for power in POWERS.split())
FORGET = '"cache", "cookies", "storage"'  # of this site, once somebody signed out: wards share their computers
SIGN_OUT = "account_logout"
USED = ("GET", "HEAD", "POST")  # no page and no address of the API has a use for another (ASVS 13.4.4)
Answer = Callable[[HttpRequest], HttpResponseBase]


def headers(get_response: Answer) -> Answer:
    """Middleware: nothing but what is shipped is kept by a cache, no page uses the machine's senses, signing out
    forgets, and no method but those used is answered."""

    def answered(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request) if request.method in USED else HttpResponseNotAllowed(USED)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            response.headers.setdefault("Cache-Control", "no-store")
        if _signed_out(request):
            response.headers["Clear-Site-Data"] = FORGET
        return response

    return answered


def _signed_out(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.method == "POST" and match is not None and match.url_name == SIGN_OUT
