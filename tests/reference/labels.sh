#!/bin/sh
# labels.sh TESELA FOLDER THEN NOW CONFIG TABLES...: runs by labels.yaml in FOLDER: `then` up to the day THEN, by models and
# by `gaps`; `after`, up to NOW, the model of then applied; `evolved`, its segments gone on. CONFIG tells the columns (none:
# there is nothing to tell); what it looks up stands beside it.
set -eu
tesela=$1 folder=$2 then=$3 now=$4 config=$5
shift 5
here=$(dirname -- "$0")
for file; do
    case $file in
    --*) ;;
    *) [ -e "$file" ] || exit 77 ;;
    esac
done
rm -rf "$folder"
mkdir -p "$folder"
cp "$here/labels.yaml" "$folder/labels.yaml"
if [ "$config" != none ]; then
    cat "$config" "$here/labels.yaml" >"$folder/labels.yaml"
    ln -s "$(dirname -- "$config")"/*.csv "$folder"
fi

run() { # NAME OPTION...
    name=$1
    shift
    "$tesela" run --quiet --config "$folder/labels.yaml" --output "$folder/$name" "$@"
}

run "then" --until "$then" --evidence none --holdout 0 "$@"
run gaps --until "$then" --evidence none --holdout 0 --no-value-models "$@"
run after --until "$now" --model "$folder/then/model.h5" --previous "$folder/then" "$@"
run evolved --until "$now" --evidence none --holdout 0 --previous "$folder/then" "$@"
