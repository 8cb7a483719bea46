# The program in an image of its own:
#
#   docker build -t stackelberg .
#   docker run --rm -v "$PWD:/work" stackelberg price /usr/share/stackelberg/cases/stackelberg-park
FROM swift:6.3-bookworm AS build
RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends dpkg-dev libglpk-dev libsqlite3-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN Scripts/deb.sh

FROM debian:bookworm-slim
COPY --from=build /source/.build-deb/stackelberg_*.deb /tmp/
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends /tmp/stackelberg_*.deb \
    && rm -rf /var/lib/apt/lists/* /tmp/stackelberg_*.deb
WORKDIR /work
ENTRYPOINT ["stackelberg"]
CMD ["--help"]
