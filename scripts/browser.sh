#!/bin/sh
# Print the path of a browser for the tests: `browser.sh chromium`, `browser.sh firefox`, or
# `browser.sh webkit` (the driver of WebKitGTK's small browser). Install Debian's when there is
# none and this may do so. MICROGRADWIDGETS_CHROMIUM, MICROGRADWIDGETS_FIREFOX and
# MICROGRADWIDGETS_WEBKIT name one that is not on the PATH.
set -eu

case "${1:-}" in
    chromium)
        title=Chromium variable=MICROGRADWIDGETS_CHROMIUM packages=chromium
        names="chromium chromium-browser google-chrome-stable google-chrome" ;;
    firefox)
        title=Firefox variable=MICROGRADWIDGETS_FIREFOX packages=firefox-esr
        names="firefox-esr firefox" ;;
    webkit)
        title=WebKit variable=MICROGRADWIDGETS_WEBKIT packages="webkit2gtk-driver xvfb"
        names=WebKitWebDriver ;;
    *)
        echo >&2 "expected chromium, firefox or webkit, got: ${1:-nothing}"
        exit 2 ;;
esac
eval "named=\${$variable:-}"

runs() {
    case "$title" in
        # Says no version, and needs a screen that shows it.
        WebKit) "$1" --help >/dev/null 2>&1 && command -v Xvfb >/dev/null ;;
        *) "$1" --version >/dev/null 2>&1 ;;
    esac
}

find_browser() {
    for name in "$named" $names; do
        if [ -n "$name" ] && path=$(command -v "$name") && runs "$path"; then
            echo "$path"
            return 0
        fi
    done
    return 1
}

if find_browser; then
    exit 0
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
fi
if command -v apt-get >/dev/null && { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
    echo "no $title found: installing Debian's" >&2
    export DEBIAN_FRONTEND=noninteractive
    {
        $as_root apt-get update -qq </dev/null &&
        $as_root apt-get install -qq -y --no-install-recommends $packages </dev/null
    } >&2 || true
    if find_browser; then
        exit 0
    fi
fi

cat >&2 <<MESSAGE
expected $title for the browser tests, got: none, and it cannot be installed from here.
Install it (Debian: apt-get install $packages), or name one by
    $variable=/path/to/it make test
MESSAGE
exit 1
