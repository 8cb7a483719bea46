#!/usr/bin/env bash
# Installs what the package needs from the system: the GLPK library with its header. Does nothing where it is there.
set -euo pipefail

if ! command -v swift >/dev/null 2>&1; then
    echo "Swift 6 is needed and was not found: https://www.swift.org/install" >&2
    exit 1
fi

probe() { echo '#include <glpk.h>' | cc -E -x c - >/dev/null 2>&1 || echo '#include <glpk.h>' | clang -E -x c - >/dev/null 2>&1; }

if ! probe; then
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then as_root="sudo"; fi
    if command -v apt-get >/dev/null 2>&1; then
        $as_root apt-get update -qq
        DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq libglpk-dev >/dev/null
    elif command -v dnf >/dev/null 2>&1; then
        $as_root dnf install -y -q glpk-devel
    elif command -v brew >/dev/null 2>&1; then
        brew install --quiet glpk
    else
        echo "GLPK was not found, nor a package manager that this script knows." >&2
        echo "Install GLPK with its header glpk.h (Debian and Ubuntu: libglpk-dev), then try again." >&2
        exit 1
    fi
    probe || { echo "GLPK is installed, but its header glpk.h is not found by the compiler." >&2; exit 1; }
fi
