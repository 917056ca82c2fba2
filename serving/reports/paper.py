"""The page on paper: PDF by WeasyPrint, which runs no script and, here, fetches nothing."""

from features.errors import KizukiError


class NoPaper(KizukiError):
    """What sets a page on paper is not installed: the library, or Pango below it."""


def on_paper(page: bytes) -> bytes:
    """A page as PDF; raises NoPaper where that cannot be done on this machine."""
    try:  # it takes memory, which a desk that prints nothing need not spend
        from weasyprint import HTML  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except (ImportError, OSError) as missing:
        raise NoPaper("pip install 'kizuki[pdf]', and Pango from the system") from missing

    class Nothing(URLFetcher):  # type: ignore[misc]  # says nothing of its types
        """Fetches nothing but what the page itself brings along."""

        def fetch(self, url: str, headers: object = None) -> object:
            if not url.startswith("data:"):
                raise ValueError("a page needs nothing but itself")
            return super().fetch(url, headers)

    drawn: bytes = HTML(string=page.decode(), url_fetcher=Nothing()).write_pdf()
    return drawn
