"""Django's settings. What an operator may set comes from the environment (env.py);
what editors may set is rows in the database. Everything else is fixed here."""

import sys
from urllib.parse import urlsplit

import pysqlite3

from commonwire import databases, env
from commonwire.web.logs import PLAIN

# The system's SQLite often carries the WAL-reset corruption bug (3.7.0 to 3.51.2); the
# wheel's does not. Django finds it under the standard library's name.
sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

DATA_DIR = env.data_directory()
PUBLIC_DIR = env.store(DATA_DIR)
# With one, pages are printed there; PUBLIC_DIR holds what media are sent from.
BUCKET = env.bucket()
SITE_URL = env.site_url()
SECRET_KEY = env.secret_key(DATA_DIR)
DEBUG = False
# Every absolute address is made from SITE_URL, never from the Host header.
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "commonwire.changes",
    "commonwire.accounts",
    "commonwire.media",
    "commonwire.publishing",
    "commonwire.mail",
    "commonwire.calendar",
    "commonwire.calls",
    "commonwire.moderation",
    "commonwire.syndication",
    "commonwire.search",
    "commonwire.delivery",
    "commonwire.rescue",
    "commonwire.web",
    # After ours, whose templates stand for theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "commonwire.web.middleware.SecurityHeaders",
    "commonwire.web.middleware.PlainErrors",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Last: no view of the desk runs before it has looked.
    "commonwire.accounts.middleware.Gate",
]

ROOT_URLCONF = "commonwire.urls"
WSGI_APPLICATION = None  # wsgi.py puts the printed pages in front of Django

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "commonwire.web.context.desk",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                )
            ],
            "builtins": [
                "commonwire.web.templatetags.decided",
                "commonwire.web.templatetags.events",
                "commonwire.web.templatetags.kept",
                "commonwire.web.templatetags.kinds",
                "commonwire.web.templatetags.newsroom",
                "commonwire.web.templatetags.pledged",
                "commonwire.web.templatetags.shown",
            ],
        },
    }
]
FORM_RENDERER = "commonwire.web.form_renderer.Renderer"

DATABASES = {"default": databases.settings(DATA_DIR)}
# What web processes count together; without it each counts in its own memory.
CACHE_URL = env.cache_url()
CACHES: dict[str, dict[str, object]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
if CACHE_URL:
    CACHES["default"] = {
        "BACKEND": "commonwire.kit.shared.SharedCache",
        "LOCATION": CACHE_URL,
        "KEY_FUNCTION": "commonwire.kit.shared.key_of",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Editor"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/desk/login/"
LOGIN_REDIRECT_URL = "/desk/"
# Editors only, and only at the desk: readers and contributors get no cookie at all.
SESSION_COOKIE_PATH = "/desk/"
SESSION_COOKIE_NAME = "desk"
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = urlsplit(SITE_URL).scheme == "https"
CSRF_COOKIE_PATH = "/desk/"
CSRF_COOKIE_NAME = "desk_form"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
ONION_URL = env.onion_url()
CSRF_TRUSTED_ORIGINS = [SITE_URL, *filter(None, [ONION_URL])]
CSRF_FAILURE_VIEW = "commonwire.web.views.forgery"
# Django's own choice is a cookie for every page.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Signing in: by passkey, or by password and an app's codes. No mail, no sign-up.
ACCOUNT_ADAPTER = "commonwire.accounts.adapters.SignIn"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_FORMS = {
    "login": "commonwire.accounts.forms.Login",
    "reauthenticate": "commonwire.accounts.forms.ConfirmByPassword",
    "change_password": "commonwire.accounts.forms.ChangePassword",
    "set_password": "commonwire.accounts.forms.SetPassword",
}
MFA_ADAPTER = "commonwire.accounts.adapters.SecondFactor"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
# The code before and the one after: clocks differ. No code is taken twice.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "commonwire.accounts.forms.LoginCode",
    "reauthenticate": "commonwire.accounts.forms.ConfirmByCode",
    "activate_totp": "commonwire.accounts.forms.AddApp",
    "add_webauthn": "commonwire.accounts.forms.AddPasskey",
    "login_webauthn": "commonwire.accounts.forms.LoginPasskey",
    "authenticate_webauthn": "commonwire.accounts.forms.LoginCodeByPasskey",
    "reauthenticate_webauthn": "commonwire.accounts.forms.ConfirmByPasskey",
}
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"django.contrib.auth.password_validation.{name}",
        "OPTIONS": options,
    }
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        (
            "UserAttributeSimilarityValidator",
            {"user_attributes": ["name", "pseudonym"]},
        ),
    )
]

# Mail, which the worker sends; without a server for it, none is asked for.
MAIL = env.mail()
MAIL_FROM = MAIL.sender if MAIL else ""
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = (MAIL.host, MAIL.port) if MAIL else ("", 0)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (MAIL.user, MAIL.password) if MAIL else ("", "")
EMAIL_USE_SSL = bool(MAIL and MAIL.tls == "from the start")
EMAIL_USE_TLS = bool(MAIL and MAIL.tls == "after greeting")
EMAIL_TIMEOUT = 20

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "commonwire.kit.formats"
TIME_ZONE = "UTC"  # stored times; pages use the site's zone
APPEND_SLASH = False  # the address patterns answer for themselves

STATIC_URL = "/assets/"
STATIC_ROOT = PUBLIC_DIR / "assets"
STORAGES = {
    "staticfiles": {
        "BACKEND": "commonwire.web.assets.AssetStorage",
    },
}

# A field of text may be this long before the form is refused whole; the form itself
# then says which field is too long. Files are bounded by the upload handler.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 100
FILE_UPLOAD_HANDLERS = ["commonwire.media.upload.QuarantineHandler"]

# Kinds of post that say more than their text: what each has of its own.
POST_PARTS = {
    "call": "commonwire.calls.part.CallPart",
    "event": "commonwire.calendar.part.EventPart",
}
# Where links to places lead; readers ask it nothing before they click.
MAP_SITE = env.map_site()
MAP_FRAME = env.map_frame()
# Called with a draft's facts before it is published; each returns doubts or nothing.
SCREENERS = [
    "commonwire.moderation.screening.honeypot",
    "commonwire.moderation.screening.too_fast",
    "commonwire.moderation.screening.too_many",
    "commonwire.moderation.screening.same_text",
    "commonwire.moderation.screening.many_links",
    "commonwire.moderation.screening.much_alike",
    "commonwire.moderation.screening.by_rule",
    "commonwire.moderation.screening.like_spam",
]
# Called with a few words that somebody wants on another's page; likewise.
WORD_SCREENERS = ["commonwire.moderation.screening.of_words"]
# Finds a post that says nearly the same: its author is asked before it is published.
LIKENESS = ["commonwire.moderation.likeness.like"]
# Called before anything that comes in is stored; may ask it to come back later.
DOORKEEPER = "commonwire.moderation.doorkeeper.knock"
# Says at the form that a flood is going on.
FLOOD_SIGNS = ["commonwire.moderation.queries.is_flooded"]
# Called in a post's transaction: whether it goes to the raw wire.
FLOOD_GATES = ["commonwire.moderation.actions.floods.is_raw"]
# Called in a post's transaction with what came, or what its author changed it to.
ARRIVAL_LISTENERS = ["commonwire.moderation.actions.arrivals.remember"]
# Called with a new post and how it came, in its transaction: for whom it was published.
PUBLICATION_LISTENERS = [
    "commonwire.calls.actions.issuing.published",
    "commonwire.calls.actions.local_events.published",
    "commonwire.calls.actions.releasing.published",
]
# Called with a draft's signs before it is published: takes from them what is not so any
# more, and says it.
SIGN_CHECKS = [
    "commonwire.calls.actions.issuing.lapsed",
    "commonwire.calls.actions.local_events.lapsed",
    "commonwire.calls.actions.releasing.lapsed",
]
# Called with a post that doubts keep from the lists, in the transaction that does.
HOLD_LISTENERS = ["commonwire.moderation.actions.heaps.hold"]
# Called with a post whose author or editors withdraw it, in the transaction that does.
WITHDRAWAL_LISTENERS = [
    "commonwire.moderation.actions.withdrawing.clear_away",
    "commonwire.search.actions.forget",
    "commonwire.calls.actions.releasing.withdrawn",
]
# Called with a correction by an editor's program, in the transaction that makes it.
CORRECTION_LISTENERS = ["commonwire.moderation.actions.correcting.corrected_by_program"]
# Say whether somebody has a word for their own that a link carries: `?from=word`.
SOURCE_NAMES = ["commonwire.calls.queries.is_slug"]
# Called with each change after its commit, before the answer goes out.
CHANGE_LISTENERS = ["commonwire.delivery.printing.print_at_once"]
# Called with the addresses of public files that are about to be taken away, so that
# what was said of it is not lost with the process; and after they are gone.
REMOVAL_NOTES = ["commonwire.delivery.purging.note"]
REMOVAL_LISTENERS = ["commonwire.delivery.purging.purge"]
# Called with the name of a folder of public files, before the commit that wants them.
SHELVES = ["commonwire.delivery.shelf.note"]
# What the link in a mail does, by what it is for: mail/confirmations.py.
CONFIRMATIONS = {
    "pledge": "commonwire.calls.pledge_confirmation.PledgeConfirmation",
    "endorsement": "commonwire.calls.confirmations.Endorsed",
    "endorse-again": "commonwire.calls.confirmations.EndorsedAgain",
}
# Whose X-Forwarded-For says who sends a request, beside this machine's own.
PROXIES = env.proxies()
# Who may read /metrics.
METRICS = env.metrics()
# What passes such addresses on to caches in front: a Python callable's dotted name.
PURGE_HOOK = env.text("PURGE_HOOK")

# Nothing that a log line says may name an address or hold a secret part of one.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "discreet": {"()": "commonwire.web.logs.Discreet"},
        "expected": {"()": "commonwire.web.logs.Expected"},
    },
    "formatters": {
        "plain": {"format": PLAIN},
        "json": {"()": "commonwire.web.logs.Json"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": env.log_form(),
            "filters": ["discreet"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR", "filters": ["expected"]},
        "django.security": {"level": "ERROR"},
        # It tells each passkey's number.
        "fido2": {"level": "WARNING"},
        # It tells where credentials come from, each time.
        "botocore": {"level": "WARNING"},
        # Our own lines say that the database does not answer.
        "psycopg.pool": {"level": "ERROR"},
        "django.server": {"handlers": [], "propagate": True, "level": "ERROR"},
    },
}
