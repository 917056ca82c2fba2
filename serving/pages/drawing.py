"""Drawing: a template and its words become a page, in one language."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from markupsafe import Markup
from starlette.responses import HTMLResponse

from features.language.text import Language, Text
from features.tables import TABLES
from features.telling import day_words
from models.bands import BAND_NAMES
from models.red_flags import RULES
from serving.pages.content_policy import content_policy
from serving.pages.words import WORDS
from serving.templates import templates_of
from serving.who.sessions import Session

_HERE = Path(__file__).parent
_STYLE = Markup((_HERE / "style.css").read_text("utf-8"))  # noqa: S704  # our own file
_PAGES = templates_of(_HERE)
_BANDS = {name.code: name.words for name in BAND_NAMES}
_FLAGS = {rule.code: rule.words.filled(window=rule.value.span.words) for rule in RULES}


class Drawing:
    """Draws pages for readers of one language, with times of the zone of `here`."""

    def __init__(self, language: Language, here: datetime) -> None:
        self._language, self._zone = language, here.tzinfo

    def page(
        self, name: str, session: Session | None, status: int = 200, **shown: object
    ) -> HTMLResponse:
        """The page of a template; `session` is that of its reader."""
        who, csrf = (session.asker, session.csrf) if session else (None, "")
        return answer(self.text(name, style=_STYLE, who=who, csrf=csrf, **shown), status)

    def text(self, name: str, **shown: object) -> str:
        """What a template says."""
        return _PAGES.get_template(f"{name}.html").render(
            language=self._language,
            say=self._say,
            read=self._read,
            moment=self._moment,
            band=lambda code: self._read(_BANDS[code]) if code else "—",
            flag=lambda code: self._read(_FLAGS[code]),
            table=lambda name: self._read(TABLES[name].words),
            **shown,
        )

    def _say(self, name: str, **blanks: object) -> str:
        filled = {blank: Text.said(str(word), str(word)) for blank, word in blanks.items()}
        return WORDS[name].filled(**filled).read(self._language)

    def _read(self, text: Text) -> str:
        return text.read(self._language)

    def _moment(self, at: str) -> str:
        moment = datetime.fromisoformat(at).astimezone(self._zone)
        return f"{day_words(moment.date()).read(self._language)} {moment:%H:%M}"


def answer(page: str, status: int = 200, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """A page as it goes out, with what the browser may do with it."""
    said = {"content-security-policy": content_policy(page), **(headers or {})}
    return HTMLResponse(page, status, said)
