# shellcheck shell=bash
# What the scripts of this folder share: a folder of their own, gptx in the path, and how they say what they found. Meant to be sourced first.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export SAMPLES=$root/docs/samples/jobs
GPTX=${GPTX:-$root/tool/bin/Release/net10.0/gptx}
FOLDER=$(mktemp -d "/tmp/gptx-${0##*/}.XXXX")
PATH=$(dirname "$GPTX"):$PATH
export GPTX_NO_CACHE=1

say() { printf '%s  %s\n' "$(date +%T)" "$*"; }
fail() { say "FAILED: $*"; exit 1; }

# Where a sample cannot be run here: the reason, and exit code 77.
skip() { echo "skipped: $*"; exit 77; }
need() { command -v "$1" >/dev/null || skip "$1 is not installed${2:+ ($2)}"; }

finish() { if [ -n "${KEEP:-}" ]; then say "kept: $FOLDER"; else rm -rf "$FOLDER"; fi; }
trap finish EXIT

# wait_for SECONDS WHAT COMMAND...: until the command succeeds.
wait_for() {
    local seconds=$1 what=$2
    shift 2
    local end=$((SECONDS + seconds))
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || { echo "gave up after $seconds s waiting for: $what"; return 1; }
        sleep 0.2
    done
}

# notes ROWS PADDING: JSON lines with an id and a text, and so many characters that nobody reads, so that units have few rows.
notes() {
    awk -v rows="$1" -v padding="$2" 'BEGIN {
        split("the a king queen river tree old small house went came saw said forest light dark morning evening stone bread water bird horse wolf", words, " ")
        srand(7)
        for (i = 0; i < rows; i++) {
            text = ""
            for (n = 3 + int(rand() * 15); n > 0; n--) text = text " " words[1 + int(rand() * 24)]
            printf "{\"id\":%d,\"text\":\"%s\",\"other\":\"%0*d\"}\n", i, substr(text, 2), padding, i
        }
    }'
}

[ -x "$GPTX" ] || skip "$GPTX is not there: dotnet build tests -c Release"
cd "$FOLDER" || exit 1
