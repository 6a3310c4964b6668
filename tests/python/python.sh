#!/bin/sh
# python.sh FOLDER SCRIPT ARGUMENT...: runs a Python script in the virtual
# environment that environment.sh has made in FOLDER: a test that does so
# requires the fixture `python`. Exits 77 (skipped) where it could not be made.
set -eu
venv=$1
shift
cmp -s "$(dirname -- "$0")/requirements.txt" "$venv/installed.txt" || {
    echo 'skipped: no Python with the packages of requirements.txt (see the test python/environment)'
    exit 77
}
exec "$venv/bin/python" "$@"
