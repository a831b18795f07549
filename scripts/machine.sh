#!/bin/sh
# Make sure that the programs the tests need are here: Chromium, PostgreSQL, the PDF tools that read pages back, and Java
# for the checker of the pages' HTML.
# Where this may install Debian's packages it does; elsewhere it says exactly what to install.
set -eu

needed=""
command -v chromium >/dev/null 2>&1 || needed="$needed chromium"
command -v pdftotext >/dev/null 2>&1 || needed="$needed poppler-utils"
command -v java >/dev/null 2>&1 || needed="$needed default-jre-headless"
if ! command -v initdb >/dev/null 2>&1 && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
  needed="$needed postgresql"
fi
[ -n "$needed" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing from Debian:$needed"
  apt-get update -qq
  # shellcheck disable=SC2086  # one word a package
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $needed fonts-liberation >/dev/null
else
  echo "The tests need these Debian packages. Please run:" >&2
  echo "  sudo apt-get update && sudo apt-get install --no-install-recommends$needed fonts-liberation" >&2
  exit 1
fi
