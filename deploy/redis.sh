#!/bin/sh
# Starts Redis with redis.conf (beside this file). The password is taken from the environment and passed on standard
# input, so that it does not appear in process lists.
set -eu
exec redis-server "$(dirname "$0")/redis.conf" "$@" - <<END
requirepass ${REDIS_PASSWORD:?REDIS_PASSWORD is empty; make secrets writes one.}
END
