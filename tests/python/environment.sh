#!/bin/sh
# environment.sh FOLDER: a virtual environment in FOLDER with the pinned packages
# of requirements.txt, unless it is there already. Exits 77 (skipped) where that
# cannot be had.
set -eu
venv=$1
here=$(dirname -- "$0")
if cmp -s "$here/requirements.txt" "$venv/installed.txt"; then
    exit
fi
rm -rf "$venv"
python3 -m venv "$venv" || {
    echo 'skipped: no Python with venv (Debian: python3-venv)'
    exit 77
}
# What is never imported need not be compiled, and the list is whole: half of the time.
"$venv/bin/pip" --quiet --disable-pip-version-check install --no-compile --no-deps --requirement "$here/requirements.txt" || {
    echo 'skipped: the Python packages could not be installed (no network?)'
    exit 77
}
cp "$here/requirements.txt" "$venv/installed.txt"
