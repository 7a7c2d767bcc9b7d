"""One daphne on each core, all on one listening socket, as its documentation has a supervisor do: python3 serve.py PORT

Says `ready` on descriptor 3 when the application answers.
"""

import os
import signal
import socket
import subprocess
import sys
from urllib.error import HTTPError
from urllib.request import urlopen

PORT = int(sys.argv[1])
# Where all are pinged every 25 s; a socket waits as long as it takes while a send is worked on.
OPTIONS = "--ping-interval 25 --ping-timeout 120 --websocket_connect_timeout 120 --verbosity 0".split()

listening = socket.create_server(("127.0.0.1", PORT), backlog=4096)
listening.set_inheritable(True)
command = ["/usr/bin/daphne", "--fd", str(listening.fileno()), *OPTIONS, "asgi:application"]
workers = [
    subprocess.Popen(command, pass_fds=[listening.fileno()]) for _ in range(int(os.environ["BELFRY_BENCH_CORES"]))
]


def stop(*_):
    for worker in workers:
        worker.terminate()


signal.signal(signal.SIGTERM, stop)
try:
    urlopen(f"http://127.0.0.1:{PORT}/", timeout=60)
except HTTPError:
    os.write(3, b"ready\n")  # 404: there is no such page
os.close(3)
for worker in workers:
    worker.wait()
