"""A QR code as an SVG, drawn fast: a thousand cards wait for it.

The mask is fixed, because trying all eight takes five times as long and no reader needs it.
Rows of dark modules are drawn as one path, which Typst sets faster than rectangles of its own.
"""

from collections.abc import Iterator

import segno

MASK = 4


def svg(text: str) -> str:
    """The code of `text`, one unit a module, black, without the quiet zone around it.

    Error correction M: a card may be scratched. Raises segno's DataOverflowError for a text
    that no QR code can hold.
    """
    code = segno.make_qr(text, error="m", boost_error=False, mask=MASK)
    size = len(code.matrix)
    path = "".join(f"M{x} {y}h{width}v1h-{width}z" for x, y, width in _runs(code.matrix))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        f'shape-rendering="crispEdges"><path d="{path}"/></svg>'
    )


def _runs(matrix: tuple[bytearray, ...]) -> Iterator[tuple[int, int, int]]:
    """Where dark modules stand in a row: column, row, how many."""
    for y, row in enumerate(matrix):
        end = 0
        while (start := row.find(1, end)) >= 0:
            end = row.find(0, start)
            if end < 0:
                end = len(row)
            yield start, y, end - start
