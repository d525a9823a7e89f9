#!/usr/bin/env bash
# The Kubernetes and GitHub Actions samples: both are valid by their schemas, and what they run does the work here. No Kubernetes and no runner are here, so how they
# treat exit codes is taken from their documentation.
# shellcheck source=tests/cluster/sample.sh
. "$(dirname "$0")/sample.sh"
need node
need npm
manifests=$root/tests/cluster/manifests
[ -d "$manifests/node_modules" ] || npm ci --silent --prefix "$manifests" || skip "npm ci in tests/cluster/manifests"

node "$manifests/manifest.js" validate "$SAMPLES/kubernetes-job.yaml" || fail "the Kubernetes sample"
(cd "$manifests" && npx --no-install action-validator "$SAMPLES/github-actions.yml") || fail "the GitHub Actions sample"
say "valid: kubernetes-job.yaml by the API's schema, github-actions.yml by the workflows'"

# The pods' command lines, with the variable that an indexed job sets, and a folder for the volume.
notes 3000 1000 >notes.jsonl
gptx embed --input notes.jsonl --id-field id --out single.jsonl 2>/dev/null || fail "the single run"
for index in 0 1 2 3 4 5 6 7; do
    mapfile -t command < <(node "$manifests/manifest.js" command "$SAMPLES/kubernetes-job.yaml" gptx-embed | sed "s#/data#$FOLDER#")
    JOB_COMPLETION_INDEX=$index "${command[@]}" || fail "pod $index"
done
mapfile -t command < <(node "$manifests/manifest.js" command "$SAMPLES/kubernetes-job.yaml" gptx-merge | sed "s#/data#$FOLDER#")
"${command[@]}" || fail "the merge"
cmp single.jsonl vectors.jsonl || fail "the merged output is not that of a single run"
JOB_COMPLETION_INDEX=8 gptx embed --input notes.jsonl --out other.jsonl --shard auto/8
[ $? -eq 2 ] || fail "an index outside 0..7"
say "8 pods' command lines with JOB_COMPLETION_INDEX 0 to 7, and the merge's: the bytes of a single run; index 8: exit code 2"

rm -rf vectors.jsonl*
sed -i '7i { no JSON' notes.jsonl
node "$manifests/manifest.js" step "$SAMPLES/github-actions.yml" Embed >step.sh
GITHUB_STEP_SUMMARY=$FOLDER/summary.md bash --noprofile --norc -eo pipefail step.sh >step.txt || fail "the step ended with $?: $(cat step.txt)"
grep -q '^::warning file=notes.jsonl::1 rows are bad' step.txt || fail "the step said: $(cat step.txt)"
say "the workflow's step over a bad row: a warning, and exit code 0"
