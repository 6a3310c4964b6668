#!/bin/sh
# law.sh ROOT: the law of the rooms (docs/ARCHITECTURE.md) and the house rules
# that a machine can check, over the C sources under ROOT/src and ROOT/include.
# Prints each breach as FILE:LINE: what; exits 1 where there is one.
# shellcheck disable=SC2016 # awk's programs hold no variables of the shell
set -eu
cd -- "$1"

# ---- The tables ---------------------------------------------------------------

# room: rooms it may include besides itself.
services='base expr kernel store stat value'
rooms="
base:
expr: base
kernel: base
store: base
stat: base
value: base stat
table: $services
feature: $services table
model: base kernel store stat
label: $services table feature model
output: $services table feature model label
run: $services table feature model label output
cli:
tesela: $services table feature model label output run"

# room: its wings, in the order of the flow. A wing may include the wings to its
# left and the headers at the room's door; the door may include every wing.
wings='
table: cell source schema
model: kmeans tree quality
cli: ask show'

# The closed list of verbs in public names: tsl_<noun>_<verb>[_<what>].
verbs='open close read write build fit predict apply defaults check get free'

# header (regular expression) of a foreign library: rooms that may include it.
libraries='
hdf5.*[.]h|H5.*[.]h: store
gsl/.*: stat
openssl/.*|xxhash[.]h: base
isa-l.*|igzip_lib[.]h|zstd[.]h|lzma[.]h|lzma/.*|zlib[.]h: table
jansson[.]h: table output cli
libfyaml[.]h: cli
.*intrin[.]h|arm_neon[.]h|cpuid[.]h: kernel
locale[.]h: base
regex[.]h|setjmp[.]h: '

# function (regular expression): rooms that may call it: why.
calls='
v?printf|puts|putchar|perror: cli: the library never prints
exit|_exit|_Exit|quick_exit|abort|atexit|assert: cli: the library never ends the program
signal|sigaction|raise: cli: the library never changes the handlers of its host
(secure_)?getenv|setenv|putenv: kernel: the environment is read for TESELA_KERNEL alone
setlocale|localeconv|strto(d|f|ld)|atof|[fs]?scanf: : numbers are read by base/text.h, free of the locale
ato(i|l|ll)|gets|v?sprintf|strcat|alloca|system|popen: : there is a safer way
s?rand|s?random|[dls]rand48: : random numbers come from base/rng.h
(m|c|re)alloc|aligned_alloc|posix_memalign|strn?dup|v?asprintf: base cli: memory comes through base/alloc.h
_mm[0-9]*_[a-z0-9_]*|__builtin_ia32_[a-z0-9_]*|v(ld1|st1|add|mul|fma)q?_[a-z0-9_]*: kernel: intrinsics stand in the kernel room alone'

# likewise, names that are no calls.
names='
stdout|stderr: cli: the library never prints
__m(128|256|512)[di]?|__AVX[A-Z0-9_]*|__SSE[A-Z0-9_]*: kernel: intrinsics stand in the kernel room alone'

# ---- The sources without comments ----------------------------------------------

# Prints FILE<TAB>LINE<TAB>TEXT with comments taken out and texts kept.
code() {
    find src include -name '*.[ch]' | sort | xargs awk '
        FNR == 1 { inside = 0 }
        {
            rest = $0
            kept = ""
            while (rest != "") {
                if (inside) {
                    end = index(rest, "*/")
                    if (!end) break
                    rest = substr(rest, end + 2)
                    inside = 0
                } else if (match(rest, /"([^"\\]|\\.)*"|\047([^\047\\]|\\.)*\047|\/\*|\/\//)) {
                    token = substr(rest, RSTART, RLENGTH)
                    kept = kept substr(rest, 1, RSTART - 1)
                    if (token == "//") break
                    rest = substr(rest, RSTART + RLENGTH)
                    if (token == "/*") inside = 1
                    else kept = kept token
                } else {
                    kept = kept rest
                    break
                }
            }
            if (kept !~ /^[ \t]*$/) print FILENAME "\t" FNR "\t" kept
        }'
}

# ---- The checks: each prints its breaches ---------------------------------------

# Functions that the awk programs share: the room of a file, and words in a list.
shared='
    function room_of(file, part) {
        split(file, part, "/")
        if (part[1] == "src") return part[2]
        sub(/[.]h$/, "", part[3])
        return part[3]
    }
    function has(list, word) { return index(" " list " ", " " word " ") > 0 }
    function read_table(text, keys, values, notes, line, n, i, field) {
        n = split(text, line, "\n")
        for (i = 2; i <= n; i++) {
            split(line[i], field, ":")
            keys[i - 1] = field[1]
            values[i - 1] = field[2] " "
            notes[i - 1] = field[3]
        }
        return n - 1
    }
    function breach(what) { print $1 ":" $2 ": " what }'

check_includes() {
    TABLE=$rooms awk -F '\t' "$shared"'
        BEGIN {
            n = read_table(ENVIRON["TABLE"], name, may)
            for (i = 1; i <= n; i++) { allowed[name[i]] = may[i]; is_room[name[i]] = 1 }
        }
        $3 ~ /^[ \t]*#[ \t]*include/ {
            room = room_of($1)
            if (!(room in is_room)) { breach(room " is no room of the table in tests/house/law.sh"); next }
            header = $3
            sub(/^[^<"]*[<"]/, "", header)
            sub(/[>"].*/, "", header)
            if (header ~ /^tesela\//) {
                other = header
                sub(/^tesela\//, "", other)
                sub(/[.]h$/, "", other)
                if (room == "cli") next
            } else if ($3 ~ /"/) {
                other = header ~ /\// ? header : room
                sub(/\/.*/, "", other)
            } else next
            if (other != room && !has(allowed[room], other)) breach(room " may not include " other ": " header)
        }'
}

check_wings() {
    TABLE=$wings awk -F '\t' "$shared"'
        BEGIN {
            n = read_table(ENVIRON["TABLE"], name, list)
            for (i = 1; i <= n; i++) {
                count = split(list[i], wing, " ")
                for (j = 1; j <= count; j++) place[name[i] "/" wing[j]] = j
            }
        }
        function wing_of(path, part) { return split(path, part, "/") == 3 ? part[1] "/" part[2] : "" }
        $1 ~ /^src[/]/ {
            here = wing_of(substr($1, 5))
            if (here == "") next
            if (!(here in place)) { if (!said[here]++) breach(here " is no wing of the table in tests/house/law.sh"); next }
            if ($3 !~ /^[ \t]*#[ \t]*include[ \t]*"/) next
            header = $3
            sub(/^[^"]*"/, "", header)
            sub(/".*/, "", header)
            other = wing_of(header)
            if (room_of($1) == substr(header, 1, index(header, "/") - 1) && other != "" && place[other] > place[here])
                breach(here " may not include " other ": " header)
        }'
}

# A public function is named for a verb of the list.
check_verbs() {
    VERBS=$verbs awk -F '\t' "$shared"'
        $1 ~ /^include[/]/ && match($3, /tsl_[a-z0-9_]+ *[(]/) && $3 ~ /TSL_API/ {
            name = substr($3, RSTART, RLENGTH)
            sub(/ *[(]$/, "", name)
            count = split(name, word, "_")
            found = 0
            for (i = 3; i <= count; i++) found += has(ENVIRON["VERBS"], word[i])
            if (!found) breach(name " has no verb of the closed list: " ENVIRON["VERBS"])
        }'
}

# Who calls a function that can fail looks at its status; those that fill an
# error in are asked for it in passing.
check_fallible() {
    awk -F '\t' "$shared"'
        $1 ~ /[.]h$/ && $1 !~ /base[/]error[.]h$/ && $3 ~ /(^|[ \t])tsl_status[ \t]+tsl_[a-z0-9_]+[(]/ &&
            $3 !~ /TSL_FALLIBLE|typedef|static|[(][*]|_(fail|error)[(]/ { breach("a function that can fail is TSL_FALLIBLE: " $3) }'
}

# One meaning a name: a type, function, macro or enumerator that crosses files
# is declared in one place.
check_meanings() {
    awk -F '\t' "$shared"'
        function declare(name) {
            if (name in first && first[name] != $1) breach(name " is declared in " first[name] " already")
            else if (!(name in first)) first[name] = $1
        }
        $1 ~ /[.]h$/ {
            text = $3
            if (text ~ /^}[ \t]*[A-Za-z_0-9]+;/) { name = text; gsub(/[} \t;]/, "", name); declare(name) }
            else if (text ~ /^[ \t]*#[ \t]*define[ \t]/) { split(text, word, /[ \t(]+/); if (word[2] !~ /_H$/) declare(word[2]) }
            else if (text ~ /^[ \t]+TSL_[A-Z0-9_]+[ \t]*(=|,|$)/) { name = text; gsub(/[ \t]*[=,].*|[ \t]/, "", name); declare(name) }
            else if (match(text, /tsl_[a-z0-9_]+[(]/) && text ~ /^[A-Za-z]/) declare(substr(text, RSTART, RLENGTH - 1))
        }'
}

# The name of a file tells what it is about, so that no two share it; the header
# of a source, and the public header of a room, are one with it.
check_filenames() {
    find src include -name '*.[ch]' | sort | awk '
        { name = $0; sub(/.*[/]/, "", name); if (name in first) print $0 ":1: " first[name] " has this name already"; first[name] = $0 }'
}

check_libraries() {
    TABLE=$libraries awk -F '\t' "$shared"'
        BEGIN { n = read_table(ENVIRON["TABLE"], header, may) }
        $3 ~ /^[ \t]*#[ \t]*include[ \t]*</ {
            for (i = 1; i <= n; i++)
                if ($3 ~ "<(" header[i] ")>" && !has(may[i], room_of($1)))
                    breach("this library belongs to another room (" may[i] "): " $3)
        }'
}

# check_uses TABLE AFTER: names of the table that are followed by AFTER.
check_uses() {
    TABLE=$1 AFTER=$2 awk -F '\t' "$shared"'
        BEGIN { n = read_table(ENVIRON["TABLE"], word, may, why) }
        $3 !~ /^[ \t]*#[ \t]*include/ {
            text = $3
            gsub(/"([^"\\]|\\.)*"/, "\"\"", text)
            text = " " text " "
            for (i = 1; i <= n; i++)
                if (match(text, "[^A-Za-z0-9_](" word[i] ")" ENVIRON["AFTER"]) && !has(may[i], room_of($1))) {
                    used = substr(text, RSTART + 1, RLENGTH - 1)
                    sub(/[^A-Za-z0-9_]+$/, "", used)
                    breach(used ":" why[i])
                }
        }'
}

check_calls() {
    check_uses "$calls" ' *[(]'
}

check_names() {
    check_uses "$names" '[^A-Za-z0-9_]'
}

# Pragmas that would change results or hide warnings.
check_pragmas() {
    awk -F '\t' "$shared"'
        $3 ~ /#[ \t]*pragma[ \t]+omp.*reduction[(] *[-+*]/ { breach("the order of this reduction depends on the threads: add in block order") }
        $3 ~ /#[ \t]*pragma[ \t]+(GCC|clang)[ \t]+(diagnostic|optimize)/ { breach("warnings are mended, not silenced") }
        $3 ~ /fast-math|FP_CONTRACT/ { breach("the same bits everywhere: no fast math") }'
}

# snprintf writes a decimal point by the locale; the functions of base do not.
check_formats() {
    awk -F '\t' "$shared"'
        {
            text = $3
            gsub(/%%|%[.]0f/, "", text)
        }
        room_of($1) != "cli" && text ~ /snprintf *[(].*"([^"\\]|\\.)*%[-+#0-9.*]*[lL]?[eEfFgGaA]/ {
            breach("snprintf writes this number by the locale: use base/text.h")
        }'
}

# The two checks below read the files as they are.

check_comments() {
    {
        find src include -name '*.[ch]' -empty
        find src include -name '*.[ch]' | sort | xargs awk '
            function look(name, text) {
                name = file
                sub(/.*[/]/, "", name)
                text = head
                sub(/^[/][*][ *]*/, "", text)
                if (head !~ /^[/][*]/ || index(text, name ": ") != 1) print file
            }
            FNR == 1 { if (file != "") look(); file = FILENAME; head = $0 }
            FNR == 2 { head = head " " $0 }
            END { if (file != "") look() }'
    } | while read -r file; do
        echo "$file:1: opens with no comment that states its idea (\"/* $(basename "$file"): ...\")"
    done
}

check_length() {
    find src include -name '*.c' | sort | xargs awk '
        /^[A-Za-z_].*[(]/ && !/;$/ { name = $0; sub(/[(].*/, "", name); sub(/.*[ *]/, "", name) }
        /^{/ { begin = FNR }
        /^}/ { if (begin && FNR - begin - 1 > 70) print FILENAME ":" begin ": " name " has " FNR - begin - 1 " lines (70 at most)"
               begin = 0 }'
}

# ---- All of them -----------------------------------------------------------------

work=$(mktemp -d "${TMPDIR:-/tmp}/tesela-law-XXXXXX")
trap 'rm -rf "$work"' EXIT
code >"$work/code"
for check in includes wings verbs fallible meanings filenames libraries calls names pragmas formats comments length; do
    "check_$check" <"$work/code" >>"$work/breaches"
done
cat "$work/breaches"
[ ! -s "$work/breaches" ]
