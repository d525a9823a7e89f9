#!/usr/bin/env bash
# The systemd sample: systemd reads both units without a word, and their command does the work. No systemd runs here, so neither restarts nor the timer are tried.
# shellcheck source=tests/cluster/sample.sh
. "$(dirname "$0")/sample.sh"
need systemd-analyze 'Debian: systemd'
cp "$SAMPLES"/gptx-score.* .
said=$(systemd-analyze verify ./gptx-score.service ./gptx-score.timer 2>&1) || fail "$said"
[ -z "$said" ] || fail "$said"
say "systemd-analyze verify ($(systemd-analyze --version | head -1)): nothing to say"
systemd-analyze calendar "$(sed -n 's/^OnCalendar=//p' gptx-score.timer)" | grep -q 'Next elapse: .* 06:00:00' || fail "the timer is not of six in the morning"

# As systemd reads the line: %% is a percent sign, $$ a dollar.
command=$(sed -n "s/^ExecStart=\/bin\/sh -c '\(.*\)'\$/\1/p" gptx-score.service | sed -e 's/%%/%/g' -e 's/\$\$/$/g')
day=$(date -d yesterday +%F)
mkdir logs
printf 'one good line\n\n' >"logs/$day.log"
/bin/sh -c "$command"
code=$?
[ "$code" -eq 3 ] && grep -q '^SuccessExitStatus=3$' gptx-score.service || fail "exit code $code"
[ "$(wc -l <"scores-$day.csv")" -eq 2 ] || fail "$(cat "scores-$day.csv")"
say "its command over a good and a bad row: exit code 3, which SuccessExitStatus takes for success"
