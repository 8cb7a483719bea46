#!/usr/bin/env bash
# Gathers the licences of all that is linked into a program, which whoever hands the program on has to hand on with it.
#
#   Scripts/licences.sh SCRATCH FOLDER
#
# SCRATCH is the folder in which the program was built. FOLDER gets COPYING, the GNU General Public License, and NOTICE: what is in
# the program, and each text. Where SCRATCH has a folder of static libraries (Scripts/static.sh), the Debian packages of these are told too.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
scratch=$1
folder=$2
common=/usr/share/common-licenses
notice=$folder/NOTICE
mkdir -p "$folder"

text() { # of a file, under a title
    [ -s "$2" ] || { echo "The licence of $1 was not found: $2" >&2; exit 1; }
    printf '\n%s\n%s\n\n' "$1" "${1//?/=}"
    cat "$2"
}

[ -s $common/GPL-3 ] || { echo "$common/GPL-3 was not found. On Debian and Ubuntu it is in the package base-files." >&2; exit 1; }
cp $common/GPL-3 "$folder/COPYING"
{
    sed -n '/^ /s/^ //p' "$here/copyright"
    for checkout in "$scratch"/checkouts/*/; do
        text "$(basename "$checkout")" "$(ls "$checkout"LICENSE* | head -n 1)"
    done
    text "LibYAML, in Yams" "$here/licences/libyaml.txt"
    swift=$(dirname "$(dirname "$(readlink -f "$(command -v swift)")")")
    text "Swift, its standard library and Foundation" "$swift/share/swift/LICENSE.txt"
    text "ICU, in Foundation" "$here/licences/icu.txt"
} >"$notice"

if [ -d "$scratch/libraries" ]; then
    # Beside those that are named: what every static program has.
    archives=("$scratch"/libraries/*.a)
    for name in c stdc++ gcc; do archives+=("$(${CC:-clang} -print-file-name="lib$name.a")"); done
    for archive in "${archives[@]}"; do
        dpkg -S "$(readlink -f "$archive")"
    done | sed 's/: .*//' | sort -u | while read -r package; do
        version=$(dpkg-query -W -f '${source:Package} ${source:Version}' "$package")
        text "${package%:*}, of Debian's source package $version" "/usr/share/doc/${package%:*}/copyright"
    done >>"$notice"
    for name in $(grep -oh "$common/[A-Za-z]*-[0-9.]*[0-9]" "$notice" | sort -u); do
        [ "$(basename "$name")" = GPL-3 ] || text "$(basename "$name")" "$name"
    done >>"$notice.texts"
    cat "$notice.texts" >>"$notice"
    rm "$notice.texts"
fi
