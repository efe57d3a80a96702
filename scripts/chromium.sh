#!/bin/sh
# Print the path of a Chromium for the browser tests; install Debian's when there is none and
# this may do so. MICROGRADWIDGETS_CHROMIUM names one that is not on the PATH.
set -eu

find_chromium() {
    for name in "${MICROGRADWIDGETS_CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
        if [ -n "$name" ] && path=$(command -v "$name") && "$path" --version >/dev/null 2>&1; then
            echo "$path"
            return 0
        fi
    done
    return 1
}

if find_chromium; then
    exit 0
fi

as_root=
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
fi
if command -v apt-get >/dev/null && { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
    echo "no Chromium found: installing Debian's" >&2
    export DEBIAN_FRONTEND=noninteractive
    {
        $as_root apt-get update -qq </dev/null &&
        $as_root apt-get install -qq -y --no-install-recommends chromium </dev/null
    } >&2 || true
    if find_chromium; then
        exit 0
    fi
fi

cat >&2 <<'MESSAGE'
expected Chromium for the browser tests, got: none, and it cannot be installed from here.
Install it (Debian: apt-get install chromium), or name one by
    MICROGRADWIDGETS_CHROMIUM=/path/to/chrome make test
MESSAGE
exit 1
