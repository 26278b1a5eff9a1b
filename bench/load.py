"""A load generator of its own process: `python -m bench.load PORT SECONDS FILE` sends the requests of a JSON file.

The file holds {"paths": […], "headers": {…}}; paths are taken at random. Prints counts and times as JSON.
"""

import json
import random
import socket
import sys
import threading
import time
from pathlib import Path

CONNECTIONS = 16


class Connection:
    """A kept connection that is opened again when the server closes it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None

    def ask(self, request: bytes) -> int:
        """The status of the answer, which is read to its end."""
        for _ in range(2):
            try:
                if self._socket is None:
                    self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=30)
                    self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._socket.sendall(request)
                return self._read(self._socket)
            except OSError:
                self.close()
        return 0

    def _read(self, stream: socket.socket) -> int:
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            piece = stream.recv(65536)
            if not piece:
                raise ConnectionResetError
            data += piece
        head = data[:end].lower()
        length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0] or 0)
        missing = length - (len(data) - end - 4)
        while missing > 0:
            piece = stream.recv(65536)
            if not piece:
                raise ConnectionResetError
            missing -= len(piece)
        if b"connection: close" in head:
            self.close()
        return int(head[9:12])

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def hammer(port: int, seconds: float, paths: list[str], headers: dict[str, str]) -> dict[str, object]:
    """Asks for random paths over 16 connections for so many seconds."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in {"Host": "localhost", **headers}.items())
    requests = [f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode() for path in paths]
    statuses: dict[int, int] = {}
    times: list[float] = []
    stop = time.monotonic() + seconds

    def work(seed: int) -> None:
        dice, connection = random.Random(seed), Connection(port)
        while time.monotonic() < stop:
            began = time.perf_counter()
            status = connection.ask(dice.choice(requests))
            times.append(time.perf_counter() - began)
            statuses[status] = statuses.get(status, 0) + 1
        connection.close()

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    return {
        "requests": len(times),
        "statuses": statuses,
        "p50_ms": times[len(times) // 2] * 1000 if times else 0,
        "p99_ms": times[len(times) * 99 // 100] * 1000 if times else 0,
    }


if __name__ == "__main__":
    given = json.loads(Path(sys.argv[3]).read_text(encoding="utf-8"))
    print(json.dumps(hammer(int(sys.argv[1]), float(sys.argv[2]), given["paths"], given["headers"])))
