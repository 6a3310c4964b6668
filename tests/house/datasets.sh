#!/bin/sh
# datasets.sh ROOT: every bundled data file has the checksum that SHA256SUMS
# gives for it, none lacks one (but the user's own CDNOW lines), and each folder's README.md names a licence and a source.
set -eu
cd -- "$1/datasets"
status=0
sha256sum --check --strict --quiet SHA256SUMS || status=1
unlisted=$(find . -mindepth 2 -type f ! -name README.md ! -name '*.yaml' ! -path ./cdnow/CDNOW_master.txt | while read -r file; do
    grep -qF "  ${file#./}" SHA256SUMS || echo "${file#./}"
done)
[ -z "$unlisted" ] || {
    echo "not in SHA256SUMS: $unlisted"
    status=1
}
for folder in */; do
    for word in Licence Source; do
        grep -qi "$word" "${folder}README.md" || {
            echo "datasets/${folder}README.md names no $word"
            status=1
        }
    done
done
exit "$status"
