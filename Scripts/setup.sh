#!/usr/bin/env bash
# Installs what the package needs from the system: the GLPK and SQLite libraries with their headers. Does nothing where they are there.
set -euo pipefail

if ! command -v swift >/dev/null 2>&1; then
    echo "Swift 6 is needed and was not found: https://www.swift.org/install" >&2
    exit 1
fi

has() { echo "#include <$1>" | cc -E -x c - >/dev/null 2>&1 || echo "#include <$1>" | clang -E -x c - >/dev/null 2>&1; }
probe() { has glpk.h && has sqlite3.h; }

if ! probe; then
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then as_root="sudo"; fi
    if command -v apt-get >/dev/null 2>&1; then
        $as_root apt-get update -qq
        DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq libglpk-dev libsqlite3-dev >/dev/null
    elif command -v dnf >/dev/null 2>&1; then
        $as_root dnf install -y -q glpk-devel sqlite-devel
    elif command -v brew >/dev/null 2>&1; then
        # SQLite comes with the system's own SDK.
        brew install --quiet glpk
    else
        echo "GLPK or SQLite was not found, nor a package manager that this script knows." >&2
        echo "Install both with their headers glpk.h and sqlite3.h (Debian and Ubuntu: libglpk-dev, libsqlite3-dev), then try again." >&2
        exit 1
    fi
    probe || { echo "GLPK and SQLite are installed, but the compiler does not find glpk.h or sqlite3.h." >&2; exit 1; }
fi
