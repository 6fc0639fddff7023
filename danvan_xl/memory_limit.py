"""A limit to the memory of this process, so that a hostile file cannot take all there is."""

import sys
from pathlib import Path

_STATM = Path("/proc/self/statm")


def limit_memory(most: int) -> bool:
    """Let this process take `most` bytes more than it has; return whether it is held to that.

    Taking more fails as on a full computer: MemoryError, or the end of the process.
    """
    if sys.platform == "win32":
        from danvan_xl.windows_jobs import limit_on_windows

        return limit_on_windows(most)
    return _STATM.exists() and _limit_on_posix(most)


if sys.platform != "win32":

    def _limit_on_posix(most: int) -> bool:
        import resource

        pages = int(_STATM.read_text("ascii").split()[0])
        wanted = pages * resource.getpagesize() + most
        _, highest = resource.getrlimit(resource.RLIMIT_AS)
        if highest != resource.RLIM_INFINITY:
            wanted = min(wanted, highest)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, highest))
        return True
