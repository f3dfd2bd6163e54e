"""Reading multipart/form-data: what both SDKs for Node send, for methods as for file contents."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message


@dataclass(frozen=True, slots=True)
class Part:
    """One field of the form; `filename` is None unless it is a file."""

    name: str
    filename: str | None
    content: bytes


def parts(body: bytes, content_type: str) -> Iterator[Part]:
    """The fields in their order. Raises ValueError where the body is not what its content type says."""
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_param("boundary")
    if not isinstance(boundary, str) or not boundary:
        raise ValueError("a multipart body needs a boundary")
    opening, *inside = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
    if opening.strip() or not inside or not inside[-1].startswith(b"--"):
        raise ValueError("the multipart body does not end")
    return (_part(piece) for piece in inside[:-1])


def _part(piece: bytes) -> Part:
    head, found, content = piece.partition(b"\r\n\r\n")
    headers = message_from_bytes(head.lstrip() + b"\r\n\r\n")
    name = headers.get_param("name", header="content-disposition")
    if not found or not isinstance(name, str):
        raise ValueError("a part without a name")
    return Part(name, headers.get_filename(), content)
