#!/bin/sh
# python.sh FOLDER SCRIPT ARGUMENT...: runs a Python script with the pinned
# packages of requirements.txt, in a virtual environment that is made once, in
# FOLDER. Exits 77 (skipped) where that cannot be had.
set -eu
venv=$1
shift
here=$(dirname -- "$0")
mkdir -p "$venv"
exec 9>"$venv.lock"
flock 9 # tests run side by side
if ! cmp -s "$here/requirements.txt" "$venv/installed.txt"; then
    rm -rf "$venv"
    python3 -m venv "$venv" || {
        echo 'skipped: no Python with venv (Debian: python3-venv)'
        exit 77
    }
    "$venv/bin/pip" --quiet --disable-pip-version-check install --requirement "$here/requirements.txt" || {
        echo 'skipped: the Python packages could not be installed (no network?)'
        exit 77
    }
    cp "$here/requirements.txt" "$venv/installed.txt"
fi
exec 9>&-
exec "$venv/bin/python" "$@"
