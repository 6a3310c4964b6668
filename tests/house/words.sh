#!/bin/sh
# words.sh ROOT: no note to oneself stands in the tree (issues are for those),
# no file has trailing blanks or lacks its last newline.
set -eu
cd -- "$1"
marks='TO''DO|FIX''ME|XX''X|HA''CK'
status=0
files() {
    find CMakeLists.txt CMakePresets.json dev README.md CHANGELOG.md .ci bench datasets docs include src tests \
        \( -name '*.c' -o -name '*.h' -o -name '*.sh' -o -name '*.md' -o -name '*.cmake' -o -name 'CMakeLists.txt' \
        -o -name '*.py' -o -name '*.js' -o -name '*.yaml' -o -name '*.json' -o -name dev -o -name run \) -type f \
        2>/dev/null
}
files | xargs grep -nEw "$marks" && status=1
files | xargs grep -nE '[[:blank:]]+$' && status=1
for file in $(files); do
    [ -z "$(tail -c 1 "$file")" ] || {
        echo "$file: no newline at its end"
        status=1
    }
done
exit "$status"
