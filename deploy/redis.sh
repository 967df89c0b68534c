#!/bin/sh
# Starts Redis with redis.conf, which lies beside this file. The password comes by the environment and goes in
# by standard input, so that no list of processes shows it.
set -eu
exec redis-server "$(dirname "$0")/redis.conf" "$@" - <<END
requirepass ${REDIS_PASSWORD:?REDIS_PASSWORD is empty; make secrets writes one.}
END
