# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""WSGI entry of the web server."""

import os

from django.core.wsgi import get_wsgi_application

from overens.web.login import require_secret_key

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "overens.web.settings")
require_secret_key()
application = get_wsgi_application()
