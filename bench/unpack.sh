#!/bin/sh
# unpack.sh: how fast compressed input is read, and how large it is: gzip -9, zstd -19 and xz of the bundled Online Retail lines
#
#   ./dev bench unpack
#
# For each the bytes, and the seconds of reading, hashing and unpacking it
# (bench_table's first line); for gzip beside them zlib alone, by Python, where
# there is one.
set -eu
work=build/bench/unpack
mkdir -p "$work"
plain=$work/lines.csv
[ -e "$plain" ] || xz -dc datasets/online-retail/online_retail_lines.csv.xz >"$plain"
[ -e "$plain.gz" ] || gzip -9 -c "$plain" >"$plain.gz"
[ -e "$plain.zst" ] || zstd -q -19 "$plain" -o "$plain.zst"
cp datasets/online-retail/online_retail_lines.csv.xz "$plain.xz"
for file in "$plain" "$plain.gz" "$plain.zst" "$plain.xz"; do
    printf '%-16s %9d bytes  ' "$(basename "$file")" "$(wc -c <"$file")"
    build/bench/bench_table transactions "$file" | sed -n 's/^bytes *//p'
done
command -v python3 >/dev/null || exit 0
python3 - "$plain.gz" <<'PYTHON'
import sys, time, zlib

packed = open(sys.argv[1], "rb").read()
seconds = []
for _ in range(5):
    begin = time.perf_counter()
    zlib.decompress(packed, wbits=31)
    seconds.append(time.perf_counter() - begin)
print(f"{'zlib alone':16} {len(packed):9} bytes  {sorted(seconds)[2]:.3f} s (least {min(seconds):.3f})")
PYTHON
