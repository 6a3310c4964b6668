#!/bin/sh
# environment.sh FOLDER [LIST]: a virtual environment in FOLDER with the pinned
# packages of LIST (else requirements.txt), unless it is there already. Exits 77
# (skipped) where that cannot be had.
set -eu
venv=$1
list=${2-$(dirname -- "$0")/requirements.txt}
if cmp -s "$list" "$venv/installed.txt"; then
    exit
fi
rm -rf "$venv"
python3 -m venv "$venv" || {
    echo 'skipped: no Python with venv (Debian: python3-venv)'
    exit 77
}
# What is never imported need not be compiled, and the list is whole: half of the time.
"$venv/bin/pip" --quiet --disable-pip-version-check install --no-compile --no-deps --requirement "$list" || {
    echo 'skipped: the Python packages could not be installed (no network?)'
    exit 77
}
cp "$list" "$venv/installed.txt"
