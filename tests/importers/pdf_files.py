"""PDF files made by hand: lines at places, in a font that any character has a code in."""

from __future__ import annotations

from dataclasses import dataclass

FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /None /Encoding /Identity-H "
    "/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
)
DESCENDANT = (
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /None /CIDSystemInfo "
    "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 "
    "/W [32 126 500] /FontDescriptor << /Type /FontDescriptor /FontName /None "
    "/Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 /Descent -200 "
    "/CapHeight 700 /StemV 80 >> >>"
)
UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
    "1 begincodespacerange <0000> <FFFF> endcodespacerange "
    "1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
)


@dataclass(frozen=True)
class Put:
    """A line: left and base line in points from the lower left corner, size, text."""

    left: float
    base: float
    size: float
    text: str


def pdf_of(*pages: list[Put]) -> bytes:
    """Make a document of pages in A4 (595 by 842 points).

    Characters are codes of UTF-16 in a font that is not embedded; a ToUnicode table gives the
    text layer. Han are 1 em wide, all else half of that.
    """
    kids = " ".join(f"{6 + 2 * at} 0 R" for at in range(len(pages)))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        FONT,
        DESCENDANT,
        _stream(UNICODE),
    ]
    for at, page in enumerate(pages):
        bodies.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources "
            f"<< /Font << /F 3 0 R >> >> /Contents {7 + 2 * at} 0 R >>"
        )
        bodies.append(_stream("\n".join(map(_shown, page))))
    return _file(bodies)


def _shown(put: Put) -> str:
    codes = put.text.encode("utf-16-be").hex()
    return f"BT /F {put.size} Tf 1 0 0 1 {put.left} {put.base} Tm <{codes}> Tj ET"


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def _file(bodies: list[str]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("ascii")
    start = len(out)
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(bodies) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{rows}".encode("ascii")
    out += f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode("ascii")
    return bytes(out)
