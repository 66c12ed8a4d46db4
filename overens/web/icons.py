# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our own line icons on a grid of 24, drawn with the text's colour. They never stand without words."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

SHAPES = {
    "error": "M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3zM12 7.5v5.5M12 16.4v.1",
    "warning": "M12 3.6 21.6 20H2.4zM12 10v4.6M12 17.3v.1",
    "note": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.6v.1",
    "good": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM7.8 12.3l2.9 2.9 5.5-6",
    "check": "M5 12.6l4.6 4.6L19 7",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.2l3.4 2.3",
    "circle": "M12 5.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z",
    "stop": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12h8",
    "arrow": "M4 12h15M13.5 6.5 19 12l-5.5 5.5",
    "back": "M20 12H5M10.5 6.5 5 12l5.5 5.5",
    "chevron": "M6.5 9.5 12 15l5.5-5.5",
    "theme": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M12 7l6.6-2.2M12 11.4l8.6-1M12 15.8l7.4 1.2",
    "person": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.5c.8-3.9 3.7-5.8 7.5-5.8s6.7 1.9 7.5 5.8",
    "globe": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3.3 12h17.4M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18",
    "filled": "M4 17.5V20h2.5L18.6 7.9l-2.5-2.5zM13.8 7.7l2.5 2.5M4 4h6M4 8h3.5",
    "computed": "M6 3h12v18H6zM9 6.5h6v3H9zM9 13.4v.1M12 13.4v.1M15 13.4v.1M9 17.2v.1M12 17.2v.1M15 17.2v.1",
    "paper": "M6 3h8.5L19 7.5V21H6zM14 3v5h5M9 12.5h7M9 16.5h7",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.3 15.3 20.5 20.5",
    "empty": "M4 13.5 6.8 5h10.4L20 13.5V19H4zM4 13.5h5l1.2 2.5h3.6l1.2-2.5h5",
}


def icon(name: str) -> SafeString:
    """The icon as inline SVG, hidden from screen readers. Raises KeyError for an unknown name."""
    return mark_safe(  # noqa: S308 - our own shapes only
        f'<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" '
        f'stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        f'<path d="{SHAPES[name]}"/></svg>'
    )
