#!/usr/bin/env bash
# Does what a page says, in a folder that is made for it, and compares: eng/tutorial.sh page folder
#   ```lang file=path     the block becomes that file             ```lang part-of=path  the block stands in that file
#   ```diff apply         the block is applied to the folder      ```console            "$ " lines are run, what follows is their output
# In outputs "..." is any text; a line of "..." alone is any number of lines. Port 5080 becomes one that is free.
set -euo pipefail
set -m # background jobs get process groups of their own, so that they can be ended with their children
page=$(realpath "$1")
scratch=$(mktemp -d)
finish() {
  local job
  for job in $(jobs -p); do kill -- "-$job" 2>/dev/null || true; done
  rm -rf "$scratch"
}
trap finish EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false MSBUILDTERMINALLOGGER=off CI=false
mkdir -p "$2"
cd "$2"

port=5080
while (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((20000 + RANDOM % 10000)); done

fail() {
  printf 'line %s: %s\n' "$number" "$1"
  exit 1
}

matches() { # expected actual
  local pattern
  pattern=$(sed 's/[][\\*?]/\\&/g' <<<"$1")
  pattern=${pattern//$'\n'...$'\n'/$'\n'*}
  pattern=${pattern//.../*}
  [[ $pattern != *$'\n*' ]] || pattern=${pattern%$'\n*'}'*'
  # shellcheck disable=SC2053
  [[ $2 == $pattern ]]
}

run() { # command expected
  [ -n "$1" ] || return 0
  ran=$((ran + 1))
  printf '$ %s\n' "$1"
  local status=0 output
  eval "$1" >"$scratch/output" 2>&1 || status=$?
  output=$(sed 's/[[:space:]]*$//' "$scratch/output")
  [ "$status" = 0 ] || fail "exit code $status of: $1"$'\n'"$output"
  matches "${2%$'\n'}" "$output" || fail "the page shows"$'\n'"${2%$'\n'}"$'\n'"but this was printed"$'\n'"$output"
}

console() {
  local line command='' expected=''
  while IFS= read -r line; do
    case $line in
      '$ '*)
        run "$command" "$expected"
        command=${line#'$ '} expected=''
        ;;
      *) expected+=$line$'\n' ;;
    esac
  done <<<"$1"
  run "$command" "$expected"
}

block() { # info text
  local target=${1##*=}
  blocks=$((blocks + 1))
  case $1 in
    console) console "$2" ;;
    *' file='*) mkdir -p "$(dirname "$target")" && printf '%s\n' "$2" >"$target" ;;
    *' part-of='*) [[ $'\n'$(cat "$target")$'\n' == *$'\n'"$2"$'\n'* ]] || fail "$target holds something else" ;;
    'diff apply') printf '%s\n' "$2" | git apply -p0 - || fail "the change does not fit" ;;
    text | yaml | '') ;;
    *) fail "an unknown kind of block: $1" ;;
  esac
}

number=0 blocks=0 ran=0 info='' inside='' text=''
while IFS= read -r row <&3; do
  number=$((number + 1))
  if [ -n "$inside" ] && [ "$row" = '```' ]; then
    block "$info" "${text%$'\n'}"
    inside=''
  elif [ -n "$inside" ]; then
    text+=$row$'\n'
  elif [[ $row == '```'* ]]; then
    info=${row#'```'} inside=1 text=''
  fi
done 3< <(sed "s/5080/$port/g" "$page")
[ "$ran" -ge 10 ] || fail "only $ran commands were found"
echo "$blocks blocks, $ran commands"
