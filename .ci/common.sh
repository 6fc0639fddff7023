# Shared by the set-up scripts: messages, locale, and installing Debian packages without questions.

export PYTHONUTF8=1 LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

say() { printf '%s\n' "$*" >&2; }

die() {
    say "Không cài đặt được: $*"
    exit 2
}

# The package of root certificates, unless the machine has some: a bundle put there by hand, as
# behind a company's proxy, would be written over.
certificates() { [ -e /etc/ssl/certs/ca-certificates.crt ] || echo ca-certificates; }

# as_root COMMAND…: run it as root, by sudo if need be; fails without the right to.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
    else
        return 1
    fi
}

# quietly COMMAND…: its output is shown only when it fails.
quietly() {
    local log
    log=$(mktemp)
    if "$@" >"$log" 2>&1; then
        rm -f "$log"
    else
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
}

# apt_install PACKAGE…: install Debian packages; fails without apt or without the right to use it.
apt_install() {
    command -v apt-get >/dev/null || return 1
    as_root true || return 1
    say "Cài gói hệ thống: $*"
    quietly as_root apt-get update -q
    quietly as_root apt-get install -qy --no-install-recommends "$@"
}
