#!/usr/bin/env bash
# Makes the documentation of every module, as folders for a web server, in .build-docs. A link that leads nowhere is an error.
set -euo pipefail
cd "$(dirname "$0")/.."
Scripts/setup.sh

swift package dump-symbol-graph --minimum-access-level public --skip-synthesized-members >/dev/null
all=$(dirname "$(swift build --show-bin-path)")/symbolgraph
rm -rf .build-docs
for catalog in Sources/*/*.docc; do
    module=$(basename "$catalog" .docc)
    graphs=.build-docs/graphs/$module
    mkdir -p "$graphs"
    cp "$all/$module".symbols.json "$all/$module"@*.symbols.json "$graphs" 2>/dev/null || true
    # A parameter that a comment leaves out says enough by its name; a link that leads nowhere does not.
    docc convert "$catalog" --additional-symbol-graph-dir "$graphs" --output-path ".build-docs/$module" \
        --fallback-display-name "$module" --fallback-bundle-identifier "stackelberg.$module" >.build-docs/messages 2>&1
    if grep -A1 -E "doesn.t exist|is ambiguous|is unavailable|couldn.t be resolved" .build-docs/messages >&2; then exit 1; fi
done
rm -r .build-docs/graphs .build-docs/messages
echo "Made in .build-docs, a folder a module. Look at one with: python3 -m http.server -d .build-docs/Games, then /documentation/games"
