#!/bin/sh
# Starts coturn with turnserver.conf (beside this file) and settings from the environment.
#
#   TURN_SECRET              shared with the app; at least 32 characters
#   TURN_REALM               the host name of the site
#   TURN_RELAY_ADDRESS       this machine's own IPv4 address; detected when empty
#   TURN_RELAY_ADDRESS6      this machine's public IPv6 address; when empty it relays over IPv4 only
#   TURN_EXTERNAL_ADDRESS    the public IPv4 address of a machine behind NAT, as in most clouds
#   TURN_PORT TURN_TLS_PORT  3478 and 5349
#   TURN_MIN_PORT TURN_MAX_PORT      the UDP ports it relays on, 49152 to 65535
#   TURN_USER_QUOTA TURN_TOTAL_QUOTA allocations of one person in one room, and of everybody
#   TURN_TLS_CERTIFICATE TURN_TLS_KEY    PEM files, for turns: addresses
set -eu

fail() {
    echo "coturn.sh: $1" >&2
    exit 1
}

secret=${TURN_SECRET:-}
[ "${#secret}" -ge 32 ] || fail "TURN_SECRET must have at least 32 characters; make secrets writes one."
case $secret in *[!A-Za-z0-9_.~+/=-]*) fail "TURN_SECRET takes letters, digits and _ . ~ + / = - only." ;; esac
[ -n "${TURN_REALM:-}" ] || fail "TURN_REALM is empty; it is the host name of the site."

relay=${TURN_RELAY_ADDRESS:-$(hostname -I | tr ' ' '\n' | grep -m 1 '\.')} || fail "no IPv4 address found; set TURN_RELAY_ADDRESS."
external=${TURN_EXTERNAL_ADDRESS:-$relay}
run=${TURN_RUN_DIR:-/run/coturn}
total=${TURN_TOTAL_QUOTA:-1200}
case $total in *[!0-9]*) fail "TURN_TOTAL_QUOTA takes a whole number." ;; esac

tls() {
    if [ -z "${TURN_TLS_CERTIFICATE:-}" ]; then
        printf 'no-tls\nno-dtls\n'
        return
    fi
    for file in "$TURN_TLS_CERTIFICATE" "${TURN_TLS_KEY:-}"; do
        [ -r "$file" ] || fail "cannot read the certificate or key '$file' (yet)."
    done
    printf 'cert=%s\npkey=%s\n' "$TURN_TLS_CERTIFICATE" "$TURN_TLS_KEY"
    printf 'no-tlsv1\nno-tlsv1_1\n'
}

ipv6() {
    [ -z "${TURN_RELAY_ADDRESS6:-}" ] ||
        printf '%s\n' "listening-ip=$TURN_RELAY_ADDRESS6" "relay-ip=$TURN_RELAY_ADDRESS6" \
            "allowed-peer-ip=$TURN_RELAY_ADDRESS6"
}

umask 077
certificate=$(tls)
cat "$(dirname "$0")/turnserver.conf" - >"$run/turnserver.conf" <<END
$certificate
static-auth-secret=$secret
realm=$TURN_REALM
listening-ip=$relay
relay-ip=$relay
external-ip=$external/$relay
allowed-peer-ip=$relay
$(ipv6)
listening-port=${TURN_PORT:-3478}
tls-listening-port=${TURN_TLS_PORT:-5349}
min-port=${TURN_MIN_PORT:-49152}
max-port=${TURN_MAX_PORT:-65535}
user-quota=${TURN_USER_QUOTA:-60}
total-quota=$total
bps-capacity=$((total * 250000))
userdb=$run/turndb
pidfile=$run/turnserver.pid
END
echo "coturn.sh: relaying on $relay, known to the world as $external"
exec "${TURNSERVER:-turnserver}" -c "$run/turnserver.conf"
