"""The worker: answers the requests of jobs, each once, whenever nobody else waits for a turn."""

from collections.abc import Callable
from threading import Event, Lock, Thread

from serving.jobs.table import Jobs
from serving.log import log_fault

PAUSE = 1.0  # seconds, after a fault, before the rest is tried again


class Worker:
    """A thread that takes up what is left, of this run or of one that was cut off.

    `answer` answers the request at a place of a job; it is called again for one that was cut off.
    """

    def __init__(self, jobs: Jobs, answer: Callable[[str, int, bytes], None]) -> None:
        self._jobs, self._answer = jobs, answer
        self._woken, self._stopping = Event(), Event()
        self._guard = Lock()
        self._at_it: set[str] = set()
        self._thread = Thread(target=self._work, name="jobs", daemon=True)

    def wake(self) -> None:
        """Tell that there is a job, or may be one left from before; the first time, begin."""
        with self._guard:
            if self._thread.ident is None and not self._stopping.is_set():
                self._thread.start()
        self._woken.set()

    def finish(self, job: str) -> bool:
        """Answer all that is left of a job, now; False where another thread is at it."""
        with self._guard:
            if job in self._at_it:
                return False
            self._at_it.add(job)
        try:
            for place, asked in self._jobs.left(job):
                if self._stopping.is_set():
                    break
                self._answer(job, place, asked)
        finally:
            with self._guard:
                self._at_it.discard(job)
        return True

    def close(self) -> None:
        """Stop after the answer that is under way; the rest is taken up at the next start."""
        self._stopping.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        while not self._stopping.is_set():
            self._woken.wait()
            self._woken.clear()
            try:
                for job in self._jobs.unfinished():
                    self.finish(job)
            except Exception as fault:  # noqa: BLE001  # whatever it is, the jobs go on
                log_fault("a job is held up", fault)
                self._stopping.wait(PAUSE)
                self._woken.set()
