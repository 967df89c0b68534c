#!/bin/sh
# Installs the programs that the tests start: Chromium, Firefox, Xvfb, Redis, PostgreSQL, coturn, Caddy, Node,
# gettext, and for calls over bad networks ip, tc and nft.
# Does nothing when all are there. Where it may not install, it prints the one line to type.
#
# The tests run these programs themselves, on ports of their own. What a package would start as a service is
# not wanted here, so it is kept from starting.
set -eu

has() {
    PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v "$1" >/dev/null 2>&1
}

has_postgres() {
    has initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

# Ubuntu's browsers are snaps: shut in, and not able to read the tests' folders.
is_snap() {
    case $(readlink -f "$(command -v "$1")") in */snap*) return 0 ;; esac
    head -c 4096 "$(command -v "$1")" | grep -q -a '/snap/'
}

# One of these browsers.
has_browser() {
    for browser; do
        if has "$browser" && ! is_snap "$browser"; then return 0; fi
    done
    return 1
}

has_node() {
    has node && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ]
}

is_ubuntu() {
    [ -r /etc/os-release ] && grep -q '^ID=ubuntu' /etc/os-release
}

say_and_stop() {
    echo "$1" >&2
    exit 1
}

missing=
has redis-server || missing="$missing redis-server"
has_postgres || missing="$missing postgresql"
has turnserver || missing="$missing coturn"
has caddy || missing="$missing caddy"
{ has ip && has tc; } || missing="$missing iproute2"
has nft || missing="$missing nftables"
has_node || missing="$missing nodejs"
has npm || missing="$missing npm"
has Xvfb || missing="$missing xvfb"
has xgettext || missing="$missing gettext"
# shellcheck disable=SC2086 # a list of words
if ! has_browser ${CHROMIUM:-chromium google-chrome google-chrome-stable}; then
    if is_ubuntu; then
        say_and_stop "Ubuntu's Chromium is a snap, which tests cannot drive: install Google Chrome from its .deb, or set CHROMIUM to a browser."
    fi
    missing="$missing chromium"
fi
# shellcheck disable=SC2086 # a list of words
if ! has_browser ${FIREFOX:-firefox-esr firefox}; then
    if is_ubuntu; then
        say_and_stop "Ubuntu's Firefox is a snap, which tests cannot drive: install firefox-esr from Mozilla's own packages, or set FIREFOX to a browser."
    fi
    missing="$missing firefox-esr"
fi
[ -n "$missing" ] || exit 0

has apt-get || say_and_stop "The tests need these, by the names Debian gives them:$missing"
line="sudo apt-get install --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then
    as_root=
elif has sudo && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    say_and_stop "Some programs for the tests are missing. To install them, type: $line"
fi

echo "Installing for the tests:$missing"
# A policy of 101 keeps packages from starting services (invoke-rc.d). One that is there already stays.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
    $as_root chmod 755 "$policy"
    trap '$as_root rm -f "$policy"' EXIT
fi
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of words
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends $missing >/dev/null ||
    say_and_stop "That did not work. To see why, type: $line"

# Nor shall they start with the machine.
if has systemctl && [ -d /run/systemd/system ]; then
    for package in $missing; do
        case $package in
        redis-server | postgresql | coturn | caddy)
            $as_root systemctl disable --quiet "$package" 2>/dev/null || true
            ;;
        esac
    done
fi

has_node || say_and_stop "This system's Node is older than 18. Install a newer one and try again."
