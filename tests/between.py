"""What stands between a desk and its PostgreSQL, and makes it late, silent, or gone."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SOCKET = ".s.PGSQL.5432"  # by this name both sides know it
FOR_EVER = 3600.0  # seconds: longer than any test


class Between:
    """Passes on what comes; what the server says comes `late` seconds later."""

    def __init__(self, server: Path, folder: Path) -> None:
        self.late = 0.0
        self._server, self._folder = str(server / SOCKET), folder
        self._open: set[asyncio.StreamWriter] = set()
        self._standing = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._done: asyncio.Event | None = None

    def url(self, url: str) -> str:
        """The URL of a database of the server, by way of here."""
        return url.replace(str(Path(self._server).parent), str(self._folder))

    def cut(self) -> None:
        """Break every connection, whatever is under way on it."""
        assert self._loop
        self._loop.call_soon_threadsafe(lambda: [one.transport.abort() for one in self._open])

    @contextmanager
    def standing(self) -> Iterator["Between"]:
        """Listen, in a thread of its own."""
        thread = threading.Thread(target=lambda: asyncio.run(self._stand()), daemon=True)
        thread.start()
        self._standing.wait()
        assert self._loop
        assert self._done
        try:
            yield self
        finally:
            self.cut()
            self._loop.call_soon_threadsafe(self._done.set)
            thread.join()

    async def _stand(self) -> None:
        self._loop, self._done = asyncio.get_running_loop(), asyncio.Event()
        listening = await asyncio.start_unix_server(self._meet, self._folder / SOCKET)
        self._standing.set()
        await self._done.wait()
        listening.close()

    async def _meet(self, said: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        answers, ask = await asyncio.open_unix_connection(self._server)
        ends = {answer, ask}
        self._open |= ends
        both = [self._pass(said, ask), self._pass(answers, answer, held=True)]
        passing = [asyncio.ensure_future(one) for one in both]
        try:
            await asyncio.wait(passing, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._open -= ends
            for one in passing:
                one.cancel()
            await asyncio.gather(*passing, return_exceptions=True)
            for end in ends:
                end.close()
                with suppress(OSError):
                    await end.wait_closed()

    async def _pass(
        self, said: asyncio.StreamReader, to: asyncio.StreamWriter, *, held: bool = False
    ) -> None:
        while part := await said.read(2**16):
            if held:
                await asyncio.sleep(self.late)
            to.write(part)
