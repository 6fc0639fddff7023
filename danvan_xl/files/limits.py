"""A limit to the memory of this process, so that a hostile file cannot take all there is."""

import ctypes
import sys
from pathlib import Path

_LIMIT_PROCESS_MEMORY = 0x100
_EXTENDED_LIMITS = 9
_STATM = Path("/proc/self/statm")


def limit_memory(most: int) -> bool:
    """Let this process take `most` bytes more than it has; return whether it is held to that.

    Taking more fails as on a full computer: MemoryError, or the end of the process.
    """
    if sys.platform == "win32":
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


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION of Windows."""

    _fields_ = (
        ("per_process_user_time", ctypes.c_int64),
        ("per_job_user_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("smallest_working_set", ctypes.c_size_t),
        ("largest_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION of Windows."""

    _fields_ = (
        ("basic", BasicLimits),
        ("counts_of_reads_and_writes", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


if sys.platform == "win32":

    def limit_on_windows(most: int) -> bool:
        """Let this process take no more than `most` bytes; return whether it is held to that."""
        kernel = ctypes.WinDLL("kernel32")
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        limits = ExtendedLimits()
        limits.basic.flags = _LIMIT_PROCESS_MEMORY
        limits.process_memory = most
        size = ctypes.sizeof(limits)
        is_set = kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), size)
        process = ctypes.c_void_p(kernel.GetCurrentProcess())
        return bool(is_set and kernel.AssignProcessToJobObject(job, process))
