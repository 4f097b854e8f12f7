"""Every setting of the program; what differs from place to place is read from the environment.

SERTAKAN_ENV             development (default), test or production
SERTAKAN_VAR             where the program keeps its files (default: var/ in the checkout)
DATABASE_URL             a PostgreSQL server, 15 or newer (default: an embedded one under var/)
DATABASE_OWNER_URL       the same database as its owner, for migrations
SERTAKAN_RUNTIME_ROLE    the role that the program works as (default: sertakan_app)
SERTAKAN_SECRET_KEY      what sessions are signed with
SERTAKAN_NIK_INDEX_KEY   the key under which a NIK is looked up, 32 bytes in base64
SERTAKAN_KEYS            keys for personal data at rest, id:base64,id:base64, the current one first
SERTAKAN_CARD_KEYS       secrets that sign membership cards, base64,base64, 32 bytes each, the
                         current one first (made with `openssl rand -base64 32`)
SERTAKAN_HOSTS           names under which the pages are served (must be set in production)
SERTAKAN_HTTPS           yes where the pages are served over HTTPS (default: in production)
SERTAKAN_SMTP_URL        the mail server, smtps://login:password@host or smtp://… with STARTTLS;
                         smtp://…?tls=no outside production (default: mail stays in the outbox)
SERTAKAN_MAIL_FROM       the address that mail comes from
SERTAKAN_SMS_URL         a gateway for SMS and WhatsApp, https (default: they stay in the outbox)
SERTAKAN_SMS_TOKEN       what the gateway knows us by
SERTAKAN_HELP_PHONE      the insurer's number on cards, for accidents and deaths (default: 175)
SERTAKAN_LOG_LEVEL       DEBUG, INFO (default), WARNING or ERROR
SERTAKAN_DEMO_DAY        YYYY-MM-DD: the day on which a demonstration plays (never in production)

In production everything secret must be given; elsewhere it is made at the first start and kept
under var/secrets.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from sertakan.config import databases, environment, keys, logs, sending

BASE_DIR = Path(__file__).resolve().parents[2]

SERTAKAN_ENV = environment.choice(
    "SERTAKAN_ENV", "development", ("development", "test", "production")
)
PRODUCTION = SERTAKAN_ENV == "production"
SERTAKAN_VAR = Path(environment.text("SERTAKAN_VAR", str(BASE_DIR / "var"))).absolute()

DEBUG = False
DEMO_DAY = None if PRODUCTION else environment.day("SERTAKAN_DEMO_DAY")

_secrets = SERTAKAN_VAR / "secrets"
SECRET_KEY = keys.django_key(_secrets, made_up=not PRODUCTION)
NIK_INDEX_KEY = keys.nik_index_key(_secrets, made_up=not PRODUCTION)
DATA_KEYS = keys.data_keys(_secrets, made_up=not PRODUCTION)
DATA_KEY_CURRENT = next(iter(DATA_KEYS))
CARD_KEYS = keys.card_keys(_secrets, made_up=not PRODUCTION)

DATABASES = {"default": databases.database(SERTAKAN_VAR, embedded=not PRODUCTION)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "procrastinate.contrib.django",
    "sertakan.postgres",
    "sertakan.accounts",
    "sertakan.audit",
    "sertakan.work",
    "sertakan.messages",
    "sertakan.regions",
    "sertakan.people",
    "sertakan.ledger",
    "sertakan.sponsors",
    "sertakan.access",
    "sertakan.enrolment",
    "sertakan.contributions",
    "sertakan.claims",
    "sertakan.analytics",
    "sertakan.web",
]
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "sertakan.web.signing_in.adapters.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGOUT_REDIRECT_URL = "start"
ACCOUNT_SIGNUP_FORM_CLASS = "sertakan.web.signing_in.with_name.WithName"
ACCOUNT_FORMS = {
    "signup": "sertakan.web.signing_in.forms.OpenAccount",
    "reset_password": "sertakan.web.signing_in.forms.ForgottenPassword",
    "reauthenticate": "sertakan.web.signing_in.forms.SameAgain",
}
MFA_FORMS = {
    "authenticate": "sertakan.web.signing_in.forms.SecondFactor",
    "reauthenticate": "sertakan.web.signing_in.forms.SecondFactorAgain",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a new address counts only once its code was entered
MFA_ADAPTER = "sertakan.web.signing_in.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "SERTAKAN"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # http://localhost
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

ROOT_URLCONF = "sertakan.config.urls"
WSGI_APPLICATION = "sertakan.config.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sertakan.web.middleware.PermissionsPolicy",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sertakan.web.middleware.DatabaseAway",
    "sertakan.web.guard.Guard",
]
FORM_RENDERER = "sertakan.web.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "sertakan" / "web" / "templates"],  # ours before those of libraries
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sertakan.web.shell.shell",
            ],
        },
    },
]

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "sertakan" / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = SERTAKAN_VAR / "static" if PRODUCTION else None  # else served as they lie
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
MEDIA_ROOT = SERTAKAN_VAR / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_NUMBER_FILES = 300  # a form that takes fewer says so in a sentence

EMAIL_BACKEND = "sertakan.messages.backend.OutboxBackend"
DEFAULT_FROM_EMAIL = sending.mail_from(production=PRODUCTION)
SMS_GATEWAY = sending.gateway(production=PRODUCTION)
HELP_PHONE = environment.text("SERTAKAN_HELP_PHONE", "175")
globals().update(sending.mail_server(production=PRODUCTION))

_here = "" if PRODUCTION else "localhost,127.0.0.1,[::1],testserver"
ALLOWED_HOSTS = environment.words("SERTAKAN_HOSTS", _here)
if not ALLOWED_HOSTS:
    raise environment.BadEnvironment("SERTAKAN_HOSTS must be set in production.")
HTTPS = environment.boolean("SERTAKAN_HTTPS", PRODUCTION)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "upgrade-insecure-requests": HTTPS,
    }
}
CSRF_FAILURE_VIEW = "sertakan.web.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

LOGGING_CONFIG = None
logs.configure(
    environment.choice("SERTAKAN_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    as_json=PRODUCTION,
)
