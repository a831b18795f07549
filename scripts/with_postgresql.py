"""Run a command with a PostgreSQL server of its own, thrown away afterwards.

    python scripts/with_postgresql.py pytest tests

The command finds the server in IGTOOLKIT_DATABASE. The server keeps nothing safe from a power cut (it is
for tests and benchmarks) unless --durable is given first.
"""

import errno
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

QUICK = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "wal_level=minimal", "max_wal_senders=0"]
QUICK += ["checkpoint_timeout=1h", "jit=off"]
MEMORY, ROOM = Path("/dev/shm"), 2_000_000_000  # noqa: S108 (a folder of our own is made in it); bytes free there
CONNECTIONS = 200  # two workers of a test run, each with tens of threads and with web servers of their own
PATIENCE = 300  # seconds to start or stop, on a machine that has much else to do
PORTS = range(20_000, 32_000)  # below those that a system gives to connections out, which take one for a moment


def programs() -> Path:
    """The folder with initdb and postgres: on the path, or where Debian keeps it."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    if not installed:
        raise SystemExit("PostgreSQL is not installed. On Debian: apt-get install postgresql")
    return installed[-1].parent


def as_somebody(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as Debian's own user for it."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def free_port() -> int:
    """One that nobody listens at, drawn by lot: two who ask at once are given two, and no connection out takes it."""
    while True:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", secrets.choice(PORTS)))
            except OSError as taken:
                if taken.errno == errno.EADDRINUSE:
                    continue
                raise
            return int(probe.getsockname()[1])


def run(command: list[str], settings: list[str]) -> int:
    in_memory = settings and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    folder = tempfile.mkdtemp(prefix="igtoolkit-postgresql-", dir=MEMORY if in_memory else None)
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        port = free_port()
        control = start(folder, port, settings)
        try:
            address = f"postgresql://igtoolkit@127.0.0.1:{port}/postgres"
            return subprocess.run(command, env={**os.environ, "IGTOOLKIT_DATABASE": address}, check=False).returncode
        finally:
            quietly([*control, "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start(folder: str, port: int, settings: list[str]) -> list[str]:
    """A running server in `folder`. Returns the command that controls it."""
    data = str(Path(folder) / "data")
    quietly(
        [str(programs() / "initdb"), "-D", data, "-U", "igtoolkit", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"],
        folder,
    )
    flags = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}"]
    flags.append(f"max_connections={CONNECTIONS}")
    options = " ".join(f"-c {each}" for each in [*flags, *settings])
    control = [str(programs() / "pg_ctl"), "-D", data, "-l", str(Path(folder) / "log"), "-w", "-t", str(PATIENCE)]
    quietly([*control, "-o", options, "start"], folder)
    return control


def quietly(command: list[str], folder: str) -> None:
    subprocess.run(as_somebody(command), check=True, stdout=subprocess.DEVNULL, cwd=folder)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    durable = arguments[:1] == ["--durable"]
    sys.exit(run(arguments[durable:], [] if durable else QUICK))
