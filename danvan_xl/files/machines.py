"""The other machine a path leads to: touching such a path sends that machine a log-on.

Only the text is looked at, so that nothing is touched; Windows' ways of writing are known anywhere.
"""

import re

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):(\\*)(.*)", re.IGNORECASE | re.DOTALL)
_DRIVE = re.compile(r"[a-z]:", re.IGNORECASE)
_DEVICES = ("?", ".", "??")  # what \\?\UNC\server, \\.\UNC\server and \??\UNC\server begin with
_NETWORK = ("unc", "mup", "lanmanredirector", "webdavredirector")
_VOLUME = "volume{"
_THIS_ONE = ("localhost", "127.0.0.1", "[::1]")


def machine_of(path: str) -> str:
    """The machine a path or an address leads to, "" where it stays on this one.

    A drive letter stays, also one that stands for a folder of the network: it was connected before.
    """
    text = path.strip().strip("\"'").strip().replace("/", "\\")
    if (found := _SCHEME.fullmatch(text)) is not None:
        scheme, slashes, rest = found.groups()
        if scheme.casefold() == "file":
            return _in_file_address(slashes, rest)
        return _host(rest.partition("\\")[0]) if len(slashes) > 1 else ""
    is_of_network = text.startswith(("\\\\", "\\??\\"))
    return _in_names(text) if is_of_network else ""


def leads_elsewhere(path: str, start: str) -> str:
    """The machine a path leads to, "" where it stays on this one or on that of `start`."""
    machine = machine_of(path)
    is_same = machine.rstrip(".").casefold() == machine_of(start).rstrip(".").casefold()
    return "" if is_same else machine


def _in_file_address(slashes: str, rest: str) -> str:
    """The machine of file://server/folder and file:////server/folder."""
    if _DRIVE.match(rest) or len(slashes) in (0, 1, 3):
        return ""
    return _in_names(f"\\\\{rest}")


def _in_names(text: str) -> str:
    """The machine in a path that begins with two slashes, or with those of a device."""
    names = [name for name in text.split("\\") if name]
    if not names or names[0] not in _DEVICES:
        return _host(names[0]) if names else ""
    device = names[1] if len(names) > 1 else ""
    if _DRIVE.match(device) or device.casefold().startswith(_VOLUME):
        return ""
    keys = [name.casefold() for name in names]
    at = next((keys.index(key) for key in _NETWORK if key in keys), None)
    if at is None:
        return ""
    servers = (name for name in names[at + 1 :] if not name.startswith(";"))
    return _host(next(servers, ""))


def _host(name: str) -> str:
    """The machine of "server", "server@SSL@8443", "user@server:445"; "" where it is this one."""
    first, _, last = name.partition("@")
    is_port = not last or last.casefold().startswith("ssl") or last.isdecimal()
    host = re.sub(r":\d*$", "", first if is_port else name.rpartition("@")[2])
    return "" if host.casefold() in _THIS_ONE else host
