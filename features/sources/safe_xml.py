"""XML read as a stream, within bounds: no entities, no network, no document too large to trust."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from lxml import etree
from lxml.etree import _Element as Element

from features.errors import KizukiError

LARGEST = 256 * 2**20  # bytes; the return of a large authority is a quarter of this


def elements(path: Path, root: str, holder: str) -> Iterator[Element]:
    """Every element right under the root, and under the holder in it, one after the other.

    Each is forgotten once the next is asked for, so that a large file needs little memory. Raises
    KizukiError, with line and element, for a file that is missing, too large, not well-formed,
    breaks off, holds a document type or has another root.
    """
    _must_be_readable(path)
    with path.open("rb") as file:
        yield from _stream(path.name, file, root, holder)


def _stream(name: str, file: IO[bytes], root: str, holder: str) -> Iterator[Element]:
    last, above = "", [""]
    parser = etree.iterparse(
        file,
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    try:
        for event, element in parser:
            if event == "start":
                last = f", after line {element.sourceline}, {element.tag}"
                _must_be_plain(name, element, root)
                above.append(str(element.tag))
                continue
            tag = above.pop()
            if above == ["", root, holder] or (above == ["", root] and tag != holder):
                yield element
                _forget(element)
    except etree.XMLSyntaxError as problem:
        # the parser's own words would repeat what the file says
        raise KizukiError(
            f"{name}: line {problem.lineno or 1}: this is not well-formed XML, or it breaks "
            f"off{last}; ask for the file again"
        ) from None


def _must_be_readable(path: Path) -> None:
    if path.is_dir():
        raise KizukiError(f"{path}: is a folder, and should be a file")
    if not path.is_file():
        raise KizukiError(f"{path}: there is no such file")
    size = path.stat().st_size
    if size == 0:
        raise KizukiError(f"{path.name}: line 1: the file is empty")
    if size > LARGEST:
        raise KizukiError(
            f"{path.name}: the file is larger than {LARGEST // 2**20} MB; split it by children"
        )


def _must_be_plain(name: str, element: Element, root: str) -> None:
    if element.getparent() is not None:
        return
    here = f"{name}: line {element.sourceline}"
    if element.getroottree().docinfo.internalDTD is not None:
        raise KizukiError(f"{here}: a document type (DOCTYPE) is not allowed; take it out")
    if element.tag != root:
        raise KizukiError(f"{here}: the root element must be {root}")


def _forget(element: Element) -> None:
    """Let go of an element that has been dealt with, and of those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
