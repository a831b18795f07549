"""Starting other processes of ours so that none is left behind. Only the standard library: it must stay small."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from functools import partial

PR_SET_PDEATHSIG = 1


def start(words: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start a command, out of reach of Ctrl-C: whoever starts it ends it.

    On Linux it is ended too when that one is killed outright and can end nothing any more.
    """
    at_first = partial(end_with_parent, os.getpid()) if sys.platform == "linux" else None
    return subprocess.Popen(words, process_group=0, preexec_fn=at_first)  # noqa: S603 (our own words)


def end_with_parent(parent: int) -> None:
    """Ask the kernel for SIGTERM once the parent of this process is gone. It lasts through exec.

    Until exec this process still has its parent's handlers, which would take the signal and do nothing; and a
    parent that was gone before we asked is never told of.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


def end(process: "subprocess.Popen[bytes]", patience: float) -> None:
    """End a process: SIGTERM, and SIGKILL after so many seconds."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def ours(*words: str) -> list[str]:
    """The command line of one of our own commands, in the same Python as this."""
    return [sys.executable, "-m", "igtoolkit", *words]
