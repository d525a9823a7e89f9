#!/usr/bin/env bash
# The cron sample with Debian's cron, each minute in place of each half hour: the run after a finished one leaves it as it is, and bad rows beyond 1 % are told.
# shellcheck source=tests/cluster/sample.sh
. "$(dirname "$0")/sample.sh"
need cron 'Debian: cron'
[ "$(id -u)" -eq 0 ] || skip "only root may write /etc/cron.d"
tab=/etc/cron.d/gptx-sample-test-$$
trap 'rm -f "$tab"; [ -n "${cron:-}" ] && kill "$cron"; finish' EXIT

day=$(date -d yesterday +%F)
mkdir logs
{ seq -f 'line %g of the log: the service was started' 200; echo; } >"logs/$day.log"
sed -e "s#^FOLDER=.*#FOLDER=$FOLDER#" -e "s#^PATH=#PATH=$(dirname "$GPTX"):#" -e 's#^5,35 6-8 \* \* \* root \(.*\)#* * * * * root { \1; } >>told.txt 2>\&1#' \
    -e 's# root { cd "$FOLDER" && # root cd "$FOLDER" \&\& { #' "$SAMPLES/gptx.cron" >"$tab"
if ! pgrep -x cron >/dev/null; then
    cron -f &
    cron=$!
fi

done_by_cron() { [ -s "scores-$day.json" ]; }
again() { [ "$(stat -c %Y "scores-$day.json")" -gt "$first" ]; }
code() { sed -n 's/.*"exitCode": \([0-9]*\).*/\1/p' "scores-$day.json"; }

wait_for 120 'the first run' done_by_cron || fail "cron has run nothing: $(cat "$tab")"
[ "$(code)" = 0 ] || fail "exit code $(code)"
[ "$(wc -l <"scores-$day.csv")" -eq 201 ] || fail "$(wc -l <"scores-$day.csv") lines of scores"
[ ! -s told.txt ] || fail "something was mailed: $(cat told.txt)"
say "200 rows scored, one of 201 bad: exit code 0, and nothing was mailed"

first=$(stat -c %Y "scores-$day.json")
wait_for 120 'the next run' again || fail "no second run"
[ "$(code)" = 0 ] && [ ! -s told.txt ] || fail "the second run: exit code $(code), $(cat told.txt)"
say "the next run left the finished job as it is: exit code 0"

rm scores-*
printf 'one good line\n\n\n' >"logs/$day.log"
wait_for 120 'the run over a bad log' test -s told.txt || fail "nothing was mailed of bad rows"
grep -q "scores of $day: exit code 3" told.txt || fail "told: $(cat told.txt)"
say "2 of 3 rows bad: '$(head -1 told.txt)' was mailed"
