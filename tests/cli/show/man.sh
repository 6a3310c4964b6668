#!/bin/sh
# man.sh FOLDER SOURCE: the manual pages in FOLDER: there is one a command, and
# whatever formatter is there (man, groff, mandoc) has nothing to say against any.
set -eu
folder=$1 source=$2
formatters=
for name in man groff mandoc; do
    command -v "$name" >/dev/null && formatters="$formatters $name"
done
[ -n "$formatters" ] || {
    echo 'skipped: neither man, groff nor mandoc (Debian: man-db, groff, mandoc)'
    exit 77
}

# What the formatter says against a page.
said() {
    case $1 in
    man) { LC_ALL=C.UTF-8 MANROFFSEQ='' man --warnings -E UTF-8 -l -Tutf8 "$2" >/dev/null; } 2>&1 ;;
    groff) LC_ALL=C.UTF-8 groff -man -ww -Tutf8 -z "$2" 2>&1 ;;
    # They carry no date: the same sources give the same bytes.
    mandoc) mandoc -T lint -W warning "$2" 2>&1 | grep -v 'missing date' ;;
    esac
}

for command in "$source"/src/cli/cmd_*.c; do
    page=$folder/man1/tesela-$(basename "$command" .c | sed 's/^cmd_//').1
    [ -s "$page" ] || {
        echo "$page is not there"
        exit 1
    }
done
for page in "$folder"/man1/*.1 "$folder"/man5/*.5; do
    for formatter in $formatters; do
        against=$(said "$formatter" "$page" || true)
        [ -z "$against" ] || {
            echo "$page: $formatter: $against"
            exit 1
        }
    done
done
echo "rendered by$formatters"
