#!/bin/sh
# run.sh PAGE FOLDER PROGRAM_FOLDER PYTHON...: does what a page of the docs says,
# in a fresh FOLDER with the project's datasets/. Blocks to be done are fenced and
# follow a line
#   <!-- test: file NAME -->   the block is written to NAME
#   <!-- test: run -->         the block is run by sh
#   <!-- test: prints -->      its lines are among those that the last run printed
#   <!-- test: prints all -->  it is what the last run printed; with TESELA_GOLDEN=write the page is made to say that
#   <!-- test: python -->      the block is run by PYTHON (left out where that exits 77)
set -eu
page=$1 folder=$2 programs=$3
shift 3
root=$(cd -- "$(dirname -- "$0")/../.." && pwd)
rm -rf "$folder"
mkdir -p "$folder"
ln -s "$root/datasets" "$folder/datasets"
awk '
    /^<!-- test: / { action = $3 == "prints" && $4 == "all" ? "all" : $3; name = $4; next }
    /^ *```/ && action != "" && !inside {
        inside = 1
        if (action == "file") print "cat > \"" name "\" <<\"END_OF_BLOCK\""
        if (action == "run") print "{"
        if (action == "prints" || action == "all") print "cat > shown <<\"END_OF_BLOCK\""
        if (action == "python") print "cat > block.py <<\"END_OF_BLOCK\""
        next
    }
    /^ *```/ && inside {
        inside = 0
        print action == "run" ? "} >printed" : "END_OF_BLOCK"
        if (action == "prints") print "compare_shown"
        if (action == "all") print "compare_all"
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
compare_shown() {
    if grep -vxFf printed shown; then
        echo "$page: these lines are not printed; printed was:"
        cat printed
        exit 1
    fi
}
# The blocks that show all, as they are to be, one behind the other with a line "```" between.
compare_all() {
    { cat printed; echo '```'; } >>all
    [ "${TESELA_GOLDEN-}" = write ] || cmp -s printed shown || {
        echo "$page: this is not what is printed (-: the page):"
        diff -u shown printed
        exit 1
    }
}
rewrite_page() {
    awk '
        /^<!-- test: prints all -->/ { pending = 1 }
        pending == 2 && /^```/ { pending = 0; print; next }
        pending == 2 { next }
        { print }
        pending == 1 && /^```/ { while ((getline line < "all") > 0 && line != "```") print line; pending = 2 }
    ' "$page" >page.md
    cat page.md >"$page"
}
cd "$folder"
PATH=$programs:$PATH
set -x
# shellcheck disable=SC1091
. ./page.sh
set +x
[ "${TESELA_GOLDEN-}" != write ] || [ ! -e all ] || rewrite_page
