"""The WSGI application, for `joinedup serve` or a server of your own."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.web.settings")
application = get_wsgi_application()
