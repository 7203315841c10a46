# shellcheck shell=bash
# Builds when sources are newer than the last build; the flags and the class path of the JVM.

build_log=$out/build.log
build_stamp=$out/build.stamp # its time: when the last good build began; its text: the folder it was made in

build_needed() {
  [ -f "$build_stamp" ] && [ -f "$out/classpath.args" ] || return 0
  [ "$(<"$build_stamp")" = "$root" ] || return 0 # the folder was moved: the class path names the old one
  # A folder is newer too when a file in it was added or removed.
  local newer
  newer=$(find "$root/pom.xml" "$root/core" "$root/ingest" "$root/worker" "$root/assembler" "$root/autoscaler" "$root/local-env" "$root/tests" \
    \( -name target -o -name test -o -name compose -o -name launcher \) -prune -o \
    \( -name pom.xml -o -path '*/src/main*' \) -newer "$build_stamp" -print 2>/dev/null | head -n 1)
  [ -n "$newer" ]
}

build_when_needed() {
  [ "${CASTLOOM_BUILD:-}" = never ] && [ -f "$out/classpath.args" ] && return 0
  build_needed || return 0
  build_lock
  # Another launcher may have built it while this one waited.
  if build_needed; then build; else build_unlock; fi
}

# One build at a time in one folder: a second launcher waits for the first.
build_lock() {
  local owner told=
  mkdir -p "$out"
  until mkdir "$out/build.lock" 2>/dev/null; do
    owner=$(cat "$out/build.lock/pid" 2>/dev/null || true)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      rm -rf "$out/build.lock" # its owner was killed
      continue
    fi
    [ -n "$told" ] || say "another build is running here (process ${owner:-unknown}); waiting for it"
    told=yes
    sleep 1
  done
  echo $$ >"$out/build.lock/pid"
  trap build_unlock EXIT
  trap 'build_unlock; exit 130' INT
  trap 'build_unlock; exit 143' TERM
}

build_unlock() {
  rm -rf "$out/build.lock"
  trap - EXIT INT TERM
}

build() {
  local began=$SECONDS maven
  say "building (Maven, JDK $feature; the log is $build_log)"
  touch "$out/build.began"
  (cd "$root" && exec ./mvnw -B -ntp package -DskipTests -Dcastloom.launcher=true -Dspotless.check.skip=true) >"$build_log" 2>&1 </dev/null &
  maven=$!
  trap 'kill "$maven" 2>/dev/null; build_unlock; exit 130' INT
  trap 'kill "$maven" 2>/dev/null; build_unlock; exit 143' TERM
  build_watch "$maven" "$began"
  if ! wait "$maven"; then
    say "the build failed after $((SECONDS - began)) s. Its end ($build_log):"
    grep -E '^\[ERROR\]' "$build_log" | head -n 20 >&2 || tail -n 20 "$build_log" >&2
    if grep -qE 'Could not transfer|Unknown host|UnknownHost|Network is unreachable|Failed to fetch' "$build_log"; then
      say "dependencies could not be fetched: connect to the network once (behind a proxy: set it in ~/.m2/settings.xml); later builds work offline"
    fi
    build_unlock
    return 1
  fi
  class_path_file
  say "built in $((SECONDS - began)) s"
  printf '%s' "$root" >"$out/build.began.text"
  touch -r "$out/build.began" "$out/build.began.text"
  mv "$out/build.began.text" "$build_stamp"
  rm -f "$out/build.began" "$out/aot.tried" "$out"/castloom-*.aot*
  build_unlock
}

# Shows which module Maven is at: one line that is overwritten on a terminal, one line a module elsewhere.
build_watch() {
  local now shown=
  while kill -0 "$1" 2>/dev/null; do
    now=$(sed -n 's/^\[INFO\] Building \(Castloom[a-zA-Z ]*[a-zA-Z]\) [0-9][^ ]*  *\[\([0-9/]*\)\].*/\2 \1/p' "$build_log" 2>/dev/null | tail -n 1)
    [ -n "$now" ] || now='fetching what the build needs'
    if [ -t 2 ]; then
      printf '\r\033[K  %s, %d s' "$now" $((SECONDS - $2)) >&2
    elif [ "$now" != "$shown" ]; then
      printf '  %s\n' "$now" >&2
      shown=$now
    fi
    sleep 0.3
  done
  [ ! -t 2 ] || printf '\r\033[K' >&2
}

# The class path in Maven's order, as an argument file of `java` (quoted, since a folder may hold spaces). Jars that no longer
# belong to it go; the others stay as they are, since processes that were started from them may still run.
class_path_file() {
  local jar name path names
  names=$(tr ':' '\n' <"$out/classpath.txt" | sed 's#.*/##')
  path=$lib/castloom-tests.jar
  while IFS= read -r name; do path=$path:$lib/$name; done <<<"$names"
  for jar in "$lib"/*.jar; do
    case ":$path:" in *":$jar:"*) ;; *) rm -f "$jar" ;; esac
  done
  path=${path//\\/\\\\}
  path=${path//\"/\\\"}
  printf -- '-cp "%s"\n' "$path" >"$out/classpath.args.new"
  mv "$out/classpath.args.new" "$out/classpath.args"
}

# The cache fits one build of one JDK, so its name holds the JDK's.
aot_cache() {
  local line version=unknown
  while IFS= read -r line; do
    case $line in JAVA_RUNTIME_VERSION=*) version=${line#JAVA_RUNTIME_VERSION=} ;; esac
  done <"$JAVA_HOME/release"
  printf '%s/castloom-%s.aot' "$out" "${version//\"/}"
}

# The flags of the JVM, in `flags`. A short command lives for less than the second compiler needs; a service wants it.
jvm_flags() {
  local cache
  flags=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Djdk.tls.server.newSessionTicketCount=0
    -XX:+UseSerialGC "-Dcastloom.home=$root")
  [ "$1" != short ] || flags+=(-XX:TieredStopAtLevel=1)
  cache=$(aot_cache)
  if [ -f "$cache" ] && [ "${CASTLOOM_AOT:-}" != never ]; then
    flags+=("-XX:AOTCache=$cache" "-Xlog:aot*=off" "-Xlog:cds*=off")
  fi
}

# Loads and links the classes of a start once after a build, and keeps them (JEP 483, 514): a start then takes less than half the
# processor time. The rehearsal is the whole system, up on free ports in a folder of its own until it is ready; short commands start
# from the same classes. Workers start most often, so beside it one of them rehearses alone, for a cache that holds just its classes.
train_aot_cache() {
  local cache data rehearsal worker= waited=0
  cache=$(aot_cache)
  [ "${CASTLOOM_AOT:-}" != never ] && [ ! -f "$cache" ] && [ ! -f "$out/aot.tried" ] || return 0
  touch "$out/aot.tried"
  say "rehearsing a start, once after a build, so that later ones are quick"
  data=$out/rehearsal
  rm -rf "$data" "$out"/castloom-*.aot*
  jvm_flags service
  "$JAVA_HOME/bin/java" "${flags[@]}" "-XX:AOTCacheOutput=$cache.new" "@$out/classpath.args" "$main_class" \
    up --data "$data" --http-port 0 --ftp-port 0 --max-workers 1 >"$out/aot.log" 2>&1 </dev/null &
  rehearsal=$!
  trap 'kill "$rehearsal" $worker 2>/dev/null; rm -f "$out/aot.tried"; exit 130' INT
  trap 'kill "$rehearsal" $worker 2>/dev/null; rm -f "$out/aot.tried"; exit 143' TERM
  while kill -0 "$rehearsal" 2>/dev/null && [ ! -f "$data/ready.json" ] && [ "$waited" -lt 120 ]; do
    sleep 0.5
    waited=$((waited + 1))
  done
  if [ -f "$data/cloud.properties" ]; then
    (
      set -a
      # shellcheck source=/dev/null
      . "$data/cloud.properties"
      export CASTLOOM_ADMIN_PORT=0 CASTLOOM_WORKER_SLOTS=1 CASTLOOM_WORKER_FOLDER=$data/work CASTLOOM_INSTANCE_ID=i-rehearsal
      exec "$JAVA_HOME/bin/java" "${flags[@]}" -XX:TieredStopAtLevel=1 "-XX:AOTCacheOutput=${cache%.aot}-worker.aot.new" \
        "@$out/classpath.args" io.castloom.local.system.InstanceMain worker
    ) >"$out/aot-worker.log" 2>&1 </dev/null &
    worker=$!
    waited=0
    while kill -0 "$worker" 2>/dev/null && ! grep -q 'worker is up' "$out/aot-worker.log" && [ "$waited" -lt 60 ]; do
      sleep 0.5
      waited=$((waited + 1))
    done
  fi
  sleep 1
  # both write their caches at once, the system's while the worker's is awaited
  [ -z "$worker" ] || kill "$worker" 2>/dev/null || true
  sleep 1
  kill "$rehearsal" 2>/dev/null || true
  if [ -n "$worker" ]; then
    wait "$worker" || true
    [ ! -s "${cache%.aot}-worker.aot.new" ] || mv "${cache%.aot}-worker.aot.new" "${cache%.aot}-worker.aot"
  fi
  wait "$rehearsal" || true
  trap - INT TERM
  rm -rf "$data"
  # A start without the cache is slower, and nothing else.
  [ ! -s "$cache.new" ] || mv "$cache.new" "$cache"
}
