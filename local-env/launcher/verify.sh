# shellcheck shell=bash
# castloom verify [--quick | --soak]: all tests and checks through Maven; says live where it is, at the end what ran, failed and was skipped.
#
# --quick leaves out what is tagged `slow` or `localstack`. --soak kills workers under 100 jobs instead of 20 (some minutes more).
# CASTLOOM_REQUIRE_LOCALSTACK=true and CASTLOOM_REQUIRE_JUDGES=true turn a missing LocalStack or third-party tool into a failure.

verify_log=$root/target/verify.log

verify() {
  local arguments=() began=$SECONDS maven result=0
  while [ $# -gt 0 ]; do
    case $1 in
      --quick) arguments+=('-DexcludedGroups=slow,localstack') ;;
      --soak) arguments+=('-Dcastloom.chaos.jobs=100') ;;
      -h | --help)
        sed -n '2,5s/^# \{0,1\}//p' "$root/local-env/launcher/verify.sh"
        return 0
        ;;
      *)
        say "verify knows --quick and --soak, not '$1'"
        return 2
        ;;
    esac
    shift
  done
  mkdir -p "$root/target"
  build_lock # a build at the same time would take the classes away from under the tests
  say "verifying (Maven, JDK $feature; the log is $verify_log)"
  # Failed tests do not keep the modules above from theirs (they are counted below). Reports of earlier runs would be counted too.
  find "$root" -type d -name surefire-reports -path '*/target/*' -prune -exec rm -rf {} +
  (cd "$root" && exec ./mvnw -B -ntp verify --fail-at-end -Dmaven.test.failure.ignore=true ${arguments[@]+"${arguments[@]}"}) >"$verify_log" 2>&1 </dev/null &
  maven=$!
  trap 'kill "$maven" 2>/dev/null; build_unlock; exit 130' INT
  trap 'kill "$maven" 2>/dev/null; build_unlock; exit 143' TERM
  verify_watch "$maven" "$began"
  wait "$maven" || result=1
  build_unlock
  verify_summary "$result" $((SECONDS - began)) || result=1
  return "$result"
}

# One line that is overwritten on a terminal; elsewhere a line for each module and each test class.
verify_watch() {
  local module class counts shown=0 lines
  while :; do
    lines=$(sed -n -e 's/^\[INFO\] Building \(Castloom[a-zA-Z ]*[a-zA-Z]\) [0-9][^ ]*  *\[\([0-9/]*\)\].*/module \2 \1/p' \
      -e 's/^\[[A-Z]*\] *\(Tests run: .*Time elapsed.*\)/class \1/p' "$verify_log" 2>/dev/null || true)
    if [ -t 2 ]; then
      module=$(printf '%s\n' "$lines" | sed -n 's/^module //p' | tail -n 1)
      counts=$(printf '%s\n' "$lines" | verify_count)
      class=$(printf '%s\n' "$lines" | sed -n 's/^class .* in //p' | tail -n 1)
      printf '\r\033[K  %s | %s | %s | %d s' "${module:-starting}" "$counts" "${class##*.}" $((SECONDS - $2)) >&2
    else
      printf '%s\n' "$lines" | tail -n "+$((shown + 1))" | sed -e '/^$/d' -e 's/^module /  /' -e 's/^class /    /' >&2
      shown=$(printf '%s' "$lines" | grep -c '' || true)
    fi
    kill -0 "$1" 2>/dev/null || break
    sleep 1
  done
  [ ! -t 2 ] || printf '\r\033[K' >&2
}

# Adds up lines such as `Tests run: 3, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: ...`.
verify_count() {
  awk '/Tests run:/ { gsub(",", ""); for (i = 1; i < NF; i++) {
      if ($i == "run:") run += $(i + 1); if ($i == "Failures:" || $i == "Errors:") failed += $(i + 1); if ($i == "Skipped:") skipped += $(i + 1) } }
    END { printf "%d tests, %d failed, %d skipped", run, failed, skipped }'
}

verify_summary() {
  local counts reports
  counts=$(grep -E '^\[[A-Z]+\] *Tests run: .*Time elapsed' "$verify_log" | verify_count)
  reports=$(find "$root" -name 'TEST-*.xml' -path '*/surefire-reports/*')
  if [ -n "$reports" ]; then
    # The reason stands in the attribute; the same reason is told once, with how often.
    printf '%s\n' "$reports" | tr '\n' '\0' | xargs -0 sed -n 's/.*<skipped[^>]*message="\([^"]*\)".*/\1/p' |
      sed -e 's/&#10;/ /g; s/&quot;/"/g; s/&apos;/'"'"'/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' |
      sort | uniq -c | sort -rn | sed 's/^ *\([0-9]*\) /  skipped, \1 x: /'
  fi
  if [ "$1" != 0 ] || [ "${counts#*, 0 failed}" = "$counts" ]; then
    echo
    grep -E '^\[ERROR\]' "$verify_log" | grep -vE 'Re-run Maven|\[Help|For more information|To see the full stack|After correcting' | head -n 60 | sed 's/^\[ERROR\]/ /'
    say "FAILED after $2 s: $counts (all of it: $verify_log; each class: */target/surefire-reports)"
    return 1
  fi
  case $counts in
    '0 tests'*)
      say "FAILED: no test ran (see $verify_log)"
      return 1
      ;;
  esac
  say "verified in $2 s: $counts"
}
