"""Settings of the Django project. What an installation may change is in `configuration`."""

from __future__ import annotations

import os
from pathlib import Path

from portaria.web import configuration as own

DATA = own.data_folder()
SECRET_KEY = own.secret_key(DATA)
DEBUG = False
OFFICE_NAME = os.environ.get("PORTARIA_OFFICE", "")
ALLOWED_HOSTS = own.names("PORTARIA_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = own.names("PORTARIA_ORIGINS", "")
SERVED_OVER_HTTPS = any(origin.startswith("https:") for origin in CSRF_TRUSTED_ORIGINS)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "portaria.web.accounts",
    "portaria.web.access",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portaria.web.headers.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portaria.web.language.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portaria.web.plain.PlainText",
    "portaria.web.accounts.permissions.Permissions",
    "portaria.web.accounts.providers.Unanswered",
    "portaria.web.gone.ResultsGone",
]

ROOT_URLCONF = "portaria.web.urls"
WSGI_APPLICATION = "portaria.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent / "jinja2"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "portaria.web.pages.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "portaria.web.pages.common",
            ],
        },
    },
    # Only what allauth and Django render by themselves, such as the widgets of forms.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

DATABASES = own.databases(DATA)
DATABASE_ROUTERS = ["portaria.web.routing.CacheRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        # Counts of failed log-ins must be seen by every process of the server.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["portaria.web.accounts.hasher.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "portaria.web.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# An address is confirmed before its account opens: so a sign-up answers alike whether or not the
# address has an account, and nobody joins a record to an account of another person's address.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Portaria] "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SERVED_OVER_HTTPS else "http"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    # A class applies from the one address of its school: log-ins are not counted by address,
    # failures only generously, and tightly against one account.
    "login": None,
    "login_failed": "60/m/ip,5/5m/key",
    "signup": "120/m/ip",
    "reset_password": "60/m/ip,5/h/key",
    "reset_password_from_key": "60/m/ip",
    "change_password": "10/m/user",
    "reauthenticate": "10/m/user",
}
ACCOUNT_FORMS = {
    "login": "portaria.web.accounts.forms.LoginForm",
    "signup": "portaria.web.accounts.forms.SignupForm",
    "add_email": "portaria.web.accounts.forms.ChangeEmailForm",
    "change_password": "portaria.web.accounts.forms.ChangePasswordForm",
    "set_password": "portaria.web.accounts.forms.SetPasswordForm",
    "reset_password": "portaria.web.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "portaria.web.accounts.forms.NewPasswordForm",
    "reauthenticate": "portaria.web.accounts.forms.ReauthenticateForm",
}
# Behind a proxy the address of a browser is the last that the proxy adds.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SERVED_OVER_HTTPS else 0
SOCIALACCOUNT_ADAPTER = "portaria.web.accounts.adapters.ProviderAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": own.identity_providers()}}
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_FORMS = {"disconnect": "portaria.web.accounts.forms.DisconnectForm"}
MFA_ADAPTER = "portaria.web.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Portaria"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "portaria.web.accounts.forms.FactorForm",
    "reauthenticate": "portaria.web.accounts.forms.FactorAgainForm",
    "activate_totp": "portaria.web.accounts.forms.ActivateFactorForm",
}

LANGUAGE_CODE = "pt-pt"
LANGUAGES = [("pt-pt", "Português"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Lisbon"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [Path(__file__).parent / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files", "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 30

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVED_OVER_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SERVED_OVER_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if SERVED_OVER_HTTPS else 0
# The address that log-ins are counted by is then the one that the proxy names.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SERVED_OVER_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

globals().update(own.email(DATA))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
