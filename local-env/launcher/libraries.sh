# shellcheck shell=bash
# The shared libraries that the bundled ffmpeg links: which are missing, and installing them where that is possible.
# What stays missing is the ffmpeg adapter's matter: it takes a system ffmpeg that can do the work, or stops with the line to type.

libraries_list=$root/core/ffmpeg/src/main/resources/io/castloom/ffmpeg/ffmpeg-libraries.tsv

# Sets missing (the libraries), packages (what brings them here) and installer (the command, without packages).
missing_libraries() {
  local known column name apt dnf pacman zypper package
  missing=
  packages=
  installer=
  [ "$(uname -s)" = Linux ] || return 0
  # ldconfig is often outside the PATH of others than root.
  known=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null) || known=
  [ -n "$known" ] || return 0 # no list to compare with (musl, NixOS): the adapter finds out by starting ffmpeg
  column=none
  if command -v apt-get >/dev/null; then
    column=apt installer='apt-get install -y --no-install-recommends'
  elif command -v dnf >/dev/null; then
    column=dnf installer='dnf install -y'
  elif command -v pacman >/dev/null; then
    column=pacman installer='pacman -S --noconfirm --needed'
  elif command -v zypper >/dev/null; then
    column=zypper installer='zypper --non-interactive install'
  fi
  while IFS=$'\t' read -r name apt dnf pacman zypper; do
    case $name in '' | '#'*) continue ;; esac
    case $known in *"$name "*) continue ;; esac
    case $column in
      apt) package=$(apt_choice "$apt") ;;
      dnf) package=$dnf ;;
      pacman) package=$pacman ;;
      zypper) package=$zypper ;;
      none) package= ;;
    esac
    missing="$missing${missing:+ }$name"
    case " $packages " in *" $package "*) ;; *) packages="$packages${packages:+ }$package" ;; esac
  done <"$libraries_list"
  if [ -n "$missing" ] && [ -n "$installer" ]; then
    # The ffmpeg adapter repeats this line when nothing else helps.
    export CASTLOOM_FFMPEG_INSTALL="$installer $packages"
  fi
}

# The first of the alternatives `a|b` that this release has; the first where apt knows none yet.
apt_choice() {
  local name
  for name in ${1//|/ }; do
    if apt-cache show "$name" 2>/dev/null | grep -q '^Package:'; then
      printf '%s' "$name"
      return
    fi
  done
  printf '%s' "${1%%|*}"
}

report_libraries() {
  missing_libraries
  [ -z "$missing" ] || say "the bundled ffmpeg lacks $missing${installer:+; to install: $installer $packages}"
}

ensure_libraries() {
  local log=$out/install.log
  missing_libraries
  [ -n "$missing" ] || return 0
  say "the bundled ffmpeg needs system libraries that are missing here: $missing"
  if [ -z "$installer" ]; then
    say "no package manager known to the launcher is here; a system ffmpeg is looked for instead"
  elif [ "${CASTLOOM_INSTALL:-}" = never ]; then
    say "not installing them (CASTLOOM_INSTALL=never); as root: $installer $packages"
  elif [ "$(id -u)" != 0 ]; then
    say "not root, so not installing them; to install: sudo $installer $packages"
  else
    say "installing them: $installer $packages (refuse with CASTLOOM_INSTALL=never; the log is $log)"
    mkdir -p "$out"
    install_libraries >"$log" 2>&1 </dev/null || {
      say "the installation failed; a system ffmpeg is looked for instead. Its end:"
      tail -n 3 "$log" >&2
    }
  fi
}

install_libraries() {
  case $installer in
    apt-get*)
      export DEBIAN_FRONTEND=noninteractive
      # A fresh machine or image has no package lists; with them, the choice between alternatives is made anew.
      # shellcheck disable=SC2086 # several words each
      $installer $packages || { apt-get update && missing_libraries && $installer $packages; }
      ;;
    *)
      # shellcheck disable=SC2086
      $installer $packages
      ;;
  esac
}
