"""The deadline hour against the real server, and whether everything it acknowledged is there afterwards.

    python -m bench.deadline --seconds 600 --rate 100     SQLite in a temporary folder
    python -m bench.deadline --seconds 60 --burst 500     nothing but 500 submissions, each by a trust of its own
    IGTOOLKIT_DATABASE=…                                  PostgreSQL: the given database is filled

The load is made on the same machine; the table says what share of the cores that took.
"""

import argparse
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 60


def main() -> int:
    """Prints the table. Returns 1 when something acknowledged is lost or doubled, or a request failed."""
    asked = _asked()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.deadline.served")  # nobody here has a second factor in hand
    os.environ["IGTOOLKIT_HOME"] = tempfile.mkdtemp(prefix="igtoolkit-deadline-")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench.deadline import driving, reckoning, seeding

    call_command("migrate", verbosity=0)
    actors = seeding.seed(asked.burst or asked.trusts, asked.size)
    connection.close()
    port = _free_port()
    server = subprocess.Popen([sys.executable, "-m", "igtoolkit", "serve", "--port", str(port)])
    try:
        _wait_for(port)
        before = _memory(server.pid)
        warm: list[Memory] = []
        warmed = threading.Timer(min(60, asked.seconds / 2), lambda: warm.append(_memory(server.pid)))
        warmed.start()
        begun = time.perf_counter()
        how = {"rate": asked.rate, "seconds": asked.seconds, "hands": asked.hands, "seed": asked.seed}
        if asked.burst:
            mix = {"submit": 1}
            how |= {"rate": asked.burst * driving.requests_each(mix) / asked.seconds, "mix": mix}
        played = driving.play(port, actors, **how)
        lasted = time.perf_counter() - begun
        after = _memory(server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE)
    own = resource.getrusage(resource.RUSAGE_SELF)
    share = (own.ru_utime + own.ru_stime) / lasted / (os.cpu_count() or 1)
    print(f"\n{connection.vendor}, {asked.size:,} organisations, {how['rate']:g} requests/s for {asked.seconds:g} s,")
    print(f"seed {asked.seed}; the load itself took {share:.0%} of the cores (seeding included)")
    print(f"server memory {before} before, {warm[0]} once warm, {after} after\n")
    return reckoning.tell(played, lasted)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.deadline", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rate", type=float, default=100, help="requests a second")
    parser.add_argument("--burst", type=int, default=0, help="submissions, and nothing else")
    parser.add_argument("--trusts", type=int, default=400, help="how many are half way through their assessment")
    parser.add_argument("--size", type=int, default=60_000, help="organisations in the register")
    parser.add_argument("--hands", type=int, default=32, help="connections")
    parser.add_argument("--seed", type=int, default=31)
    return parser.parse_args()


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(PATIENCE * 5):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("bench: the server did not become ready.")


@dataclass(frozen=True)
class Memory:
    """Bytes of a process and its children: resident as `top` counts it, and what is nobody else's and on no disk.

    Each connection to SQLite maps the same file, up to 256 MB of it. Those pages are the system's cache: they are
    counted once for every process as resident, and are given back when anybody needs the room.
    """

    resident: int
    own: int

    def __str__(self) -> str:
        return f"{self.own / 1e6:.0f} MB of its own ({self.resident / 1e6:.0f} MB resident)"


def _memory(pid: int) -> Memory:
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()[1:]
    told = {name: int(size.split()[0]) * 1024 for name, _, size in (row.partition(":") for row in rows)}
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    below = [_memory(int(each)) for each in children]
    own = told["Anonymous"]
    return Memory(told["Rss"] + sum(each.resident for each in below), own + sum(each.own for each in below))


if __name__ == "__main__":
    sys.exit(main())
