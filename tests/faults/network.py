"""Places where no ProcessMind is: a closed port, a listener that resets, one that takes what should not come."""

import socket
import struct
import threading

# Closing a socket with this sends a reset.
RESET = struct.pack("ii", 1, 0)


class Nowhere:
    """The origins of the table's network faults."""

    def __init__(self) -> None:
        self._resets = socket.create_server(("127.0.0.1", 0), backlog=512)
        self._elsewhere = socket.create_server(("127.0.0.1", 0))
        self._closed = socket.socket()
        # Bound but not listening: nobody else can take the port.
        self._closed.bind(("127.0.0.1", 0))
        self.visitors = 0
        threading.Thread(target=self._reset, daemon=True).start()
        threading.Thread(target=self._count, daemon=True).start()
        self.origins = {
            "dns": "https://processmind.invalid",
            "refused": f"https://127.0.0.1:{self._closed.getsockname()[1]}",
            "tls": f"https://127.0.0.1:{self._resets.getsockname()[1]}",
        }
        self.elsewhere = f"http://127.0.0.1:{self._elsewhere.getsockname()[1]}/"

    def _reset(self) -> None:
        while True:
            connection, _ = self._resets.accept()
            # The greeting is read first: TLS has begun.
            connection.recv(65536)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            connection.close()

    def _count(self) -> None:
        while True:
            connection, _ = self._elsewhere.accept()
            self.visitors += 1
            connection.close()
