# shellcheck shell=bash
# Finds a JDK 25 (or newer) and sets JAVA_HOME. No JVM is started for it: a JDK says its version in its `release` file.

jdk_wanted=25

# The feature version (such as 25) of the JDK in folder $1, in `feature`; fails where there is no JDK.
jdk_feature() {
  feature=
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  local line
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        line=${line#JAVA_VERSION=}
        line=${line//\"/}
        feature=${line%%[.+-]*}
        ;;
    esac
  done <"$1/release"
  case $feature in '' | *[!0-9]*) return 1 ;; esac
}

# Takes folder $1 when it is the JDK wanted; remembers the oldest newer one, which does as well.
jdk_try() {
  jdk_feature "$1" || return 1
  if [ "$feature" -eq "$jdk_wanted" ]; then
    JAVA_HOME=$1
    return 0
  fi
  if [ "$feature" -gt "$jdk_wanted" ] && { [ -z "$jdk_newer" ] || [ "$feature" -lt "$jdk_newer_feature" ]; }; then
    jdk_newer=$1
    jdk_newer_feature=$feature
  fi
  return 1
}

# The folder of the JDK to which the program `java` on the PATH belongs.
jdk_on_path() {
  local java link
  java=$(command -v java) || return 1
  while [ -L "$java" ]; do
    link=$(readlink "$java")
    case $link in /*) java=$link ;; *) java=${java%/*}/$link ;; esac
  done
  printf '%s\n' "${java%/bin/java}"
}

find_jdk() {
  local place home
  jdk_newer=
  jdk_newer_feature=0
  if [ -n "${JAVA_HOME:-}" ] && jdk_try "$JAVA_HOME"; then return 0; fi
  if home=$(jdk_on_path) && jdk_try "$home"; then return 0; fi
  for place in \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* /usr/local/jdk* /usr/local/openjdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec "${SDKMAN_DIR:-${HOME:-/nonexistent}/.sdkman}"/candidates/java/* \
    "${HOME:-/nonexistent}"/.jdks/* "${HOME:-/nonexistent}"/.jdks/*/Contents/Home \
    "${HOME:-/nonexistent}"/.local/share/mise/installs/java/* "${HOME:-/nonexistent}"/.asdf/installs/java/*; do
    if [ -d "$place" ] && jdk_try "$place"; then return 0; fi
  done
  if [ -x /usr/libexec/java_home ] && home=$(/usr/libexec/java_home -v "$jdk_wanted" 2>/dev/null) && jdk_try "$home"; then return 0; fi
  if [ -n "$jdk_newer" ]; then
    JAVA_HOME=$jdk_newer
    return 0
  fi
  jdk_advice
  return 1
}

jdk_advice() {
  say "no JDK $jdk_wanted found (looked at JAVA_HOME, the PATH and the usual folders). Install one, then call again:"
  case $(uname -s) in
    Darwin) echo '  brew install --cask temurin@25' >&2 ;;
    *)
      if command -v apt-get >/dev/null; then
        echo '  apt-get install openjdk-25-jdk-headless     (where the release has it; else the temurin-25-jdk of adoptium.net)' >&2
      elif command -v dnf >/dev/null; then
        echo '  dnf install java-25-openjdk-devel' >&2
      elif command -v pacman >/dev/null; then
        echo '  pacman -S jdk25-openjdk' >&2
      elif command -v zypper >/dev/null; then
        echo '  zypper install java-25-openjdk-devel' >&2
      fi
      ;;
  esac
  echo '  sdk install java 25-tem                      (SDKMAN, on any system, without root)' >&2
  echo '  or unpack one from adoptium.net and set JAVA_HOME to its folder' >&2
}
