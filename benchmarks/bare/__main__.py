"""python -m benchmarks.bare PORT DIRECTORY"""

import os
import subprocess
import sys
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

from commonwire.web.serve import THREADS

port, data = int(sys.argv[1]), Path(sys.argv[2])
data.mkdir(parents=True, exist_ok=True)
os.environ["BARE_DATA"] = str(data)
os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.bare.settings"
subprocess.run(
    [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"],
    check=True,
)
Granian(
    "benchmarks.bare.wsgi:application",
    address="127.0.0.1",
    port=port,
    interface=Interfaces.WSGI,
    workers=1,
    blocking_threads=THREADS,
    blocking_threads_idle_timeout=20,
    backpressure=THREADS * 4,
    websockets=False,
    log_level="warning",
).serve()
