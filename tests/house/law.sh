#!/bin/sh
# law.sh ROOT [OBJECTS]: the law of the rooms (docs/ARCHITECTURE.md) and the house
# rules that a machine can check, over the C sources under ROOT/src and ROOT/include.
# OBJECTS: a folder of their object files; what these need of others is looked at,
# too, as no spelling hides it. Prints each breach as FILE:LINE: what; exits 1 where
# there is one.
# shellcheck disable=SC2016 # awk's programs hold no variables of the shell
set -eu
objects=${2+$(cd -- "$2" && pwd)}
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
synth: base store
table: $services
feature: $services table
model: base kernel store stat
label: $services table feature model
output: $services table feature model label
crm: $services table feature model label output
run: $services table feature model label output crm
cli:
tesela: $services table feature model label output crm run synth"

# room: its wings, in the order of the flow. A wing may include the wings to its
# left and the headers at the room's door; the door may include every wing.
wings='
store: files foreign
table: cell date bytes text source names schema row ids amounts finish
feature: words records derived columns basis
model: kmeans tree comparison natural quality descriptor
label: kept rfm naming tiers rules strategies moves compare stages evolution portrait
value: rows terms search
output: csv chinese wording json report customer groundwork groups small summary export
run: places next history target compare worth
synth: scenario
cli: system ask show inputs'

# The closed list of verbs in public names, tsl_<noun>_<verb>[_<what>], and the
# nouns that are no public types; the noun of an options struct is a noun, too.
verbs='open close read write build fit predict apply defaults check get free'
nouns='clusters csv day input kernel lang manifest name number places refit report rules segments staged store summary
    text texts threads tiers tree_paths version'

# header (regular expression) of a foreign library: rooms that may include it:
# the names of its functions.
libraries='
hdf5.*[.]h|H5.*[.]h: store:H5[A-Z]*[a-z0-9_]+
gsl/.*: stat:gsl_.*
openssl/.*|xxhash[.]h: base:(EVP|OPENSSL|CRYPTO|SHA[0-9]+|XXH[0-9]*)_.*
isa-l.*|igzip_lib[.]h|zstd[.]h|lzma[.]h|lzma/.*|zlib[.]h: table:(isal|ZSTD|lzma)_.*|(in|de)flate.*
jansson[.]h: table output crm cli:json_.*
iconv[.]h: table:iconv(_open|_close)?
zip[.]h: table crm:zip_.*
xlsxwriter[.]h|xlsxwriter/.*: crm:(lxw|workbook|worksheet|format)_.*
expat[.]h: table:XML_.*
libfyaml[.]h: cli:fy_.*
.*intrin[.]h|arm_neon[.]h|cpuid[.]h: kernel:
locale[.]h: base:
regex[.]h|setjmp[.]h: :reg(comp|exec)|_*(sig)?(set|long)jmp'

# function (regular expression): rooms that may use it: why. A function is used
# where it is called and where its name stands for its address.
calls='
v?f?w?printf|f?putw?[sc]|putw|putw?char|w?perror|psignal|fwrite|f?write_unlocked: cli: the library never prints
p?writev?|pwritev2|v?dprintf|send(file|to|msg)?|splice|copy_file_range: store cli: what is written goes out through the store
_?exit|_Exit|(at_)?quick_exit|abort|atexit|on_exit|assert|raise|p?kill|tgkill: cli: the library never ends the program
__assert_(perror_)?fail: cli: the library never ends the program
trap|unreachable: base: the library never ends the program, save where TSL__ASSERT does
signal|bsd_signal|sigaction|sigprocmask|pthread_sigmask|alarm|setitimer: cli: the library never changes the handlers of its host
(secure_)?getenv: kernel cli: the library reads the environment for TESELA_KERNEL alone
setenv|unsetenv|putenv|clearenv: : the environment is read for TESELA_KERNEL and TMPDIR alone
strto(d|f|ld)_l|(new|use|dup|free)locale: base: numbers are read by base/text.h, free of the locale
setlocale|localeconv|strto(d|f|ld)|atof|v?[fs]?w?scanf: : numbers are read by base/text.h, free of the locale
ato(i|l|ll)|gets|v?sprintf|strcat|alloca(_with_align)?|system|popen|v?fork|posix_spawnp?|exec[lv]p?e?|fexecve: : there is a safer way
dlv?sym|dlm?open|syscall: : what is called is called by its name
asm|__asm|__asm__: kernel: what is called is called by its name
s?rand|rand_r|s?random(_r)?|(init|set)state(_r)?|[delmns]rand48(_r)?|arc4random.*|getrandom|getentropy: : random numbers come from base/rng.h
(m|c|re)alloc|reallocarray|p?valloc|memalign|aligned_alloc|posix_memalign|(str|mem)n?dup|v?asprintf|sbrk|mmap: base cli: memory comes through base/alloc.h
(localtime|gmtime|ctime|asctime)(_r)?|mktime|strftime|tzset: : days and times are those of base/calendar.h
_mm[0-9]*_[a-z0-9_]*|__builtin_ia32_[a-z0-9_]*|v(ld1|st1|add|mul|fma)q?_[a-z0-9_]*: kernel: intrinsics stand in the kernel room alone'

# likewise, names that are no functions.
names='
stdout|stderr: cli: the library never prints
STD(OUT|ERR)_FILENO: store cli: the library prints where a target says so
_Pragma|__pragma: : a pragma stands on a line of its own
optimize|__optimize__: : the same bits everywhere: no options of its own for a function
__m(128|256|512)[di]?|__AVX[A-Z0-9_]*|__SSE[A-Z0-9_]*: kernel: intrinsics stand in the kernel room alone'

# ---- What the checks read --------------------------------------------------------

# Reads the sources once and writes two files of fields between tabs, comments
# taken out, lines that end in \ joined, all blanks one.
#   lines: FILE LINE KIND TEXT RAW, a line each. RAW holds the strings; in TEXT
#     they are "", those that print a floating-point number "%g".
#   statements: FILE LINE KIND TEXT END, a declaration or statement each, with the
#     line on which it begins and that on which it ends. It goes up to its ; or {,
#     or to the } around it. A } stands alone, save behind what a struct, an enum
#     or values hold: it begins the rest of the declaration.
# KIND says what a line or a statement stands in: file, struct, enum, values,
# function; a directive is one of its own.
read_sources() {
    find src include -name '*.[ch]' | sort | xargs awk -v lines="$1" -v statements="$2" '
        # Takes the comments out of raw; fills raw and text.
        function take_out(rest, token, kept, end) {
            kept = text = ""
            while (rest != "") {
                if (inside) {
                    end = index(rest, "*/")
                    if (!end) break
                    rest = substr(rest, end + 2)
                    inside = 0
                } else if (match(rest, /"([^"\\]|\\.)*"|\047([^\047\\]|\\.)*\047|\/\*|\/\//)) {
                    token = substr(rest, RSTART, RLENGTH)
                    kept = kept substr(rest, 1, RSTART - 1)
                    text = text substr(rest, 1, RSTART - 1)
                    if (token == "//") break
                    rest = substr(rest, RSTART + RLENGTH)
                    if (token == "/*") {
                        inside = 1
                        kept = kept " "
                        text = text " "
                    } else {
                        kept = kept token
                        gsub(/%%|%[.]0f/, "", token)
                        text = text (token ~ /^\047/ ? "0" : token ~ /%[-+#0-9.*]*[lL]?[eEfFgGaA]/ ? "\"%g\"" : "\"\"")
                    }
                } else {
                    kept = kept rest
                    text = text rest
                    break
                }
            }
            raw = kept
        }
        function say(what, last) {
            gsub(/ +/, " ", what)
            sub(/^ /, "", what)
            if (what != "" && what != " ") print file "\t" from "\t" kind[depth] "\t" what "\t" last >statements
        }
        function kind_within(head) {
            if (kind[depth] == "function") return "function"
            if (head ~ /(^| )extern ""/) return "file"
            gsub(/__attribute__ *[(][(][^)]*([(][^)]*[)])?[^)]*[)][)]/, "", head)
            if (head ~ /enum( [A-Za-z0-9_]+)? ?$/) return "enum"
            if (head ~ /(struct|union)( [A-Za-z0-9_]+)? ?$/) return "struct"
            if (head ~ /[=]/ || kind[depth] != "file") return kind[depth] == "struct" ? "struct" : "values"
            return "function"
        }
        # Adds the text of a line to the statements.
        function add(rest, mark) {
            while (match(rest, /[;{}]/)) {
                mark = substr(rest, RSTART, 1)
                if (pending == "") from = line
                pending = pending " " substr(rest, 1, RSTART - 1)
                rest = substr(rest, RSTART + 1)
                if (mark == ";") {
                    say(pending ";", line)
                    pending = ""
                } else if (mark == "{") {
                    say(pending " {", line)
                    gsub(/ +/, " ", pending)
                    kind[depth + 1] = kind_within(pending)
                    depth++
                    pending = ""
                } else {
                    say(pending, line)
                    from = line
                    mark = kind[depth]
                    if (depth > 0) depth--
                    pending = "}"
                    if (mark == "function" || mark == "file") {
                        say(pending, line)
                        pending = ""
                    }
                }
            }
            if (rest ~ /[^ ]/) {
                if (pending == "") from = line
                pending = pending " " rest
            }
        }
        # The branches of a condition begin where the first one began.
        function directive() {
            print file "\t" line "\tdirective\t" text "\t" line >statements
            if (text ~ /^ *# *if/) { conditions++; at[conditions] = depth; left[conditions] = pending; since[conditions] = from }
            else if (text ~ /^ *# *el/) { depth = at[conditions]; pending = left[conditions]; from = since[conditions] }
            else if (text ~ /^ *# *endif/ && conditions > 0) conditions--
        }
        FNR == 1 { file = FILENAME; inside = depth = conditions = joined = waiting = 0; pending = ""; kind[0] = "file" }
        {
            whole = joined ? whole $0 : $0
            if (!joined && !waiting) line = FNR
            joined = sub(/\\$/, "", whole)
            if (joined) next
            if (index(whole, "\t")) gsub(/\t/, " ", whole)
            if (inside || whole ~ /["\047\/]/) take_out(whole)
            else raw = text = whole
            if (waiting) { raw = before_raw raw; text = before_text text }
            # A comment does not end a directive.
            waiting = inside && text ~ /^ *#/
            if (waiting) { before_raw = raw; before_text = text; next }
            if (text !~ /[^ ]/) next
            if (text ~ /^ *#/) {
                print file "\t" line "\tdirective\t" text "\t" raw >lines
                directive()
                next
            }
            print file "\t" line "\t" kind[depth] "\t" text "\t" raw >lines
            add(text)
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
            notes[i - 1] = substr(line[i], length(field[1]) + length(field[2]) + 3)
        }
        return n - 1
    }
    function breach(what) { print $1 ":" $2 ": " what }'

check_includes() { # lines
    TABLE=$rooms awk -F '\t' "$shared"'
        BEGIN {
            n = read_table(ENVIRON["TABLE"], name, may)
            for (i = 1; i <= n; i++) { allowed[name[i]] = may[i]; is_room[name[i]] = 1 }
        }
        $4 ~ /^ *# *(include|import)/ {
            room = room_of($1)
            if (!(room in is_room)) { breach(room " is no room of the table in tests/house/law.sh"); next }
            header = $5
            if (header !~ /[<"]/) { breach("the name of a header stands where it is included"); next }
            sub(/^[^<"]*[<"]/, "", header)
            sub(/[>"].*/, "", header)
            if (header ~ /^tesela\//) {
                other = header
                sub(/^tesela\//, "", other)
                sub(/[.]h$/, "", other)
                if (room == "cli") next
            } else if ($5 ~ /"/) {
                other = header ~ /\// ? header : room
                sub(/\/.*/, "", other)
            } else next
            if (other != room && !has(allowed[room], other)) breach(room " may not include " other ": " header)
        }'
}

check_wings() { # lines
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
            if ($4 !~ /^ *# *(include|import)[a-z_]* *"/) next
            header = $5
            sub(/^[^"]*"/, "", header)
            sub(/".*/, "", header)
            other = wing_of(header)
            if (room_of($1) == substr(header, 1, index(header, "/") - 1) && other != "" && place[other] > place[here])
                breach(here " may not include " other ": " header)
        }'
}

# A public function is named for a noun and a verb of the lists, and exported.
check_verbs() { # statements
    VERBS=$verbs NOUNS=$nouns awk -F '\t' "$shared"'
        BEGIN { n = split(ENVIRON["NOUNS"], list, " "); for (i = 1; i <= n; i++) is_noun[list[i]] }
        $1 !~ /^include[/]/ || $3 != "file" || $4 ~ /^(static|#)/ { next }
        ($4 ~ /^typedef / || $4 ~ /^}/) && match($4, /tsl_[a-z0-9_]+;$/) {
            noun = substr($4, RSTART + 4, RLENGTH - 5)
            is_noun[noun]
            if (sub(/_options$/, "", noun)) is_noun[noun]
        }
        $4 !~ /^typedef/ && match($4, /[A-Za-z0-9_]+ ?[(]/) {
            text = $4
            gsub(/__attribute__ ?[(][(].*[)][)]/, "", text)
            if (!match(text, /[A-Za-z0-9_]+ ?[(]/)) next
            count++
            name[count] = substr(text, RSTART, RLENGTH - 1)
            sub(/ $/, "", name[count])
            place[count] = $1 ":" $2
            exported[count] = text ~ /(^| )TSL_API /
        }
        function is_lawful(name, word, count, noun, i) {
            count = split(name, word, "_")
            if (word[1] != "tsl") return 0
            noun = word[2]
            for (i = 3; i <= count; i++) {
                if ((noun in is_noun) && has(ENVIRON["VERBS"], word[i])) return 1
                noun = noun "_" word[i]
            }
            return 0
        }
        END {
            for (i = 1; i <= count; i++) {
                if (!is_lawful(name[i])) print place[i] ": " name[i] " has no verb of the closed list behind its noun (both are in tests/house/law.sh)"
                if (!exported[i]) print place[i] ": a public function is TSL_API: " name[i]
            }
        }'
}

# Who calls a function that can fail looks at its status; those that fill an
# error in are asked for it in passing.
check_fallible() { # statements
    awk -F '\t' "$shared"'
        $1 ~ /[.]h$/ && $1 !~ /base[/]error[.]h$/ && $3 == "file" && $4 ~ /(^| )tsl_status (tsl|cli)_[a-z0-9_]+ ?[(]/ &&
            $4 !~ /TSL_FALLIBLE|^typedef|^static|_(fail(_[a-z]+)?|error) ?[(]/ { breach("a function that can fail is TSL_FALLIBLE: " $4) }'
}

# One meaning a name: what crosses files (a type, function, object, macro or
# enumerator of a header, a struct called tsl_) is declared in one place.
check_meanings() { # statements
    awk -F '\t' "$shared"'
        # A struct and its type are one thing, which is told once.
        function declare(name, plain) {
            plain = name
            sub(/.* /, "", plain)
            if (!(name in first)) first[name] = $1
            else if (first[name] != $1 && !told[plain, $1]++) breach(name " is declared in " first[name] " already")
        }
        function last_word(text) {
            sub(/ ?[=;,[].*/, "", text)
            sub(/.*[^A-Za-z0-9_]/, "", text)
            return text
        }
        $3 != "enum" && match($4, /(struct|union|enum) [A-Za-z0-9_]+ [{]$/) {
            name = substr($4, RSTART, RLENGTH - 2)
            if ($1 ~ /[.]h$/ || name ~ / tsl_/) declare(name)
        }
        $1 !~ /[.]h$/ { next }
        $3 == "directive" {
            if ($4 ~ /^ *# *define /) { name = $4; sub(/^ *# *define */, "", name); sub(/[^A-Za-z0-9_].*/, "", name); if (name !~ /_H$/) declare(name) }
            next
        }
        $3 == "enum" {
            text = $4
            while (gsub(/[(][^()]*[)]/, "", text)) continue
            count = split(text, item, ",")
            for (i = 1; i <= count; i++) { name = item[i]; gsub(/=.*| /, "", name); if (name != "") declare(name) }
            next
        }
        $3 != "file" { next }
        $4 ~ /[{]$/ && ($4 ~ /^typedef / || $4 !~ /[(]/) { of_type = $4 ~ /^typedef /; next }
        $4 ~ /^}./ { if (of_type) declare(last_word($4)); next }
        $4 ~ /^typedef / {
            if (match($4, /[(] ?[*] ?[A-Za-z0-9_]+ ?[)]/)) { name = substr($4, RSTART, RLENGTH); gsub(/[^A-Za-z0-9_]/, "", name) }
            else name = last_word($4)
            declare(name)
            next
        }
        {
            text = $4
            gsub(/__attribute__ ?[(][(].*[)][)]/, "", text)
            if (match(text, /[A-Za-z0-9_]+ ?[(]/)) { name = substr(text, RSTART, RLENGTH - 1); sub(/ $/, "", name); declare(name) }
            else if (text ~ /(^| )extern .*;/ && text !~ /extern ""/) declare(last_word(text))
        }'
}

# The name of a file tells what it is about, so that no two share it; the header
# of a source, and the public header of a room, are one with it.
check_filenames() {
    find src include -name '*.[ch]' | sort | awk '
        { name = $0; sub(/.*[/]/, "", name); if (name in first) print $0 ":1: " first[name] " has this name already"; first[name] = $0 }'
}

check_libraries() { # lines
    TABLE=$libraries awk -F '\t' "$shared"'
        BEGIN { n = read_table(ENVIRON["TABLE"], header, may) }
        $4 ~ /^ *# *(include|import)/ {
            for (i = 1; i <= n; i++)
                if ($5 ~ "[<\"](" header[i] ")[>\"]" && !has(may[i], room_of($1)))
                    breach("this library belongs to another room (" may[i] "): " $5)
        }'
}

# A name that the calls or names hold, wherever it stands, but as a member: behind
# a point or an arrow, or declared in a struct.
check_uses() { # lines
    CALLS=$calls NAMES=$names awk -F '\t' "$shared"'
        BEGIN {
            calls = read_table(ENVIRON["CALLS"], word, may, why)
            n = read_table(ENVIRON["NAMES"], more, may_more, why_more)
            for (i = 1; i <= n; i++) { word[calls + i] = more[i]; may[calls + i] = may_more[i]; why[calls + i] = why_more[i] }
            n += calls
            any = word[1]
            for (i = 2; i <= n; i++) any = any "|" word[i]
            any = "(^|[^A-Za-z0-9_])(__builtin_)?(" any ")($|[^A-Za-z0-9_])"
            for (i = 1; i <= n; i++) exact[i] = "^(__builtin_)?(" word[i] ")$"
        }
        $4 ~ any && $4 !~ /^ *# *(include|import)/ {
            room = room_of($1)
            rest = $4
            sub(/^ *# *pragma omp atomic (read|write)/, "", rest)
            gsub(/__attribute__ ?[(][(]format ?[(][a-z_]*printf[a-z_]*,/, "", rest)
            before = ""
            while (match(rest, /[A-Za-z_][A-Za-z0-9_]*/)) {
                used = substr(rest, RSTART, RLENGTH)
                before = before substr(rest, 1, RSTART - 1)
                rest = substr(rest, RSTART + RLENGTH)
                member = before ~ /([.]|->) *$/ && before !~ /[.][.][.] *$/
                before = used
                if (member) continue
                for (i = $3 == "struct" ? calls + 1 : 1; i <= n; i++)
                    if (used ~ exact[i]) {
                        if (!has(may[i], room)) breach(used ":" why[i])
                        break
                    }
            }
        }'
}

# Pragmas that would change results or hide warnings; signs that hide a directive.
check_pragmas() { # lines
    awk -F '\t' "$shared"'
        $4 ~ /%:|<%|%>|<:|:>|[?][?][=\/()!<>-]/ { breach("a sign is written as itself, not as a digraph or trigraph") }
        $4 !~ /^ *# *pragma/ && $4 !~ /fast-math|FP_CONTRACT/ { next }
        $4 ~ /pragma omp.*reduction *[(][^:)]*[-+*&|]/ || $4 ~ /pragma omp declare/ { breach("the order of this reduction depends on the threads: add in block order") }
        $4 ~ /pragma omp atomic/ && $4 !~ /pragma omp atomic (read|write)( |$)/ { breach("the order of this sum depends on the threads: add in block order") }
        $4 ~ /pragma *(GCC|clang) *(diagnostic|optimize|system_header)/ { breach("warnings are mended, not silenced") }
        $4 ~ /fast-math|FP_CONTRACT/ { breach("the same bits everywhere: no fast math") }'
}

# snprintf writes a decimal point by the locale; the functions of base do not.
check_formats() { # statements
    awk -F '\t' "$shared"'
        $4 ~ /snprintf.*"%g"/ && room_of($1) != "cli" && $4 ~ /(^|[^A-Za-z0-9_])v?snprintf ?[(].*"%g"/ {
            breach("snprintf writes this number by the locale: use base/text.h")
        }'
}

check_length() { # statements
    awk -F '\t' "$shared"'
        $3 != "file" { next }
        $4 ~ /[{]$/ { begin = $4 ~ /[(]/ ? $5 : 0; name = $4; sub(/ ?[(].*/, "", name); sub(/.*[ *]/, "", name) }
        $4 ~ /^}/ {
            if (begin && $5 - begin - 1 > 70) print $1 ":" begin ": " name " has " $5 - begin - 1 " lines (70 at most)"
            begin = 0
        }'
}

# A file-local function may share its name with that of another file, but not what
# it does, too: that is written once.
check_copies() { # statements
    awk -F '\t' "$shared"'
        function close_function() {
            if (text == "") return
            if (!(text in first)) first[text] = $1
            else if (first[text] != $1) print place ": " name " stands in " first[text] " likewise: write it once"
            text = ""
        }
        $3 == "file" && $4 ~ /^static .*[(].*[)] [{]$/ {
            place = $1 ":" $2
            name = $4
            sub(/ ?[(].*/, "", name)
            sub(/.*[ *]/, "", name)
            text = $4
            next
        }
        $3 == "file" && $4 == "}" { close_function() }
        $3 == "file" { text = "" }
        $3 != "file" && text != "" { text = text " " $4 }'
}

# What the objects of a room need of others: the functions of foreign libraries, and
# the calls and names above, by whatever spelling. The C library has some under
# names of its own: __printf_chk, __isoc99_sscanf.
check_imports() { # objects
    find "$objects" -name '*.o' | sort | while read -r object; do
        file=${object#*.dir/}
        [ ! -e "src/${file%.o}" ] || printf '%s\n' "$object"
    done >"$work/objects"
    [ -s "$work/objects" ] || {
        echo "$objects:1: holds no object of a source: looked in the wrong place?"
        return
    }
    xargs nm -A <"$work/objects" | LIBRARIES=$libraries CALLS=$calls NAMES=$names awk "$shared"'
        BEGIN {
            calls = read_table(ENVIRON["CALLS"], word, may, why)
            n = read_table(ENVIRON["NAMES"], more, may_more, why_more)
            for (i = 1; i <= n; i++) { word[calls + i] = more[i]; may[calls + i] = may_more[i]; why[calls + i] = why_more[i] }
            n += calls
            libraries = read_table(ENVIRON["LIBRARIES"], header, may_more, more)
            for (i = 1; i <= libraries; i++)
                if (more[i] != "") { word[++n] = more[i]; may[n] = may_more[i]; why[n] = " this library belongs to another room (" may[n] ")" }
            for (i = 1; i <= n; i++) exact[i] = "^(" word[i] ")$"
        }
        # Gives the first entry that the name falls under, or 0.
        function entry_of(name, i) {
            for (i = 1; i <= n; i++) if (name ~ exact[i]) return i
            if (sub(/^__isoc[0-9]+_/, "", name) || (sub(/_chk$/, "", name) && sub(/^__/, "", name)) || sub(/64$/, "", name)) return entry_of(name)
            return 0
        }
        $(NF - 1) != "U" { next }
        {
            file = $1
            sub(/[.]o:.*/, "", file)
            sub(/.*[.]dir[/]/, "", file)
            name = $NF
            sub(/@.*/, "", name)
            if (!(name in entry)) entry[name] = entry_of(name)
        }
        entry[name] && !has(may[entry[name]], room_of("src/" file)) { print "src/" file ":1: its object needs " name ":" why[entry[name]] }'
}

# The opening comments are read in the files as they are.

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

# ---- All of them -----------------------------------------------------------------

work=$(mktemp -d "${TMPDIR:-/tmp}/tesela-law-XXXXXX")
trap 'rm -rf "$work"' EXIT
read_sources "$work/lines" "$work/statements"
{
    for check in includes wings libraries uses pragmas; do
        "check_$check" <"$work/lines"
    done
    for check in verbs fallible meanings formats length copies; do
        "check_$check" <"$work/statements"
    done
    check_filenames
    check_comments
    [ -z "$objects" ] || check_imports
} >"$work/breaches"
cat "$work/breaches"
[ ! -s "$work/breaches" ]
