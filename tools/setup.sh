# Sourced by ./run and ./test: installs what is missing on Debian 12 and builds. Defines install_packages and build.

packages_for() { # kinds… -> package names
  local pattern
  pattern=$(IFS='|'; echo "$*")
  sed -nE "s/^($pattern) //p" "$root/tools/packages.txt"
}

is_debian_12() {
  [ -r /etc/os-release ] && (. /etc/os-release && [ "${ID:-}" = debian ] && [ "${VERSION_ID:-}" = 12 ])
}

install_packages() { # kinds…
  local wanted missing package
  wanted=$(packages_for "$@")
  if ! is_debian_12; then
    if [ -n "${CALFSCOPE_SKIP_INSTALL:-}" ]; then
      return 0
    fi
    echo "This is not Debian 12, so nothing is installed here. Calfscope needs these (Debian's names):" >&2
    echo "$wanted" | sed 's/^/  /' >&2
    echo "Install their counterparts, then start again with CALFSCOPE_SKIP_INSTALL=1." >&2
    exit 3
  fi
  missing=
  for package in $wanted; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0

  local as_root=
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "These packages are missing, and neither root nor sudo is here to install them:$missing" >&2
      exit 3
    fi
    as_root=sudo
  fi
  echo "Installing with apt-get:$missing"
  # One sudo call for both steps, so that a password is asked for at most once.
  $as_root sh -c 'export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"' install $missing >/dev/null || {
    echo "apt-get could not install them. Its own words are above." >&2
    exit 3
  }
}

build() { # preset target…
  local preset=$1
  shift
  local log="$root/build/$preset.log"
  mkdir -p "$root/build"
  if ! (cd "$root" && cmake --preset "$preset" >"$log" 2>&1); then
    cat "$log" >&2
    echo "The build could not be configured." >&2
    exit 3
  fi
  echo "Building ($preset); the first time takes a few minutes."
  (cd "$root" && cmake --build "build/$preset" --target "$@") || exit 3
}
