#!/usr/bin/env bash
# The Spark sample. Spark itself is not to be had here: tests/cluster/spark holds a stand-in that treats a piped process as PySpark does.
# shellcheck source=tests/cluster/sample.sh
. "$(dirname "$0")/sample.sh"
need python3
export PYTHONPATH=$root/tests/cluster/spark PYTHONDONTWRITEBYTECODE=1 SPARK_PARTITIONS=4

notes 600 10 >notes.jsonl
gptx embed --input - --id-field id --jsonl --threads 1 <notes.jsonl >single.jsonl || fail "the single run"
python3 "$SAMPLES/spark-pipe.py" notes.jsonl vectors || fail "the sample"
strip() { sed -E 's/"index":[0-9]+,//'; } # counts within a partition
cmp <(strip <single.jsonl) <(cat vectors/part-* | strip) || fail "what partitions give is not what one process gives"
[ ! -s vectors/part-00003 ] || fail "an empty partition gave rows"
say "600 rows in 3 partitions and an empty one: the rows of one process, in order"

sed '17s/.*/{ no JSON/' notes.jsonl >some.jsonl
python3 "$SAMPLES/spark-pipe.py" some.jsonl some 2>some.txt || fail "one bad row of 200: $(cat some.txt)"
grep -q '^gptx: row 17: ' some.txt || fail "the bad row is not named: $(cat some.txt)"
[ "$(cat some/part-* | wc -l)" -eq 599 ] || fail "$(cat some/part-* | wc -l) rows"
say "one bad row of a partition's 200: the others are there; $(grep -m1 '^gptx: row' some.txt)"

sed '1,5s/.*/{ no JSON/' notes.jsonl >many.jsonl
if python3 "$SAMPLES/spark-pipe.py" many.jsonl many 2>many.txt; then fail "five bad rows of 200 went unnoticed"; fi
[ "$(grep -c 'exited with error code 3' many.txt)" -eq 4 ] || fail "$(cat many.txt)"
[ ! -e many/_SUCCESS ] || fail "the job counts as done"
say "five bad rows of 200: $(grep -m1 'task failed' many.txt | sed 's/`.*`/`gptx ...`/'), four times, and the job has failed"
