# Sourced by .ci/run: uses the built executable as its users do. Needs check() and the variable server of the caller.
# Usage: source eng/smoke.sh <fastenrich> <directory for files>
binary=$1
files=$2

fields='["user_id","merged","enrichments","errors","status","overall_confidence","success_count","error_count","complete","timestamp"]'

enrich_demo() {
  "$binary" enrich --demo --users 1000 --seed 7 >"$files/a.ndjson" 2>"$files/a.err" || return 1
  [ "$(wc -l <"$files/a.ndjson")" = 1000 ] || return 1
  jq -es --argjson fields "$fields" 'all(.[]; . as $p | all($fields[]; . as $f | $p | has($f)))' "$files/a.ndjson" || return 1
  jq -es '(map(select(.enrichments.hubspot)) | length) >= 900 and all(.[]; .enrichments.hubspot or .status.hubspot.state == "not_found")' "$files/a.ndjson" || return 1
  jq -es 'map(.enrichments | keys[]) | unique == ["facebook","hubspot","pipedrive","salesforce","x"]' "$files/a.ndjson" || return 1
  grep -q 'profiles' "$files/a.err"
}

same_seed_same_bytes() {
  "$binary" enrich --demo --users 1000 --seed 7 >"$files/b.ndjson" 2>/dev/null || return 1
  for file in a b; do
    jq -c 'walk(if type == "object" then del(.timestamp, .fetched_at, .fresh_until, .ttl) else . end)' "$files/$file.ndjson" >"$files/$file.stable"
  done
  cmp "$files/a.stable" "$files/b.stable"
}

refused_lines() {
  local status=0
  printf '%s\n' 'one' '' '{"user_id":"two"}' '{"user_id":' | "$binary" enrich --demo --users 10 --input - >"$files/c.ndjson" 2>/dev/null || status=$?
  [ "$status" = 1 ] && [ "$(wc -l <"$files/c.ndjson")" = 4 ] && [ "$(jq -s 'map(select(.error)) | length' "$files/c.ndjson")" = 2 ]
}

six_mistakes() {
  cat >"$files/six.yaml" <<'YAML'
engine:
  timeout: soon
  max_retries: 99
  colour: blue
plugins:
  hubspot:
    config:
      api_url: "ftp://example.com"
      timeout: 9999
      api_key: "${SURELY_NOT_SET}"
YAML
  local status=0
  "$binary" config validate "$files/six.yaml" >"$files/six.out" 2>&1 || status=$?
  cat "$files/six.out"
  [ "$status" = 2 ] && [ "$(grep -cE 'six\.yaml:[0-9]+' "$files/six.out")" = 6 ]
}

unknown_option() {
  local status=0
  "$binary" enrich --no-such-option >/dev/null 2>&1 || status=$?
  [ "$status" = 2 ]
}

get() { curl -sS -m 10 "$address$1"; }

serve() {
  "$binary" serve --demo --users 100 --seed 7 --urls http://127.0.0.1:0 >"$files/serve.log" 2>&1 &
  server=$!
  for _ in $(seq 100); do
    address=$(sed -n 's/^listening on //p' "$files/serve.log" | head -n 1) # port 0: the system chooses one that is free
    [ -n "$address" ] && get /readyz >/dev/null 2>&1 && break
    sleep 0.1
  done
  get /healthz >/dev/null || return 1
  local id
  id=$(jq -r 'select(.enrichments.hubspot) | .user_id' "$files/a.ndjson" | head -n 1)
  [ "$(get "/v1/users/$id/profile" | jq -r .user_id)" = "$id" ] || return 1
  [ "$(get "/v1/users/a%2Fb/profile" | jq -r .user_id)" = "a/b" ] || return 1
  [ "$(get "/v1/users/a%252Fb/profile" | jq -r .user_id)" = "a%2Fb" ] || return 1
  [ "$(curl -s -o /dev/null -w '%{http_code}' -X DELETE "$address/v1/users/$id")" = 403 ] || return 1
  [ "$(curl -s -o /dev/null -w '%{http_code}' -H 'Host: evil.example' "$address/v1/users/$id/profile")" != 200 ]
}

stops() {
  kill -TERM "$server"
  local status=0
  wait "$server" || status=$?
  server=
  [ "$status" = 0 ] && ! grep -qE '51000000|users/' "$files/serve.log"
}

systems_alone() {
  local status=0
  "$binary" demo-upstreams --port 0 --users 20 >"$files/five.yaml" 2>"$files/five.log" &
  local systems=$!
  for _ in $(seq 100); do
    grep -q "five systems are running" "$files/five.log" && break # said once the whole file is written
    sleep 0.1
  done
  "$binary" config validate "$files/five.yaml" || return 1
  echo 5100000017 | "$binary" enrich --config "$files/five.yaml" --timeout 60s >"$files/five.ndjson" 2>/dev/null || status=$?
  kill -TERM "$systems"
  wait "$systems" || status=$?
  [ "$status" = 0 ] && jq -e '.success_count == 5 or ({ status, errors } | error(tostring))' "$files/five.ndjson"
}

# A plugin in a process of its own is killed while four callers ask: the other plugin's answers stay, and the child is back within 2 s.
child_comes_back() {
  local python child again served=0 status=0 began
  python=$(python3 -c 'import os, sys; print(os.path.realpath(sys.executable))')
  install -m 644 docs/process-plugins/plugin.py "$files/plugin.py"
  "$binary" demo-upstreams --port 0 --users 50 >"$files/killed.yaml" 2>"$files/killed.log" &
  local systems=$!
  for _ in $(seq 100); do
    grep -q "five systems are running" "$files/killed.log" && break
    sleep 0.1
  done
  printf '  geo:\n    process: { command: ["%s", -I, "%s"] }\n' "$python" "$files/plugin.py" >>"$files/killed.yaml"
  "$binary" serve --config "$files/killed.yaml" --urls http://127.0.0.1:0 >"$files/killed.serve" 2>&1 &
  server=$!
  for _ in $(seq 100); do
    address=$(sed -n 's/^listening on //p' "$files/killed.serve" | head -n 1)
    [ -n "$address" ] && [ "$(get "/v1/users/user-1/profile?plugins=geo" 2>/dev/null | jq -r .status.geo.state)" = fresh ] && break
    sleep 0.1
  done
  child=$(pgrep -f "$files/plugin.py" | head -n 1)
  for worker in 1 2 3 4; do
    (for i in $(seq 60); do get "/v1/users/51000000$(printf %02d $((i % 50)))/profile?plugins=geo,hubspot&deadline=5s" | jq -r .status.hubspot.state; done >"$files/killed.$worker") &
  done
  sleep 0.2
  began=$(date +%s%N)
  kill -9 "$child"
  for i in $(seq 400); do
    again=$(pgrep -f "$files/plugin.py" | head -n 1) || true
    if [ -n "$again" ] && [ "$again" != "$child" ] && [ "$(get "/v1/users/user-$((i + 1))/profile?plugins=geo&deadline=200ms" | jq -r .status.geo.state)" = fresh ]; then
      served=$((($(date +%s%N) - began) / 1000000))
      break
    fi
  done
  wait $(jobs -p | grep -vxF -e "$systems" -e "$server") || true
  kill -TERM "$server" "$systems"
  wait "$server" || status=$?
  server=
  wait "$systems" || true
  echo "back after $served ms" | tee "$files/back"
  [ "$status" = 0 ] && [ "$served" -gt 0 ] && [ "$served" -le 2000 ] && [ "$(cat "$files"/killed.[1-4] | sort -u | grep -vcE '^(fresh|not_found)$')" = 0 ]
}

# Prints the address of a sidecar once its log says where it listens and it answers.
address_in() {
  local found
  for _ in $(seq 100); do
    found=$(sed -n 's/^listening on //p' "$1" | head -n 1)
    [ -n "$found" ] && curl -sS -m 10 "$found/readyz" >/dev/null 2>&1 && break
    sleep 0.1
  done
  echo "$found"
}

# Two sidecars share an encrypted Redis: what one fetched the other has, what one forgets is gone from both, and a Redis that is killed fails no request.
second_tier() {
  local port redis systems first second a b id key origin= shown= receipt= forgotten= gone= unconfirmed= status=0
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  key=$(head -c 32 /dev/urandom | base64)
  redis-server --port "$port" --bind 127.0.0.1 --save "" --appendonly no >"$files/tier.redis" 2>&1 &
  redis=$!
  "$binary" demo-upstreams --port 0 --users 100 >"$files/tier.systems" 2>"$files/tier.log" &
  systems=$!
  for _ in $(seq 100); do
    grep -q "five systems are running" "$files/tier.log" && break
    sleep 0.1
  done
  {
    printf 'engine:\n  redis:\n    connection: "redis://127.0.0.1:%s"\n    l2_timeout: 1s\n' "$port"
    printf '    encryption: { index_key: "%s", keys: [{ id: "k1", key: "%s" }] }\n' "$key" "$key"
    cat "$files/tier.systems"
  } >"$files/tier.yaml"
  "$binary" serve --config "$files/tier.yaml" --urls http://127.0.0.1:0 --allow-unauthenticated-admin >"$files/tier.a" 2>&1 &
  first=$!
  "$binary" serve --config "$files/tier.yaml" --urls http://127.0.0.1:0 --allow-unauthenticated-admin >"$files/tier.b" 2>&1 &
  second=$!
  a=$(address_in "$files/tier.a")
  b=$(address_in "$files/tier.b")
  origin_at() { curl -sS -m 10 "$1/v1/users/$id/profile" | jq -r .status.hubspot.origin; }
  for i in $(seq 0 99); do
    id=$((5100000017 + 97 * i)) # another one each time: what was fetched before the tier was connected is not there
    [ "$(origin_at "$a")" != null ] && sleep 0.1 && origin=$(origin_at "$b")
    [ "$origin" = l2 ] && break
  done
  shown=$(redis-cli -p "$port" --scan | grep -cF "$id" || true)
  receipt=$(curl -sS -m 10 -X DELETE "$a/v1/users/$id" | jq -r .complete)
  sleep 0.2
  forgotten=$(origin_at "$b")
  kill -9 "$redis"
  id=$((id + 97))
  gone=$(curl -sS -m 10 -o /dev/null -w '%{http_code}' "$a/v1/users/$id/profile")
  unconfirmed=$(curl -sS -m 10 -o /dev/null -w '%{http_code}' -X DELETE "$b/v1/users/$id")
  kill -TERM "$first" "$second" "$systems"
  wait "$first" || status=1
  wait "$second" || status=1
  wait "$systems" "$redis" || true
  echo "read by the other from $origin, ids shown $shown, forgotten: $receipt, then from $forgotten; without Redis $gone and $unconfirmed; exit $status"
  [ "$origin $shown $receipt $forgotten $gone $unconfirmed $status" = "l2 0 true upstream 200 202 0" ] && ! grep -qE '51000[0-9]{5}' "$files/tier.a" "$files/tier.b"
}

check "enrich --demo writes 1,000 whole profiles" enrich_demo
check "the same seed gives the same bytes" same_seed_same_bytes
check "each refused line has one error line in its place" refused_lines
check "six mistakes are reported with their lines" six_mistakes
check "an unknown option is bad usage" unknown_option
check "demo-upstreams prints a configuration that asks all five" systems_alone
check "serve answers, and refuses what it must" serve
check "serve drains on SIGTERM, exits with 0 and logged no user" stops
check "a plugin's process that is killed is back within 2 s, and no other plugin notices" child_comes_back
check "two sidecars share an encrypted Redis, forget together, and go on without it" second_tier
