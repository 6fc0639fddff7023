"""The mutation tester needs fork, and newer libraries than the program itself."""

import os
from importlib.util import find_spec

if os.name == "nt" or find_spec("mutmut") is None:
    collect_ignore_glob = ["test_*.py"]
