#!/bin/sh
# Runs the checks and tests, stage by stage, up to the first that fails, which is named at the end.
# Without arguments all stages but the long one, networks, else those named. `quick` is the round before a commit.
set -eu
cd "$(dirname "$0")/.."

STAGES="style python-types migrations protocol javascript-types javascript python browsers"
bin=.venv/bin
counts=$(mktemp)
failures=$(mktemp)
trap tell_failures EXIT

tell_failures() {
    while read -r failed; do
        echo "FAILED in stage: $failed (again: scripts/run_tests.sh $failed)" >&2
    done <"$failures"
    rm -f "$counts" "$failures"
}

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
        $bin/lint-imports --no-logo
        node_modules
        npm run --silent style
        ;;
    python-types) $bin/mypy . ;;
    migrations) $bin/python manage.py makemigrations --check --dry-run ;;
    protocol)
        $bin/python manage.py render_protocol --check
        $bin/python manage.py render_limits --check
        $bin/python scripts/house_map.py --check
        ;;
    javascript-types)
        node_modules
        npm run --silent types
        ;;
    javascript)
        node_modules
        # shellcheck disable=SC2046
        counted 's/^(# |ℹ )pass ([0-9]+).*/\2/p' node --test $(find tests/js -name "*.test.js")
        ;;
    python) counted_side_by_side ;;
    quick-python) counted_pytest --numprocesses auto --dist loadfile $QUICK_TESTS ;;
    browsers)
        node_modules # axe-core
        counted_pytest tests/e2e
        ;;
    networks) counted_pytest -v tests/network ;;
    *)
        echo "There is no stage '$1'; there are: quick $STAGES networks" >&2
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

attempt() {
    echo "=== $1"
    # A subshell with -e, so that every line of a stage counts.
    set +e
    (set -e; run_stage "$1")
    status=$?
    set -e
    [ "$status" -eq 0 ] || echo "$1" >>"$failures"
    return "$status"
}

# Tests of the server's rules and of the scripts: no browser, no outage, and next to no waiting.
QUICK_TESTS="rooms accounts config tests/tools"
QUICK_BESIDE="migrations protocol javascript-types python-types javascript"

quick_round() {
    attempt style
    beside=$(mktemp)
    (for stage in $QUICK_BESIDE; do attempt "$stage"; done) >"$beside" 2>&1 &
    set +e
    (set -e; attempt quick-python)
    status=$?
    wait $! || status=$?
    set -e
    if [ "$status" -eq 0 ]; then grep '^===' "$beside"; else cat "$beside"; fi
    rm -f "$beside"
    return "$status"
}

began=$(date +%s)
if [ "$*" = quick ]; then
    quick_round
else
    for stage in ${*:-$STAGES}; do attempt "$stage"; done
fi

total=$(awk '{sum += $1} END {print sum + 0}' "$counts")
echo "All stages passed in $(($(date +%s) - began)) s."
if [ "$total" -gt 0 ]; then
    echo "$total passed, 0 failed"
fi
