"""A mail server on the loopback that does as it is told: takes letters, refuses, hangs, drips, goes away midway."""

import socketserver
import threading
from contextlib import suppress
from email import message_from_bytes
from email.message import Message

from scripts.with_postgresql import free_port

WAYS = (
    "closed",
    "turns away",
    "hangs",
    "drips",
    "not now",
    "leaves at EHLO",
    "leaves at RCPT",
    "leaves in the text",
)


class LetterBox:
    """taken: what it said that it has. unsaid: what it has and went away without saying so."""

    def __init__(self) -> None:
        self.way, self.taken, self.unsaid = "takes", [], []
        self.not_now: set[str] = set()  # addresses it takes nothing for
        self.released = threading.Event()
        self.port = free_port()
        self.server: _Server | None = None
        self.open()

    def does(self, way: str) -> None:
        """From now on; whoever is kept waiting is let go."""
        self.way = way
        self.released.set()
        self.released = threading.Event()
        self.close() if way == "closed" else self.open()

    def open(self) -> None:
        if self.server is None:
            self.server = _Server(("127.0.0.1", self.port), _Talk)
            self.server.box = self
            threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.released.set()
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    @property
    def addressed(self) -> list[str]:
        """To whom it took letters, in order."""
        return [each["To"] for each in self.taken]


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    block_on_close = False
    box: LetterBox


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        box = self.server.box
        with suppress(OSError):
            if box.way in ("hangs", "drips", "turns away"):
                self._badly(box)
            else:
                self._well(box, box.way)

    def _badly(self, box: LetterBox) -> None:
        released = box.released
        if box.way == "turns away":
            self.wfile.write(b"554 nobody is served here\r\n")
        elif box.way == "hangs":
            released.wait(120)
        else:
            while not released.wait(0.1):
                self.wfile.write(b"2")

    def _well(self, box: LetterBox, way: str) -> None:
        self.wfile.write(b"220 letter box\r\n")
        for line in self.rfile:
            word = line[:4].decode("ascii", "replace").upper()
            if way == f"leaves at {word}":
                return
            if word == "DATA":
                if not self._text(box, way):
                    return
                continue
            self.wfile.write(self._answer(box, way, word, line.decode("ascii", "replace")))
            if word == "QUIT":
                return

    def _answer(self, box: LetterBox, way: str, word: str, line: str) -> bytes:
        if word == "RCPT" and (way == "not now" or any(each in line for each in box.not_now)):
            return b"451 come back later\r\n"
        if word == "RCPT" and way == "refuses":
            return b"550 nobody has this address\r\n"
        return b"221 bye\r\n" if word == "QUIT" else b"250 well\r\n"

    def _text(self, box: LetterBox, way: str) -> bool:
        """Read a letter's text. Whether it stayed to the end."""
        self.wfile.write(b"354 go on\r\n")
        lines: list[bytes] = []
        for line in self.rfile:
            if way == "leaves in the text":
                return False
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b".") else line)
        read: Message = message_from_bytes(b"".join(lines))
        if way == "leaves at the end":
            box.unsaid.append(read)
            return False
        box.taken.append(read)
        self.wfile.write(b"250 taken\r\n")
        return True
