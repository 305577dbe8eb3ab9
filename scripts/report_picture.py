"""Take the picture of the report, docs/images/report-paper.png, from the made-up year's PDF.

    python scripts/report_picture.py

It is the PDF itself that is drawn, so what it shows is what WeasyPrint makes of it.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from screenshots import FILL, IMAGES, LAST_DAY, environment

WIDTH = 760
EDGE, GAP = 28, 24
TABLE = (233, 224, 205)

# After the year: the newest answer is ticked, as somebody would do it.
MAKE = f"""{FILL}
from zoneinfo import ZoneInfo
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from secondvoice.report.forms import WeeksForm
from secondvoice.report.gathering import Span, gather
from secondvoice.report.pdf import as_pdf
from secondvoice.report.views.room import composed, day_of
with timezone.override(ZoneInfo("Europe/London")):
    zone = timezone.get_current_timezone()
    texts = gather(door, Span.up_to(today, 8), zone).texts
    asked = QueryDict(mutable=True)
    asked.setlist("tick", [text.mark for text in texts if text.mark.endswith(".answer")][:2])
    form = WeeksForm({{"weeks": "8", "last": today.isoformat()}})
    assert form.is_valid()
    context = composed(asked, door, form)[1]
    context["made"] = context["t"]["made"].format(day=day_of(today))
    sys.stdout.buffer.write(as_pdf(render_to_string("report/paper.html", context)))
"""


def main() -> int:
    """Make the report in a folder of its own, and draw its first page and its last side by side."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "d"
        data.mkdir()
        manage = [sys.executable, "-m", "secondvoice", "manage", "migrate", "--verbosity", "0"]
        subprocess.run(manage, env=environment(data), check=True)
        made = subprocess.run(
            [sys.executable, "-c", MAKE, LAST_DAY.isoformat()],
            env=environment(data),
            check=True,
            capture_output=True,
        )
    document = pypdfium2.PdfDocument(made.stdout)
    pages = [drawn(document[at]) for at in (0, len(document) - 1)]
    height = max(page.height for page in pages)
    width = sum(page.width for page in pages) + GAP * (len(pages) - 1)
    table = Image.new("RGB", (width + 2 * EDGE, height + 2 * EDGE), TABLE)
    left = EDGE
    for page in pages:
        table.paste(page, (left, EDGE))
        left += page.width + GAP
    small = table.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    (IMAGES / "report-paper.png").write_bytes(out.getvalue())
    print(f"{IMAGES / 'report-paper.png'}, {len(out.getvalue()) // 1024} KB.")
    return 0


def drawn(page: pypdfium2.PdfPage) -> Image.Image:
    """One page as a picture."""
    image: Image.Image = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
    return image


if __name__ == "__main__":
    sys.exit(main())
