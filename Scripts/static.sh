#!/usr/bin/env bash
# Builds one binary that needs nothing installed: Swift, GLPK, SQLite and the C library are inside. It is written to .build-static/stackelberg.
set -euo pipefail
cd "$(dirname "$0")/.."
Scripts/setup.sh

# A folder that holds the static libraries only, so that the linker does not take the shared ones beside them.
libraries=.build-static/libraries
rm -rf "$libraries"
mkdir -p "$libraries"
for name in glpk amd colamd suitesparseconfig gmp z ltdl sqlite3; do
    archive=$(${CC:-clang} -print-file-name="lib$name.a")
    if [ ! -f "$archive" ]; then
        echo "lib$name.a was not found. On Debian and Ubuntu: apt-get install libglpk-dev libltdl-dev libsqlite3-dev" >&2
        exit 1
    fi
    ln -s "$archive" "$libraries/"
done

swift build -c release --product stackelberg --scratch-path .build-static --static-swift-stdlib \
    -Xswiftc -static-executable -Xlinker -L"$PWD/$libraries" \
    -Xlinker --start-group -Xlinker -lglpk -Xlinker -lamd -Xlinker -lcolamd -Xlinker -lsuitesparseconfig \
    -Xlinker -lgmp -Xlinker -lz -Xlinker -lltdl -Xlinker -lsqlite3 -Xlinker --end-group
strip -o .build-static/stackelberg .build-static/release/stackelberg
ls -l .build-static/stackelberg
