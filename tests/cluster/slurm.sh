#!/usr/bin/env bash
# The cluster tier: the Slurm samples of docs/samples/jobs on a real Slurm of two nodes on this machine. An array of eight tasks, of which one is requeued in the middle
# and some lose their node; what is merged must have the bytes of a single run.
#
#   bash tests/cluster/slurm.sh            exit code 77 and the reason where Slurm is not to be had
#
# GPTX names the program (default: the one that 'dotnet build' makes), ROWS the rows of the input.
ROWS=${ROWS:-8000}
# shellcheck source=tests/cluster/sample.sh
. "$(dirname "$0")/sample.sh"
# shellcheck source=tests/cluster/slurm-nodes.sh
. "$root/tests/cluster/slurm-nodes.sh"
trap 'stop_cluster; finish' EXIT
fail() { say "FAILED: $*"; tail -n 20 "$FOLDER"/*.log; exit 1; }

install_slurm
reason=$(missing_slurm)
[ -z "$reason" ] || skip "$reason"

size() { stat -c %s "$1" 2>/dev/null || echo 0; }
grown() { [ "$(size "vectors.jsonl.partial/$1-of-8.log")" -gt 200000 ]; }
task_on() { squeue -h -r -t R -w "$1" -o %K | head -1; }
grown_on() { local task; task=$(task_on "$1"); [ -n "$task" ] && grown "$task"; }
over() { [ -z "$(squeue -h)" ]; }
completed() { sed -n 's/.*JobState=\([A-Z_]*\).*NodeList=\([^ ]*\).*ArrayTaskId=\([^ ]*\).* ExitCode=\([0-9:]*\).*/task \3  \1 on \2, exit code \4/p' "$FOLDER/completed.txt"; }

# About 600 bytes a row, so that a unit (256 KiB) is some 440 of them; a line that is no JSON, and an id that comes twice, in units far apart.
notes "$ROWS" 500 | sed -e '3000i { no JSON' -e '6000s/"id":[0-9]*/"id":17/' >notes.jsonl
say "$(slurmctld -V); input: $(wc -l <notes.jsonl) lines, $(size notes.jsonl) bytes"
start_cluster || fail "the cluster did not start"
sinfo -N -o '%N %T, %c core' | sed 's/^/          /'

gptx embed --input notes.jsonl --id-field id --out single.jsonl --threads 1 --accept-errors 1% || fail "the single run"
say "single run: $(sha256sum <single.jsonl | cut -c1-16), $(wc -l <single.jsonl.errors.jsonl) bad rows"

array=$(sbatch --parsable "$SAMPLES/slurm-array.sbatch" notes.jsonl vectors.jsonl) || fail "sbatch"
sbatch --parsable --dependency="afterok:$array" "$SAMPLES/slurm-merge.sbatch" vectors.jsonl >/dev/null || fail "sbatch"
say "array $array of 8 tasks, then a merge"

wait_for 120 'task 0 to be in its middle' grown 0 || fail "task 0"
scontrol requeue "${array}_0" || fail "requeue"
say "task 0 requeued with $(size vectors.jsonl.partial/0-of-8.log) bytes of work recorded"

wait_for 120 'a task on n2 in its middle' grown_on n2 || fail "n2"
lost=$(task_on n2)
kill_node n2
say "n2 killed (slurmd, its shepherds and task $lost) with $(size "vectors.jsonl.partial/$lost-of-8.log") bytes of work recorded"
sleep 3
start_node n2 || fail "n2 did not start again"
say "slurmd of n2 started again"

wait_for 240 'the last task to be in its middle' grown 7 || fail "task 7"
timely=7 # whose SLURM_JOB_ID is that of the whole array
scancel --batch --signal=TERM "${array}_$timely" || fail "scancel"
say "task $timely told that its time is nearly up (SIGTERM to its script, as --signal=B:TERM@60 does): it requeues itself"

wait_for 600 'the array and its merge' over || fail "tasks that do not end: $(squeue -r)"
completed | sed 's/^/          /'
for task in 0 "$lost" "$timely"; do
    say "task $task: $(tr -d '\n' <"vectors.jsonl.$task.summary.json" | sed 's/.*\("rows": [0-9]*\).*\("rowsBefore": [0-9]*\).*/\1, \2/')"
    grep -q '"rowsBefore": [1-9]' "vectors.jsonl.$task.summary.json" || fail "task $task did not go on where it was stopped"
done
[ "$(completed | grep -c 'task.*COMPLETED')" -eq 8 ] || fail "a task was done more than once"
cmp single.jsonl vectors.jsonl || fail "the merged output is not that of a single run"
cmp single.jsonl.errors.jsonl vectors.jsonl.errors.jsonl || fail "the errors are not those of a single run"
cmp single.jsonl.job.json vectors.jsonl.job.json || fail "the provenance is not that of a single run"
say "merged: $(sha256sum <vectors.jsonl | cut -c1-16), the bytes of the single run; errors and provenance too"

sbatch --array=8 "$SAMPLES/slurm-array.sbatch" notes.jsonl other.jsonl >/dev/null
wait_for 60 'the task out of range' over || fail "the task out of range"
completed | tail -1 | grep -q 'task 8  FAILED.*exit code 2:0' || fail "a task outside 0..7: $(completed | tail -1)"
say "a task outside 0..7: $(completed | tail -1)"

printf '%s\n' '{"id":1,"text":"a good row"}' '{ a bad one' >bad.jsonl
sbatch --array=0 "$SAMPLES/slurm-array.sbatch" bad.jsonl bad-vectors.jsonl >/dev/null
wait_for 60 'the task with bad rows' over || fail "the task with bad rows"
completed | tail -1 | grep -q 'task 0  FAILED.*exit code 3:0' || fail "more bad rows than are accepted: $(completed | tail -1)"
say "more bad rows than are accepted: $(completed | tail -1), not requeued"
say "cluster tier passed"
