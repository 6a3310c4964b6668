#!/bin/sh
# listed.sh ROOT: docs/README.md has a link to every page of docs/, but for those that stand in a list of their own folder.
set -eu
cd -- "$1/docs"
status=0
for page in *.md */*.md; do
    case $page in
    README.md) continue ;;
    decisions/* | scenarios/*) list=${page%/*}/README.md name=${page#*/} ;;
    *) list=README.md name=$page ;;
    esac
    [ "$name" = README.md ] || grep -qF "]($name)" "$list" || {
        echo "docs/$page: no link in docs/$list"
        status=1
    }
done
exit "$status"
