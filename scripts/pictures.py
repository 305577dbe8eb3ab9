"""Pictures as small PNG files without a date in them. Used by ``screenshots.py``."""

from __future__ import annotations

import base64
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"

# Counts the colours of a picture, keeps the 256 that matter most and gives every point the nearest.
INDEXED = """async (source) => {
  const image = await createImageBitmap(await (await fetch(source)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const points = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
  const counts = new Map();
  for (const point of points) counts.set(point, (counts.get(point) ?? 0) + 1);
  const parts = (point) => [point & 255, (point >> 8) & 255, (point >> 16) & 255];
  const apart = (a, b) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([at]) => parts(at));
  const palette = [];
  for (const least of [64, 27, 12, 3, 0]) {
    for (const colour of sorted) {
      if (palette.length === 256) break;
      if (palette.every((other) => apart(colour, other) > least)) palette.push(colour);
    }
  }
  const nearest = new Map();
  for (const point of counts.keys()) {
    const colour = parts(point);
    let best = 0;
    palette.forEach((other, at) => {
      if (apart(colour, other) < apart(colour, palette[best])) best = at;
    });
    nearest.set(point, best);
  }
  const indexes = Uint8Array.from(points, (point) => nearest.get(point));
  let text = "";
  for (let at = 0; at < indexes.length; at += 32768) {
    text += String.fromCharCode(...indexes.subarray(at, at + 32768));
  }
  return { width: image.width, height: image.height, palette: palette.flat(), indexes: btoa(text) };
}"""

# The picture at the top of the README: three steps, side by side.
TOGETHER = """<!doctype html><style>
body { margin: 0; width: 1300px; padding: 44px 0; background: #e9e0cd;
  display: flex; justify-content: center; gap: 34px }
img { width: 384px; border-radius: 10px; outline: 1px solid #b9ab90 }
</style>"""
TOGETHER_OF = ("loop-words-phone-light", "loop-hear-phone-light", "loop-see-phone-dark")


def write(studio: Page, path: Path, raw: bytes) -> None:
    """Write a picture with a palette of at most 256 colours, without a date in it."""
    source = "data:image/png;base64," + base64.b64encode(raw).decode()
    found = studio.evaluate(INDEXED, source)
    width, height = found["width"], found["height"]
    indexes = base64.b64decode(found["indexes"])
    rows = b"".join(b"\0" + indexes[at : at + width] for at in range(0, width * height, width))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"PLTE", bytes(found["palette"]))
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def chunk(kind: bytes, content: bytes) -> bytes:
    """A part of a PNG file: its length, kind, content and check sum."""
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def put_together(studio: Page) -> None:
    """The picture at the top of the README."""
    sources = [IMAGES / f"{name}.png" for name in TOGETHER_OF]
    if not all(path.is_file() for path in sources):
        return
    studio.set_viewport_size({"width": 1300, "height": 920})
    images = "".join(
        f'<img src="data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}">'
        for path in sources
    )
    studio.set_content(TOGETHER + images)
    studio.evaluate("Promise.all([...document.images].map((image) => image.decode()))")
    write(studio, IMAGES / "second-voice.png", studio.screenshot())
