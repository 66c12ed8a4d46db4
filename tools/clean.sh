#!/bin/sh
# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
# Says what would be deleted; deletes it when called with 1.
set -eu
cd "$(dirname "$0")/.."
data=
if [ -x .venv/bin/python ]; then
    data=$(.venv/bin/python -c 'from overens.web.database import data_dir; print(data_dir())' 2>/dev/null || true)
fi
if [ -n "$data" ] && [ -f "$data/pg/postmaster.pid" ]; then
    echo "Överens is running on $data: stop it first (Ctrl-C where make run stands)."
    exit 1
fi
found=
for path in .venv .venv-eark .venv-saml build dist .pytest_cache .hypothesis .mypy_cache .ruff_cache test-results "$data"; do
    if [ -n "$path" ] && [ -e "$path" ]; then
        [ -n "$found" ] || echo "make clean deletes:"
        found=1
        case $path in
            "$data") echo "  $path   (the database with everything in it)" ;;
            *) echo "  $path" ;;
        esac
    fi
done
[ -n "$found" ] || { echo "Nothing to delete."; exit 0; }
if [ "${1:-}" != 1 ]; then
    echo "Nothing is deleted yet. To delete: make clean YES=1"
    exit 0
fi
rm -rf .venv build dist .pytest_cache .hypothesis .mypy_cache .ruff_cache test-results
[ -z "$data" ] || rm -rf "$data"
find overens -name '*.mo' -delete
echo "Deleted."
