#!/usr/bin/env bash
# Makes a package for Debian and Ubuntu: the program, its manual page, completions and the shipped cases. It is written to .build-deb/.
#
# GLPK and SQLite are those of the system, so that they are kept up to date with it; Swift's libraries are inside.
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in dpkg-deb dpkg-shlibdeps; do
    command -v $tool >/dev/null || { echo "$tool was not found. On Debian and Ubuntu: apt-get install dpkg-dev" >&2; exit 1; }
done
Scripts/setup.sh

# The second makes the manual page; its plugin would build the program again.
for product in stackelberg generate-manual; do
    swift build -c release --product $product --scratch-path .build-deb --static-swift-stdlib
done

program=.build-deb/release/stackelberg
version=$("$program" --version)
architecture=$(dpkg --print-architecture)
tree=.build-deb/debian/stackelberg
share=$tree/usr/share
rm -rf "$tree"
umask 022
mkdir -p "$tree/DEBIAN" "$tree/usr/bin" "$share/man/man1" "$share/bash-completion/completions" \
    "$share/zsh/vendor-completions" "$share/fish/vendor_completions.d" "$share/stackelberg" "$share/doc/stackelberg"
strip -o "$tree/usr/bin/stackelberg" "$program"
.build-deb/release/generate-manual "$program" --output-directory .build-deb
gzip -9n <.build-deb/stackelberg.1 >"$share/man/man1/stackelberg.1.gz"
"$program" --generate-completion-script bash >"$share/bash-completion/completions/stackelberg"
"$program" --generate-completion-script zsh >"$share/zsh/vendor-completions/_stackelberg"
"$program" --generate-completion-script fish >"$share/fish/vendor_completions.d/stackelberg.fish"
cp -r data/cases data/benchmarks "$share/stackelberg/"
cp README.md Scripts/copyright "$share/doc/stackelberg/"
Scripts/licences.sh .build-deb "$share/doc/stackelberg"
# That of the system is referred to.
rm "$share/doc/stackelberg/COPYING"
find "$tree" -type d -exec chmod 755 {} +
find "$share" -type f -exec chmod 644 {} +

# Which packages have the libraries that it uses, and from which version on.
printf 'Source: stackelberg\n\nPackage: stackelberg\nArchitecture: any\n' >.build-deb/debian/control
depends=$(cd .build-deb && dpkg-shlibdeps -O -e debian/stackelberg/usr/bin/stackelberg | sed -n 's/^shlibs:Depends=//p')
cat >"$tree/DEBIAN/control" <<END
Package: stackelberg
Version: $version
Architecture: $architecture
Maintainer: the authors of stackelberg <stackelberg@localhost>
Installed-Size: $(du -ks "$tree/usr" | cut -f1)
Depends: $depends
Suggests: python3, coinor-cbc
Section: science
Priority: optional
Description: what an energy operator should charge when its customers respond
 An operator sets prices, and users answer by what is best for them: a Stackelberg
 game. This program finds the prices, proves the answer, and bounds what any
 prices could pay. It also sizes devices, operates systems at least cost, divides
 gains of trade, and compares metaheuristics.
END
(cd "$tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
package=.build-deb/stackelberg_${version}_$architecture.deb
dpkg-deb --root-owner-group --build "$tree" "$package" >/dev/null
dpkg-deb --info "$package" | sed -n '/Package:/,/Depends:/p'
ls -l "$package"
