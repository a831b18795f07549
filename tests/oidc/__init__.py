"""A certified OpenID provider on the loopback, in which nobody is asked anything."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from scripts.with_postgresql import free_port

PROVIDER = Path(__file__).parent / "provider.mjs"
CLIENT, SECRET, NAME = "igtoolkit", "only for tests, and as long as the real one", "Care Login"
BACK = "/sign-in/identity/back/"
PATIENCE = 60  # seconds: it answers at once, unless the machine has much else to do


@contextmanager
def running(toolkit: str) -> Iterator[str]:
    """The provider's address, for as long as the block runs. toolkit: the address that it sends people back to."""
    port = free_port()
    command = ["node", str(PROVIDER), str(port), f"{toolkit}{BACK}"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=PROVIDER.parents[2])
    try:
        for line in process.stdout or ():
            if line.strip() == b"ready":
                break
        assert process.poll() is None
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE)


def is_there(server: str, account: str, **more: object) -> None:
    """Who signs in at the provider next."""
    assert requests.put(f"{server}/who", json={"accountId": account, **more}, timeout=PATIENCE).ok
