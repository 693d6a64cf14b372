#!/bin/sh
# The programs beside Python that the tests drive: Chromium, nginx, Caddy, systemd's own checks, a text browser,
# exiftool, wrk, Redis. Missing ones come from Debian's packages where we are root; elsewhere this
# says what to install, and their tests are skipped with a reason (never in CI).
set -eu
missing=""
command -v chromium >/dev/null || missing="$missing chromium"
command -v nginx >/dev/null || missing="$missing nginx-light"
[ -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so ] || missing="$missing libnginx-mod-http-brotli-static"
command -v caddy >/dev/null || missing="$missing caddy"
command -v systemd-analyze >/dev/null || missing="$missing systemd"
command -v w3m >/dev/null || missing="$missing w3m"
command -v exiftool >/dev/null || missing="$missing libimage-exiftool-perl"
command -v redis-server >/dev/null || missing="$missing redis-server"
command -v wrk >/dev/null || missing="$missing wrk"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing$missing"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
  exit 0
fi
echo "For all tests, install: apt-get install$missing"
[ -z "${CI:-}" ]
