#!/bin/sh
# Runs the checks and tests, stage by stage, up to the first that fails, which is named at the end.
# Without arguments all stages but the long one, networks, else those named.
set -eu
cd "$(dirname "$0")/.."

STAGES="style python-types migrations protocol javascript-types javascript python browsers"
bin=.venv/bin
counts=$(mktemp)
trap 'rm -f "$counts"' EXIT

node_modules() {
    make --quiet node_modules/.installed
}

# The output of a runner goes on to the screen; how many tests passed is kept.
counted() {
    pattern=$1
    shift
    log=$(mktemp)
    status=0
    { "$@" 2>&1 || echo $? >"$log.failed"; } | tee "$log"
    [ ! -e "$log.failed" ] || status=$(cat "$log.failed")
    sed -nE "$pattern" "$log" | tail -n 1 >>"$counts"
    rm -f "$log" "$log.failed"
    return "$status"
}

run_stage() {
    case $1 in
    style)
        $bin/ruff check --quiet .
        $bin/ruff format --check --quiet .
        ;;
    python-types) $bin/mypy . ;;
    migrations) $bin/python manage.py makemigrations --check --dry-run ;;
    protocol) $bin/python manage.py render_protocol --check ;;
    javascript-types)
        node_modules
        npm run --silent types
        ;;
    javascript)
        node_modules
        counted 's/^(# |ℹ )pass ([0-9]+).*/\2/p' node --test tests/js/*.test.js
        ;;
    python) counted_side_by_side ;;
    browsers)
        node_modules # axe-core
        counted_pytest tests/e2e
        ;;
    networks) counted_pytest -v tests/network ;;
    *)
        echo "There is no stage '$1'; there are: $STAGES networks" >&2
        return 1
        ;;
    esac
}

# Tests of servers and their outages wait more than they work, so the two halves take little longer than one.
SERVERS="tests/server"
ELSEWHERE="$SERVERS tests/e2e tests/bench tests/network"

counted_side_by_side() {
    later=$(mktemp)
    counted_pytest "$SERVERS" >"$later" 2>&1 &
    status=0
    # shellcheck disable=SC2046,SC2086
    counted_pytest config rooms accounts tests $(printf -- '--ignore=%s ' $ELSEWHERE) || status=$?
    wait $! || status=$?
    cat "$later"
    rm -f "$later"
    return "$status"
}

counted_pytest() {
    counted 's/(^|.*[^0-9])([0-9]+) passed.*/\2/p' $bin/python -m pytest "$@"
}

began=$(date +%s)
for stage in ${*:-$STAGES}; do
    echo "=== $stage"
    # A subshell with -e, so that every line of a stage counts.
    set +e
    (set -e; run_stage "$stage")
    status=$?
    set -e
    if [ "$status" -ne 0 ]; then
        echo "FAILED in stage: $stage (again: scripts/run_tests.sh $stage)" >&2
        exit "$status"
    fi
done

total=$(awk '{sum += $1} END {print sum + 0}' "$counts")
echo "All stages passed in $(($(date +%s) - began)) s."
if [ "$total" -gt 0 ]; then
    echo "$total passed, 0 failed"
fi
