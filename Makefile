# The two commands of the README: `make run` and `make test`. Each sets up what it needs.
.PHONY: run test build setup

run: build
	.build/release/stackelberg price data/cases/stackelberg-park

test: setup
	swift test

build: setup
	swift build -c release --product stackelberg

setup:
	@Scripts/setup.sh
