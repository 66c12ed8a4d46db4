# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Django settings. Every deployment choice is an environment variable with a safe default.

OVERENS_DEMO=1 shows the demo: one-click login by role and a clock that is stepped. SECRET_KEY must be set
outside the demo: nothing is served without. DATABASE_URL (and DATABASE_OWNER_URL) name a server; without, an embedded
one is used. How people log in is configured as docs/login.md says.
"""

import os
import secrets
from pathlib import Path
from typing import Any

import font_source_sans_pro
from csp.constants import SELF

from overens.web import database
from overens.web.login import providers
from overens.web.logs import without_secrets

PACKAGE = Path(__file__).resolve().parents[1]

DEMO = os.environ.get("OVERENS_DEMO") == "1"
DEBUG = os.environ.get("OVERENS_DEBUG") == "1"
# The demo makes a new one at every start. Otherwise it must be given: Django refuses to use an empty one, and the
# server to start without (overens/web/wsgi.py). Commands that sign nothing need none.
SECRET_KEY = os.environ.get("SECRET_KEY") or (secrets.token_urlsafe(50) if DEMO or DEBUG else "")
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("SECRET_KEY_FALLBACKS", "").split() if key]
ALLOWED_HOSTS = os.environ.get("OVERENS_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("OVERENS_ORIGINS", "").split(",") if o]
HTTPS = os.environ.get("OVERENS_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "django_tasks_db",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "allauth.usersessions",
    "overens.people",
    "overens.records",
    "overens.ledger",
    "overens.statistics",
    "overens.agreements",
    "overens.bank",
    "overens.grants",
    "overens.followup",
    "overens.editions",
    "overens.books",
    "overens.effects",
    "overens.proposals",
    "overens.planner",
    "overens.portal",
    "overens.studio",
    "overens.reminders",
    "overens.archive",
    "overens.web.login",
]
MIDDLEWARE = [
    "overens.web.login.gate.headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "overens.web.middleware.chosen_language",
    "overens.web.errors.readable_request",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "overens.web.login.gate.session_limits",
    "overens.web.middleware.acting_for",
    "overens.web.login.gate.second_factor_first",
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
                "overens.desks.templatetags.writing_tags",
                "overens.desks.templatetags.planner_tags",
            ],
        },
    }
]
DATABASES = database.django_databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "home"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600

# allauth. People are invited, never signed up, and have one e-mail address, which their administrator knows.
ACCOUNT_ADAPTER = "overens.web.login.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False  # to log in again, more surely, is possible
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {
    "login": "overens.desks.entry.forms.Login",
    "reset_password": "overens.desks.entry.forms.ForgottenPassword",
    "reset_password_from_key": "overens.desks.entry.forms.NewPasswordByLink",
    "change_password": "overens.desks.entry.forms.ChangedPassword",
    "reauthenticate": "overens.desks.entry.forms.Again",
}
# Attempts, by address that they come from and by account ("key"); counted in the cache below.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key", "login": "30/m/ip", "reset_password": "20/m/ip,5/m/key"}
# How many proxies of the operator's own stand before us: the address is taken from what the outermost one saw.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("OVERENS_PROXIES", "0"))

MFA_ADAPTER = "overens.web.login.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Överens"
MFA_FORMS = {
    "authenticate": "overens.desks.entry.forms.Code",
    "reauthenticate": "overens.desks.entry.forms.CodeAgain",
    "activate_totp": "overens.desks.entry.forms.AddApp",
    "deactivate_totp": "overens.desks.entry.forms.RemoveApp",
    "add_webauthn": "overens.desks.entry.forms.AddPasskey",
    "edit_webauthn": "overens.desks.entry.forms.RenamePasskey",
}

SOCIALACCOUNT_ADAPTER = "overens.web.login.identities.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS = providers.configured(os.environ.get("OVERENS_OIDC", ""), os.environ.get("OVERENS_SAML", ""))
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10

# Shared by all server processes, so that attempts are counted once (overens/web/login/migrations).
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "login_cache"}}

# Work in the background: in the same database, so that it is asked for in the transaction that it belongs to.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# The demo writes its e-mail to standard output, unless a server is named.
EMAIL_HOST = os.environ.get("OVERENS_EMAIL_HOST", "localhost")
_CONSOLE = DEMO and "OVERENS_EMAIL_HOST" not in os.environ
EMAIL_BACKEND = f"django.core.mail.backends.{'console' if _CONSOLE else 'smtp'}.EmailBackend"
# Where people reach Överens: the addresses in letters begin with it.
OVERENS_URL = os.environ.get("OVERENS_URL", "http://127.0.0.1:8000").rstrip("/")
# The demo's digests are read on a page and sent to nobody, unless a mail server is named.
OVERENS_SEND_LETTERS = not _CONSOLE
EMAIL_PORT = int(os.environ.get("OVERENS_EMAIL_PORT", "25" if EMAIL_HOST == "localhost" else "587"))
EMAIL_HOST_USER = os.environ.get("OVERENS_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("OVERENS_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("OVERENS_EMAIL_TLS", "0" if EMAIL_HOST == "localhost" else "1") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("OVERENS_EMAIL_FROM", "overens@localhost")

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
# Where organisations' seals (PKCS#12) lie, and the service (RFC 3161), if any, that confirms when they were put.
OVERENS_SEAL_KEYS = os.environ.get("OVERENS_SEAL_KEYS") or str(database.data_dir() / "keys")
OVERENS_TIMESTAMP_URL = os.environ.get("OVERENS_TIMESTAMP_URL", "")
# Whose certificates a PDF signed outside may be signed with: a folder of PEM files with the roots that are trusted.
OVERENS_SIGNING_ROOTS = os.environ.get("OVERENS_SIGNING_ROOTS") or str(database.data_dir() / "roots")
# What a certificate policy says of how surely the signer was identified: "1.2.3.4=loa3 1.2.3.5=loa2".
OVERENS_SIGNING_POLICIES = os.environ.get("OVERENS_SIGNING_POLICIES", "")
# The payer's bank: a TOML file with its profile and account (docs/payments.md). Without one, payments are made by hand
# from a list. And the folder, if any, where files to the bank are put for whatever sends them.
OVERENS_BANK = os.environ.get("OVERENS_BANK") or (str(PACKAGE / "demo" / "bank.toml") if DEMO else "")
OVERENS_BANK_OUTBOX = os.environ.get("OVERENS_BANK_OUTBOX", "")
# Stops a file that is too large while it comes in, before anything of it is kept.
FILE_UPLOAD_HANDLERS = [
    "overens.web.uploads.Limited",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# A session ends some hours after the login, and some minutes after its last page (overens/web/login/gate.py).
SESSION_COOKIE_AGE = int(float(os.environ.get("OVERENS_SESSION_HOURS", "8")) * 3600)
OVERENS_IDLE_SECONDS = int(float(os.environ.get("OVERENS_IDLE_MINUTES", "30")) * 60)
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
# A browser takes a cookie of such a name only over HTTPS, for the whole site, from this very host.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrftoken"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# A ward of forty persons with all the wishes that they may have is one form of some seven thousand.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# Where readers report what is not accessible: an e-mail address that the accessibility statement shows.
OVERENS_CONTACT = os.environ.get("OVERENS_CONTACT", "")
# The terms of use of what grows here, as an address; empty: the catalogue for data portals has none.
OVERENS_LICENCE = os.environ.get("OVERENS_LICENCE", "")

# Whether made-up grants may be put in here (overens portal generate): only where nothing real is.
OVERENS_TRIAL = os.environ.get("OVERENS_TRIAL", "") == "1"

# The payer's own chart of accounts for its vouchers; the shipped example otherwise (docs/ledger-files.md).
OVERENS_PAYER_ACCOUNTS = os.environ.get("OVERENS_PAYER_ACCOUNTS", "")

# Where statistics may be fetched from, over https, when somebody asks for it (docs/statistics.md). "" for nowhere.
OVERENS_STATISTICS_HOSTS = os.environ.get("OVERENS_STATISTICS_HOSTS", "statistikdatabasen.scb.se api.kolada.se").split()

# Everything to the standard error stream, where the operator's own tools take it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_secrets": {"()": lambda: without_secrets}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["without_secrets"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # The worker says on standard error that it ends; a task that fails is in its row.
        "django_tasks": {"level": "CRITICAL"},
        "django_tasks_db": {"level": "CRITICAL"},
        # A signature that does not hold is told to whoever sent it; the libraries' own traces of it are noise.
        "pyhanko": {"level": "ERROR"},
        "pyhanko_certvalidator": {"level": "ERROR"},
    },
}
