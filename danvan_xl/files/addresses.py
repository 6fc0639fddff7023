"""A Thư mục nhận that is no folder of this computer: s3://…, smb://…, whatever fsspec opens.

Files are listed and read there, never written. Needs the extra `cluster`, and the library of the
file system (s3fs for s3://, smbprotocol for smb://).
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

HOW_TO_INSTALL = 'pip install "danvan_xl[cluster]"'


class Address(NamedTuple):
    """The address of a folder, as it was written."""

    url: str

    def __str__(self) -> str:
        """The address without a slash at its end."""
        return self.url.rstrip("/")


class AddressError(Exception):
    """A folder that cannot be had; the text says in Vietnamese what and what to do."""


class RemoteFile(NamedTuple):
    """A file at an address; it can be read as one on disk."""

    url: str

    @property
    def name(self) -> str:
        """The file's name."""
        return PurePosixPath(self.url).name

    @property
    def suffix(self) -> str:
        """The ending of its name, with the dot."""
        return PurePosixPath(self.url).suffix

    def read_bytes(self) -> bytes:
        """What is in it. Raises OSError, whatever its file system raises."""
        import fsspec

        try:
            with fsspec.open(self.url, "rb") as stream:
                content: bytes = stream.read()
        except OSError:
            raise
        except Exception as error:  # every file system has errors of its own
            raise OSError(f"{type(error).__name__}: {error}") from error
        return content


def parse_address(text: str) -> Address | None:
    """The address that a text is, None for a path."""
    return Address(text) if "://" in text else None


def files_at(address: Address) -> Iterator[tuple[str, RemoteFile]]:
    """Every file below an address, with its name relative to it, in the order of names.

    Raises AddressError when they cannot be listed.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise AddressError(f"Chưa cài phần đọc địa chỉ mạng. Chạy: {HOW_TO_INSTALL}") from error
    try:
        system, root = url_to_fs(str(address))
        if not system.isdir(root):
            raise AddressError(f"Không thấy thư mục nhận '{address}'. Kiểm tra lại địa chỉ.")
        found = {path[len(root) :].lstrip("/"): path for path in system.find(root)}
        urls = {name: system.unstrip_protocol(path) for name, path in found.items()}
    except AddressError:
        raise
    except ImportError as error:
        raise AddressError(
            f"Thiếu thư viện để mở '{address}': {error}. Cài thư viện đó rồi chạy lại."
        ) from error
    except Exception as error:  # every file system has errors of its own
        raise AddressError(
            f"Không đọc được thư mục nhận '{address}' ({type(error).__name__}: {error}). "
            "Kiểm tra địa chỉ, mạng và quyền truy cập."
        ) from error
    for name in sorted(urls):
        yield name, RemoteFile(urls[name])
