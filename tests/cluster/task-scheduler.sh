#!/usr/bin/env bash
# The Windows Task Scheduler sample in a PowerShell that is not on Windows: the day's work with its exit codes. That the task can be registered is not tried.
# shellcheck source=tests/cluster/sample.sh
. "$(dirname "$0")/sample.sh"
need pwsh
day=$(date -d yesterday +%F)
mkdir logs
run() { NO_COLOR=1 pwsh -NoProfile -NonInteractive -File "$SAMPLES/Register-ScoreTask.ps1" -Folder "$FOLDER" -WaitMinutes 0; }

run
[ $? -eq 2 ] || fail "no log: exit code $?"
printf 'one good line\n\n' >"logs/$day.log"
run
code=$?
[ "$code" -eq 0 ] && grep -q "^$day: 1 rows" bad-rows.txt || fail "a bad row: exit code $code"
[ "$(wc -l <"scores-$day.csv")" -eq 2 ] || fail "$(cat "scores-$day.csv")"
say "no log: 2; a good and a bad row: 3, told in bad-rows.txt as '$(cat bad-rows.txt)', and the task ends with 0"
