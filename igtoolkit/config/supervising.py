"""What `igtoolkit serve` becomes: the parent of the web server and of one worker. It imports only what it must.

python -m igtoolkit.config.supervising '{"web": [word, …], "worker": [word, …]}'
"""

import json
import signal
import subprocess
import sys
import time
from threading import Event
from types import FrameType

from igtoolkit.config import processes

STOPPING = 35.0  # seconds: the web server gives the requests it has 30
WORKER_STOPPING = 10.0
LOOK = 0.5  # seconds between looks at the two
AGAIN, AGAIN_AT_MOST = 1.0, 30.0  # seconds until a dead worker is started again, doubled each time
STEADY = 120.0  # seconds after which a worker that ran counts as well


class Supervisor:
    """Runs the web server and a worker, starts a dead worker again, and ends both when it is ended."""

    def __init__(self, web: list[str], worker: list[str]) -> None:
        self.words = worker
        self.stopped = Event()
        self.pause, self.started, self.due = AGAIN, 0.0, 0.0
        for each in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
            signal.signal(each, self._stop)
        signal.signal(signal.SIGHUP, self._renew)
        self.web = processes.start(web)
        self.worker: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        """Until told to stop, or until the web server ends by itself. Returns the exit code."""
        while not self.stopped.is_set() and self.web.poll() is None:
            self._keep_worker()
            self.stopped.wait(LOOK)
        return self._end()

    def _keep_worker(self) -> None:
        now = time.monotonic()
        if self.worker is None and now >= self.due:
            self.worker, self.started = processes.start(self.words), now
        elif self.worker is not None and self.worker.poll() is not None:
            self.pause = AGAIN if now - self.started > STEADY else min(self.pause * 2, AGAIN_AT_MOST)
            code, self.worker, self.due = self.worker.returncode, None, now + self.pause
            sys.stderr.write(f"The worker ended ({code}); it is started again in {self.pause:.0f} seconds.\n")

    def _end(self) -> int:
        """End both, the worker while the web server finishes what it has."""
        code = self.web.poll()
        if code is None:
            self.web.terminate()
        if self.worker is not None:
            processes.end(self.worker, WORKER_STOPPING)
        processes.end(self.web, STOPPING)
        return 0 if code is None else code or 1

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopped.set()

    def _renew(self, signum: int, frame: FrameType | None) -> None:
        """Hang-up: both read the code and settings again."""
        self.web.send_signal(signal.SIGHUP)
        if self.worker is not None:
            self.worker.terminate()


if __name__ == "__main__":
    sys.exit(Supervisor(**json.loads(sys.argv[1])).run())
