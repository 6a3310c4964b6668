#!/bin/sh
# run.sh PAGE FOLDER PROGRAM_FOLDER PYTHON...: does what a page of the docs says,
# in a fresh FOLDER. Blocks to be done are fenced and follow a line
#   <!-- test: file NAME -->   the block is written to NAME
#   <!-- test: run -->         the block is run by sh
#   <!-- test: python -->      the block is run by PYTHON (left out where that exits 77)
set -eu
page=$1 folder=$2 programs=$3
shift 3
rm -rf "$folder"
mkdir -p "$folder"
awk '
    /^<!-- test: / { action = $3; name = $4; next }
    /^ *```/ && action != "" && !inside {
        inside = 1
        if (action == "file") print "cat > \"" name "\" <<\"END_OF_BLOCK\""
        if (action == "python") print "cat > block.py <<\"END_OF_BLOCK\""
        next
    }
    /^ *```/ && inside {
        inside = 0
        if (action != "run") print "END_OF_BLOCK"
        if (action == "python") print "python_block"
        action = ""
        next
    }
    inside { if (action == "run") sub(/^ */, ""); print }
    END { if (inside) exit 1 }
' "$page" >"$folder/page.sh"
[ -s "$folder/page.sh" ] || {
    echo "$page: no block to test"
    exit 1
}
python="$*"
export python
python_block() {
    status=0
    $python block.py || status=$?
    [ "$status" -eq 0 ] || [ "$status" -eq 77 ]
}
cd "$folder"
PATH=$programs:$PATH
set -x
# shellcheck disable=SC1091
. ./page.sh
