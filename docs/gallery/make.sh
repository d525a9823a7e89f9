#!/usr/bin/env bash
# Makes the pictures of the gallery anew: runs every command of README.md, in this folder, with the tool of this repository and the embedded model.
set -euo pipefail
cd "$(dirname "$0")"
dotnet build ../../tool -c Release -v quiet -p:RunAnalyzers=false
gptx() { dotnet ../../tool/bin/Release/net10.0/gptx.dll "$@" < /dev/null > /dev/null; }
while read -r command; do
    echo "$command"
    eval "$command --force"
done < <(sed -n 's/^\$ \(gptx .*\)/\1/p' README.md)
