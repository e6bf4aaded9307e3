"""A tenant's logo is a file from outside: only a plain SVG drawing is let in."""

import re
from functools import lru_cache

from lxml import etree

from runde.engine.typeset.errors import UnsafeLogo

_LARGEST = 200_000
_REFERRING = ("href", "src")
_FORBIDDEN = frozenset({"script", "foreignObject", "image", "style", "iframe", "a", "animate", "set"})


@lru_cache(maxsize=64)
def check_logo(svg: str | None) -> None:
    """Raises UnsafeLogo unless the text is an SVG without scripts, styles, pictures or outside references."""
    if svg is not None:
        check_drawing(svg)


def check_drawing(svg: str) -> None:
    """As `check_logo`, for a drawing of our own that has words of others in it."""
    if len(svg) > _LARGEST:
        raise UnsafeLogo(f"Logoen er for stor. Den kan ha høyst {_LARGEST} tegn som SVG.")
    root = _parse(svg)
    if etree.QName(root).localname != "svg":
        raise UnsafeLogo("Logoen er ikke en SVG-tegning.")
    for element in root.iter(etree.Element):
        _check_element(element)


def _parse(svg: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(svg.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnsafeLogo(f"Logoen er ikke gyldig SVG: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeLogo("Logoen har en DTD. Lagre den på nytt uten.")
    return root


def _check_element(element: etree._Element) -> None:
    name = etree.QName(element).localname
    if name in _FORBIDDEN:
        raise UnsafeLogo(f"Logoen har et «{name}»-element. Lagre den som en ren tegning.")
    for key, value in element.attrib.items():
        attribute = etree.QName(str(key)).localname
        outside = attribute in _REFERRING and not str(value).startswith("#")
        if outside or re.search(r"url\(\s*[^#\s]", str(value)):
            raise UnsafeLogo(f"Logoen viser til noe utenfor seg selv ({attribute}).")
