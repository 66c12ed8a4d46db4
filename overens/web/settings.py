# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Django settings. Every deployment choice is an environment variable with a safe default.

OVERENS_DEMO=1 shows the demo: one-click login by role and a clock that is stepped. SECRET_KEY must be set
outside the demo. DATABASE_URL (and DATABASE_OWNER_URL) name a server; without, an embedded one is used.
"""

import os
import secrets
from pathlib import Path

import font_source_sans_pro
from csp.constants import SELF

from overens.web import database

PACKAGE = Path(__file__).resolve().parents[1]

DEMO = os.environ.get("OVERENS_DEMO") == "1"
DEBUG = os.environ.get("OVERENS_DEBUG") == "1"
# Without a given key every start makes a new one: safe, but sessions end with the process.
SECRET_KEY = os.environ.get("SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = os.environ.get("OVERENS_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("OVERENS_ORIGINS", "").split(",") if o]
HTTPS = os.environ.get("OVERENS_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "overens.people",
    "overens.records",
    "overens.ledger",
    "overens.agreements",
    "overens.grants",
    "overens.archive",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "overens.web.middleware.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "overens.web.middleware.acting_for",
]
ROOT_URLCONF = "overens.web.urls"
WSGI_APPLICATION = "overens.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates", *sorted((PACKAGE / "desks").glob("*/templates"))],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "overens.desks.context.everywhere",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "overens.web.templatetags.overens_tags",
                "overens.desks.templatetags.words_tags",
            ],
        },
    }
]
DATABASES = database.django_databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
# Django's Swedish formats would take 03/31/2020 for a date; only the unambiguous form is accepted.
FORMAT_MODULE_PATH = ["overens.web.formats"]

STATIC_URL = "static/"
# The demo serves its files from where they are; otherwise overens serve collects them here first.
STATIC_ROOT = None if DEBUG or DEMO else Path(os.environ.get("OVERENS_STATIC", database.data_dir() / "static"))
STATICFILES_DIRS = [
    PACKAGE / "web" / "static",
    ("fonts", Path(font_source_sans_pro.__file__).parent / "files"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or DEMO

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": [SELF],
    }
}
# How surely whoever signs in the service must be identified; an agreement may demand more. "" in the demo only.
OVERENS_SIGNING_ASSURANCE = os.environ.get("OVERENS_SIGNING_ASSURANCE", "" if DEMO else "mfa")
# Where organisations' seals (PKCS#12) lie, and the time-stamping service (RFC 3161) that confirms when, if there is one.
OVERENS_SEAL_KEYS = os.environ.get("OVERENS_SEAL_KEYS") or str(database.data_dir() / "keys")
OVERENS_TIMESTAMP_URL = os.environ.get("OVERENS_TIMESTAMP_URL", "")
# Whose certificates a PDF signed outside may be signed with: a folder of PEM files with the roots that are trusted.
OVERENS_SIGNING_ROOTS = os.environ.get("OVERENS_SIGNING_ROOTS") or str(database.data_dir() / "roots")
# What a certificate policy says of how surely the signer was identified: "1.2.3.4=loa3 1.2.3.5=loa2".
OVERENS_SIGNING_POLICIES = os.environ.get("OVERENS_SIGNING_POLICIES", "")
# Stops a file that is too large while it comes in, before anything of it is kept.
FILE_UPLOAD_HANDLERS = [
    "overens.web.uploads.Limited",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# Where readers report what is not accessible: an e-mail address that the accessibility statement shows.
OVERENS_CONTACT = os.environ.get("OVERENS_CONTACT", "")

# Everything to the standard error stream, where the operator's own tools take it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
