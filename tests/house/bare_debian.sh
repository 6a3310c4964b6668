#!/bin/sh
# bare_debian.sh [MIRROR [VERB...]]: proves that ./dev demo and ./dev test start
# from nothing: each in a fresh minimal Debian 12 that holds git, ca-certificates
# and a clone of this repository's HEAD, and no package lists; then once more
# without a network, since everything is there. Needs root and debootstrap.
# MIRROR: where Debian comes from; default: the one this machine uses.
set -eu
here=$(cd -- "$(dirname -- "$0")/../.." && pwd)

say() {
    printf 'bare: %s\n' "$*" >&2
}

die() {
    say "$*"
    exit 1
}

[ "$(id -u)" -eq 0 ] || die "a chroot needs root"
command -v debootstrap >/dev/null || die "debootstrap is missing (apt-get install debootstrap)"

# The first Debian mirror of this machine's own sources, in either of their forms.
host_mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
        sed -n 's/^deb \(\[[^]]*] \)*\([^ ]*\) .*/\2/p; s/^URIs: *\([^ ]*\).*/\1/p' | grep '/debian/*$' | head -n 1
}

mirror=${1:-$(host_mirror)}
[ -n "$mirror" ] || die "no mirror: name one (./dev bare MIRROR)"
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- demo test

work=$(mktemp -d "${TMPDIR:-/var/tmp}/tesela-bare-XXXXXX")

clean() {
    umount "$work"/*/proc 2>/dev/null || true
    rm -rf --one-file-system "$work"
}
trap clean EXIT
trap 'exit 130' INT TERM

# inside ROOT COMMAND...: with nothing of this machine's environment but its proxy.
inside() {
    root=$1
    shift
    chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} "$@"
}

say "making a minimal Debian 12 from $mirror"
debootstrap --variant=minbase --include=git,ca-certificates bookworm "$work/base" "$mirror" >"$work/log" 2>&1 || {
    tail -n 20 "$work/log"
    die "debootstrap failed"
}
rm -rf "$work"/base/var/lib/apt/lists/*
for tool in make gcc cc cmake python3 sudo curl; do
    [ ! -e "$work/base/usr/bin/$tool" ] || die "$tool is there already: this proves nothing"
done

for verb; do
    root=$work/$verb
    cp -a "$work/base" "$root"
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    git clone --quiet --no-hardlinks "$here" "$root/root/tesela"
    mount -t proc proc "$root/proc"
    say "./dev $verb, with nothing installed"
    begin=$(date +%s)
    inside "$root" sh -c "cd /root/tesela && ./dev $verb" || die "./dev $verb failed"
    say "./dev $verb took $(($(date +%s) - begin)) s; again, without a network"
    begin=$(date +%s)
    unshare --net chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        sh -c "cd /root/tesela && ./dev $verb" >"$work/again" 2>&1 || {
        tail -n 40 "$work/again"
        die "./dev $verb failed the second time, without a network"
    }
    ! grep -q '^dev: installing' "$work/again" || die "./dev $verb installed something a second time"
    say "./dev $verb took $(($(date +%s) - begin)) s the second time"
    umount "$root/proc"
    rm -rf --one-file-system "$root"
done
say "proven: $*"
