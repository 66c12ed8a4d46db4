# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""eark-validator as a program of its own: run by .venv-eark's Python with a package, it prints its report as JSON.

The validator fetches its vocabularies from the net when it is imported, though they are in its wheel; here it reads
those. Nothing of what it judges is changed.
"""

import io
import sys
import urllib.request
from importlib.util import find_spec
from pathlib import Path

WHEEL = Path(find_spec("eark_validator").submodule_search_locations[0])


def from_the_wheel(address: str) -> io.BytesIO:
    return io.BytesIO((WHEEL / "ipxml" / "resources" / "vocabs" / address.rsplit("/", 1)[-1]).read_bytes())


urllib.request.urlopen = from_the_wheel

from eark_validator.packages import PackageValidator  # noqa: E402

print(PackageValidator(Path(sys.argv[1])).validation_report.model_dump_json())
