# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The settings of production, as processes of their own: the tests themselves run with the demo's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
KEY = "x1-Y2_z3" * 8
PRODUCTION = {
    "SECRET_KEY": KEY,
    "OVERENS_HTTPS": "1",
    "OVERENS_HOSTS": "overens.example",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
}


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A process with this environment and none of ours."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "error", *command], cwd=ROOT, env={**kept, **environment}, text=True,
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip


def settings(*names: str, **environment: str) -> dict[str, object]:
    program = (
        "import json, overens.web.settings as s;"
        f"print(json.dumps({{name: getattr(s, name, None) for name in {names!r}}}))"
    )
    done = run("-c", program, **environment)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_djangos_own_check_of_a_deployment_has_nothing_to_say() -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n"), done.stderr


def test_the_check_does_find_what_is_missing() -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **{**PRODUCTION, "OVERENS_HTTPS": "0"})
    assert done.returncode == 1
    assert "SESSION_COOKIE_SECURE" in done.stderr


def test_nothing_is_served_without_a_key_of_the_operators_own() -> None:
    done = run("-c", "import overens.web.wsgi", DATABASE_URL=PRODUCTION["DATABASE_URL"])
    assert done.returncode == 1
    assert "SECRET_KEY is missing. Make one and keep it" in done.stderr


def test_the_demo_makes_its_own_key_and_a_new_one_each_time() -> None:
    first, second = (settings("SECRET_KEY", OVERENS_DEMO="1")["SECRET_KEY"] for _ in range(2))
    assert len(str(first)) > 50
    assert first != second
    assert settings("SECRET_KEY")["SECRET_KEY"] == ""


def test_cookies_are_bound_to_this_host_and_to_https() -> None:
    assert settings(
        "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_DOMAIN", "SESSION_COOKIE_PATH",
        "CSRF_COOKIE_DOMAIN", "SESSION_COOKIE_SAMESITE", **PRODUCTION,
    ) == {
        "SESSION_COOKIE_NAME": "__Host-session", "CSRF_COOKIE_NAME": "__Host-csrf", "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True, "SESSION_COOKIE_HTTPONLY": True, "CSRF_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_DOMAIN": None, "SESSION_COOKIE_PATH": None, "CSRF_COOKIE_DOMAIN": None,
        "SESSION_COOKIE_SAMESITE": "Lax",
    }  # fmt: skip


def test_the_limits_of_a_session_are_the_operators_to_set() -> None:
    names = ("SESSION_COOKIE_AGE", "OVERENS_IDLE_SECONDS")
    assert settings(*names, **PRODUCTION) == {"SESSION_COOKIE_AGE": 8 * 3600, "OVERENS_IDLE_SECONDS": 30 * 60}
    chosen = {"OVERENS_SESSION_HOURS": "4", "OVERENS_IDLE_MINUTES": "7.5"}
    assert settings(*names, **PRODUCTION, **chosen) == {"SESSION_COOKIE_AGE": 4 * 3600, "OVERENS_IDLE_SECONDS": 450}


def test_e_mail_goes_to_the_named_server_encrypted_and_never_to_the_log() -> None:
    names = ("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS")
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    assert list(settings(*names, **PRODUCTION).values()) == [smtp, "localhost", 25, False]
    named = settings(*names, **PRODUCTION, OVERENS_EMAIL_HOST="mail.example")
    assert list(named.values()) == [smtp, "mail.example", 587, True]


@pytest.mark.parametrize("variable", ["OVERENS_OIDC", "OVERENS_SAML"])
def test_an_identity_provider_that_is_wrongly_configured_stops_the_start_and_is_named(variable: str) -> None:
    done = run("manage.py", "check", **PRODUCTION, **{variable: '[{"id": "x"}]'})
    assert done.returncode == 1
    assert f"{variable}, provider 1 (x): name is missing." in done.stderr
