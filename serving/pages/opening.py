"""Opening the pages, where the settings say that people log in."""

from urllib.parse import urlsplit

from features.errors import KizukiError
from serving.desk import Desk
from serving.pages.app import LOGIN, Pages
from serving.settings import Settings
from serving.watched import Watched
from serving.who.doorman import is_this_machine, read_revoked
from serving.who.id_tokens import Meaning
from serving.who.login import Login, Provider
from serving.who.pace import Pace
from serving.who.sessions import Sessions
from serving.who.tokens import read_keys


def open_pages(desk: Desk, settings: Settings, pace: Pace) -> Pages | None:
    """The pages, or None where nobody logs in; raises KizukiError where nobody safely could."""
    client, keys, issuer = settings.login_client, settings.token_keys, settings.token_issuer
    if client is None:
        return None
    if settings.ask != "everybody" or not (keys and issuer and settings.origin):
        raise KizukiError(
            "KIZUKI_LOGIN_CLIENT: where people log in, set KIZUKI_ASK=everybody, say whose tokens "
            "are taken, in KIZUKI_TOKEN_KEYS and KIZUKI_TOKEN_ISSUER, and by which address "
            "browsers reach this desk, in KIZUKI_ORIGIN"
        )
    origin, secret = urlsplit(settings.origin), settings.login_secret
    secure = origin.scheme == "https"
    if not secure and not is_this_machine(str(origin.hostname)):
        raise KizukiError("KIZUKI_ORIGIN: cookies leave this machine by https:// alone")
    provider = Provider(
        issuer=issuer,
        client=client,
        secret=secret.get_secret_value() if secret else None,
        back=f"{settings.origin}{LOGIN}/back",
    )
    meaning = Meaning(
        settings.login_claims, settings.login_roles, frozenset(settings.login_mfa.split())
    )
    login = Login(provider, Watched(keys, read_keys), meaning, desk.clock)
    sessions = Sessions(Watched(settings.revoked, read_revoked), desk.clock)
    return Pages(desk, login, sessions, pace, secure=secure)
