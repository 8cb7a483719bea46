#!/usr/bin/env bash
# Makes a wheel of the Python package with the program inside, which needs nothing installed. It is written to .build-wheel/.
#
#   Scripts/wheel.sh            # builds the program first (Scripts/static.sh)
#   Scripts/wheel.sh --no-build # takes .build-static/stackelberg as it is
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "${1:-}" != --no-build ]; then Scripts/static.sh; fi

case $(uname -m) in
x86_64 | aarch64) platform=manylinux_2_17_$(uname -m) ;;
*)
    echo "No name is known for a wheel for $(uname -m). Add it to Scripts/wheel.sh." >&2
    exit 1
    ;;
esac

# The sources, the program and the shipped data in a tree of their own.
tree=.build-wheel/tree
rm -rf .build-wheel
mkdir -p "$tree"
cp -r Python/pyproject.toml Python/setup.py Python/README.md Python/src "$tree/"
find "$tree" -name __pycache__ -prune -exec rm -r {} +
package=$tree/src/stackelberg
mkdir -p "$package/bin" "$package/data"
install -m 755 .build-static/stackelberg "$package/bin/stackelberg"
cp -r data/cases data/benchmarks "$package/data/"
find "$package/data" -name '*.png' -delete

# Setuptools puts both texts into the wheel beside its metadata.
Scripts/licences.sh .build-static "$tree"
sed -i 's/^readme = .*/&\nlicense = "GPL-3.0-or-later"\nlicense-files = ["COPYING", "NOTICE"]/' "$tree/pyproject.toml"

# A build environment of its own, so that nothing is installed where it runs.
python3 -m venv .build-wheel/environment
.build-wheel/environment/bin/pip install --quiet 'setuptools>=77.0.3'
(cd "$tree" && ../environment/bin/python setup.py --quiet bdist_wheel --plat-name "$platform" --dist-dir ..)
rm -r .build-wheel/environment "$tree"
ls -l .build-wheel/*.whl
