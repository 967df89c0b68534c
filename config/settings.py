"""All settings, from environment variables. docs/self-hosting.md explains each of them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from config.ground import env
from config.ground.cache import LOCAL_CACHE, REDIS_TIMEOUTS
from config.ground.mail_url import mail_settings
from config.request_limits import BODY_BYTES

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("LANAI_DATA_DIR") or BASE_DIR / "var")

# --- addresses ------------------------------------------------------------------------------------
DEBUG = env.flag("DEBUG", False)
HOST = env.text("HOST") or "localhost"
PORT = env.number("PORT", 8000, least=1, most=65535)
LANAI_SERVER = env.one_of("LANAI_SERVER", "daphne", ("daphne", "uvicorn"))
SITE_ORIGINS = env.origins("SITE_ORIGINS", [f"http://{HOST}:{PORT}", f"http://127.0.0.1:{PORT}"])
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")
SECURE = all(origin.startswith("https://") for origin in SITE_ORIGINS)
SECRET_KEY = env.secret("SECRET_KEY", keep_in=DATA_DIR / "secret_key")

ALLOWED_HOSTS = sorted({str(urlsplit(origin).hostname) for origin in SITE_ORIGINS})
CSRF_TRUSTED_ORIGINS = SITE_ORIGINS
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- apps, middleware, templates ------------------------------------------------------------------
INSTALLED_APPS = [
    "config",
    "accounts",
    "rooms",
    "allauth",
    "allauth.account",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.ground.connections.ReleaseConnectionMiddleware",
    "config.ground.addresses.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "config.ground.cookies.OwnCookiesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "config.field_limits.FieldLimitMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.AccountLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.PasswordChangeRequiredMiddleware",
    "config.admin_queries.AdminQueryMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.i18n"],
        },
    },
]

# --- database, Redis ------------------------------------------------------------------------------
DATABASE_URL = env.text("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'lanai.sqlite3'}"
try:
    DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
except (ValueError, dj_database_url.ParseError) as problem:
    sentence = f"it is not like postgres://user:password@host/name ({problem})."
    raise env.InvalidVariable("DATABASE_URL", sentence) from None
ON_SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if ON_SQLITE:
    # WAL lets readers continue while one connection writes. IMMEDIATE takes the write lock when a transaction
    # begins, so that two transactions that read before they write wait for each other instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # A file, not memory: the threads of the tests share it as those of the server do.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
else:
    # After a restart of the database, dead connections in the pool are replaced instead of handed out.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        **DATABASES["default"].get("OPTIONS", {}),
        "connect_timeout": 5,
        # Values are sent beside the statement, not written into it, which saves a third of a statement's cost.
        "server_side_binding": True,
        # For pages. The threads of sockets have connections of their own: see rooms.runtime.executors.
        "pool": {
            "min_size": 1,
            "max_size": env.number("LANAI_DB_POOL", 8, least=2, most=100),
            "timeout": 3,
            # The wait doubles after each failed attempt; without this limit it would outlast an outage by far.
            "reconnect_timeout": 2,
        },
        "options": "-c statement_timeout=10000 -c lock_timeout=5000",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.redis_url("REDIS_URL")
if REDIS_URL:
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            # Without this, a default of the client library may close an idle subscription after five seconds.
            "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": None}], "prefix": "lanai"},
        }
    }
    CACHES = {
        "default": {
            "BACKEND": "config.ground.cache.FallbackRedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": REDIS_TIMEOUTS,
        },
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", **LOCAL_CACHE}}

# --- accounts, mail -------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
LANAI_SIGNUPS_PER_ADDRESS = env.number("LANAI_SIGNUPS_PER_ADDRESS", 60, least=1, most=100_000)
LANAI_SIGNUP = env.flag("LANAI_SIGNUP", True)

EMAIL_URL = env.text("EMAIL_URL")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL") or f"Lanai <lanai@{ALLOWED_HOSTS[0]}>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if EMAIL_URL:
    vars().update(mail_settings(EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_TIMEOUT = 10

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {"signup": "accounts.forms.SignupForm"}
# A verification mail that is printed to the console cannot be answered.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if EMAIL_URL else "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A new address takes effect once its link has been opened. Changing it needs the password again, so an unlocked
# laptop is not enough.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = bool(EMAIL_URL)
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
# Sign-ins, sign-ups and passwords have limits of ours, which tell the waiting time (accounts.rate_limits). allauth has
# one left: it sends no second mail to confirm an address so soon.
ACCOUNT_RATE_LIMITS: dict[str, str | None] = {
    **dict.fromkeys(("login", "login_failed", "signup", "reset_password", "reset_password_from_key")),
    **dict.fromkeys(("change_password", "manage_email", "reauthenticate")),
    "confirm_email": "1/3m/key",
}

# --- cookies, security headers --------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-lanai" if SECURE else "lanai"
SESSION_COOKIE_AGE = 30 * 24 * 3600
DEVICE_COOKIE_NAME = "__Host-device" if SECURE else "device"
DEVICE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE: Literal["Lax"] = "Lax"
LANGUAGE_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SECURE_SSL_REDIRECT = SECURE and bool(TRUSTED_PROXIES)
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_SSL_REDIRECT
SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT
# Messages are kept in the session; by default they would be in a third cookie, without the __Host- prefix.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = BODY_BYTES

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        # Not every browser includes ws: and wss: of the same host in 'self'.
        "connect-src": [SELF, *(origin.replace("http", "ws", 1) for origin in SITE_ORIGINS)],
        "media-src": [SELF, "blob:"],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
_ALLOWED_FEATURES = ["camera", "microphone", "display-capture", "fullscreen", "picture-in-picture", "autoplay"]
_ALLOWED_FEATURES += ["clipboard-write", "speaker-selection", "screen-wake-lock"]
_FORBIDDEN_FEATURES = ["geolocation", "usb", "serial", "hid", "midi", "payment", "accelerometer", "gyroscope"]
_FORBIDDEN_FEATURES += ["magnetometer", "xr-spatial-tracking", "clipboard-read", "browsing-topics"]
PERMISSIONS_POLICY: dict[str, str | list[str]] = {
    **dict.fromkeys(_ALLOWED_FEATURES, "self"),
    **{name: [] for name in _FORBIDDEN_FEATURES},
}

# --- meetings -------------------------------------------------------------------------------------
STUN_URLS = env.ice_urls("STUN_URLS", ("stun", "stuns"))
TURN_URLS = env.ice_urls("TURN_URLS", ("turn", "turns"))
TURN_SECRET = env.text("TURN_SECRET")
# Pages renew their credentials every ten minutes.
TURN_TTL_SECONDS = env.number("TURN_TTL", 1200, least=1200, most=86400)
if bool(TURN_URLS) != bool(TURN_SECRET):
    raise env.InvalidVariable("TURN_SECRET", "TURN_URLS and TURN_SECRET go together; one of them is empty.")
LANAI_WORKERS = env.number("LANAI_WORKERS", 1, least=1, most=64)
LANAI_RETENTION_DAYS = env.number("LANAI_RETENTION_DAYS", 30, least=1, most=3650)
LANAI_METRICS_FROM = env.networks("LANAI_METRICS_FROM")
LANAI_SOCKETS_PER_ADDRESS = env.number("LANAI_SOCKETS_PER_ADDRESS", 2000, least=1, most=1_000_000)
LANAI_SOCKETS_PER_PERSON = env.number("LANAI_SOCKETS_PER_PERSON", 50, least=1, most=1_000_000)
LANAI_CONNECTIONS_PER_ADDRESS = env.number("LANAI_CONNECTIONS_PER_ADDRESS", 500, least=10, most=1_000_000)
LANAI_ROOMS_PER_ACCOUNT = env.number("LANAI_ROOMS_PER_ACCOUNT", 500, least=1, most=1_000_000)
LANAI_CHAT_PER_ROOM = env.number("LANAI_CHAT_PER_ROOM", 5000, least=200, most=10_000_000)
LANAI_SEATS_PER_ROOM = env.number("LANAI_SEATS_PER_ROOM", 2000, least=50, most=10_000_000)
LANAI_GUESTS_PER_ADDRESS = env.number("LANAI_GUESTS_PER_ADDRESS", 500, least=10, most=1_000_000)
LANAI_UNKNOWN_CODES = env.rate("LANAI_UNKNOWN_CODES", "30/minute")

# --- languages, time zone, static files, logs -----------------------------------------------------
LANGUAGE_CODE = "en"
# Each is named in itself, for people who read no other. docs/translating.md describes how to add one.
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.text("TIME_ZONE") or "UTC"
USE_I18N = True
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "config.assets.storage.HashedStaticFiles"
        )
    },
}
WHITENOISE_MAX_AGE = 0 if DEBUG else 60

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname:<7} {name} {message}", "style": "{"}},
    "filters": {
        "outages": {"()": "config.ground.outage_log.OutageFilter"},
        "rare_refusals": {"()": "config.ground.refusal_log.RareRefusals"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["outages", "rare_refusals"],
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "lanai": {"level": env.one_of("LANAI_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))},
        "django": {"level": "INFO", "handlers": ["console"], "propagate": False},
        "django.request": {"level": "ERROR"},
        # It warns about every request that is not HTTP, and anybody can send those as often as they like.
        "uvicorn": {"level": "ERROR"},
    },
}
