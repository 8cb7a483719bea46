# The two commands of the README: `make run` and `make test`. Each sets up what it needs.
.PHONY: run test build setup docs manual static wheel deb

run: build
	.build/release/stackelberg price data/cases/stackelberg-park

test: setup
	swift test

build: setup
	swift build -c release --product stackelberg

setup:
	@Scripts/setup.sh

# Further: the documentation of the modules, a manual page, and a binary that needs nothing installed.
docs:
	Scripts/document.sh

manual: setup
	swift package --allow-writing-to-package-directory generate-manual
	@echo "Read it with: man -l .build/plugins/GenerateManual/outputs/stackelberg/stackelberg.1"

static:
	Scripts/static.sh

# Packages: a wheel of the Python package with that binary, and a package for Debian and Ubuntu.
wheel:
	Scripts/wheel.sh

deb:
	Scripts/deb.sh
