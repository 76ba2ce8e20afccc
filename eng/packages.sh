#!/usr/bin/env bash
# Packs every package to a local feed, checks what is in them (eng/packages.txt), and builds, runs and publishes consumers of them outside the repository:
# eng/packages.sh [--update]. Sourced by .ci/run, which brings check(). --update writes eng/packages.txt from what was packed.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if ! declare -F check >/dev/null; then
  set -euo pipefail
  failed=0
  check() {
    local name=$1
    shift
    if "$@" >"$work/check" 2>&1; then echo "passed  $name"; else failed=1; echo "FAILED  $name"; tail -n 40 "$work/check"; fi
  }
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  alone=1
fi
repository=$PWD
feed=$work/feed
consumers=$work/consumers
cache=${NUGET_PACKAGES:-$HOME/.nuget/packages}
expected=$repository/eng/packages.txt
mkdir -p "$feed" "$consumers"

pack() {
  dotnet restore FastEnrich.sln -v q || return 1
  dotnet msbuild eng/packages.proj -t:Pack -nologo -v:q -p:Configuration=Release -p:PackageOutputPath="$feed" >"$work/pack.log" 2>&1
  local status=$?
  cat "$work/pack.log"
  [ "$status" = 0 ] && ! grep -q 'warning' "$work/pack.log"
}

version() { basename "$feed"/FastEnrich.Abstractions.*.nupkg .nupkg | sed 's/^FastEnrich\.Abstractions\.//'; }

# One line for each file, dependency and promise of each package, without the version.
contents() {
  local package id nuspec
  for package in "$feed"/*."$(version)".nupkg; do
    id=$(basename "$package" ".$(version).nupkg")
    nuspec=$(unzip -p "$package" "$id.nuspec")
    unzip -Z1 "$package" | grep -vE '^(_rels/|package/|\[Content_Types\])' | sed -E 's|^(docs/diagnostics/)FE[0-9]+|\1FE*|' | sort -u | sed "s|^|$id file |"
    [ ! -e "${package%.nupkg}.snupkg" ] || unzip -Z1 "${package%.nupkg}.snupkg" | grep '\.pdb$' | sed "s|^|$id symbols |"
    sed -nE 's|.*<dependency id="(FastEnrich[^"]*)" version="\[.*\]"(.*) />.*|\1, this very version\2|p; t; s|.*<dependency id="(FastEnrich[^"]*)" version="[^"]*"(.*) />.*|\1, this version or later\2|p; t; s|.*<dependency id="([^"]+)".*|\1|p' <<<"$nuspec" | sed "s|^|$id needs |"
    sed -nE 's|.*<(frameworkReference) name="([^"]+)".*|framework \2|p; s|.*<license type="expression">(.*)</license>.*|license \1|p; s|.*<readme>(.*)</readme>.*|readme \1|p' <<<"$nuspec" | sed "s|^|$id |"
  done | LC_ALL=C sort
}

as_listed() { contents >"$work/contents" && diff "$expected" "$work/contents"; }

hidden_by_nothing() { # the cache is consulted before the feed
  local id
  for id in "$feed"/*.nupkg; do
    id=$(basename "$id" ".$(version).nupkg" | tr '[:upper:]' '[:lower:]')
    [ ! -e "$cache/$id/$(version)" ] || { echo "$cache/$id/$(version) hides the package that was just built"; return 1; }
  done
}

# The consumers, with a cache of their own for our packages; everything else comes from the machine's.
prepare() {
  cp -r eng/consumers/. "$consumers"
  awk '/^```/ { inside = !done && /csharp/; if (!inside && seen) done = 1; next } inside { seen = 1; print }' src/FastEnrich.Abstractions/README.md >"$work/example"
  { printf '#pragma warning disable CS1591\nusing FastEnrich;\n\nnamespace Acme;\n\n'; cat "$work/example"; } >"$consumers/Acme.Plugins/README.cs"
  cat >"$consumers/nuget.config" <<XML
<configuration>
  <config><add key="globalPackagesFolder" value="$work/packages" /></config>
  <fallbackPackageFolders><add key="machine" value="$cache" /></fallbackPackageFolders>
  <packageSources><add key="local" value="$feed" /></packageSources>
</configuration>
XML
}

built() { # language version
  (cd "$consumers" && dotnet build Acme.App -nologo -v q -m:2 -p:LangVersion="$1" -p:FastEnrichVersion="$(version)") >"$work/consumer.log" 2>&1
  local status=$?
  cat "$work/consumer.log"
  [ "$status" = 0 ] && ! grep -q 'warning' "$work/consumer.log"
}

says() { # program
  "$1" >"$work/said" 2>&1 || { cat "$work/said"; return 1; }
  diff - "$work/said" <<'TEXT'
http loyalty loyalty-more weather
Porto, LoyaltyAccount+rain+{: 3 succeeded, 0 failed
TEXT
}

published() {
  (cd "$consumers" && dotnet publish Acme.App -c Release -r linux-x64 -o "$work/published" -nologo -v q -p:FastEnrichVersion="$(version)") >"$work/consumer.log" 2>&1
  local status=$?
  cat "$work/consumer.log"
  [ "$status" = 0 ] && ! grep -qE 'warning|error' "$work/consumer.log"
}

documents() { # what a build writes when it is asked to, and what the program itself says
  (cd "$consumers" && dotnet build Acme.App -nologo -v q -m:2 -p:FastEnrichEmitSchemas=true -p:FastEnrichVersion="$(version)") || return 1
  "$consumers/Acme.App/bin/Debug/net10.0/Acme.App" schema | diff - "$consumers/Acme.App/bin/Debug/net10.0/schemas/fastenrich.schema.json" || return 1
  grep -q '"name": "loyalty"' "$consumers/Acme.Plugins/bin/Debug/net10.0/schemas/plugins/loyalty/plugin.json"
}

# A project for two frameworks in a folder with a space: which builds write its documents, which leave them alone, and what is there afterwards.
documents_follow() (
  folder="$work/two words"
  first=$folder/Acme.Notes/bin/Debug/net10.0/schemas/plugins/notes/plugin.json
  second=$folder/Acme.Notes/bin/Debug/net10.0-acme1.0/schemas/plugins/notes-acme/plugin.json
  mkdir -p "$folder"
  cp -r "$consumers/Acme.Notes" "$consumers/Directory.Build.props" "$consumers/nuget.config" "$folder"
  cd "$folder/Acme.Notes" || return 1
  note() { dotnet "$1" -nologo -v q -p:FastEnrichVersion="$(version)" "${@:2}"; }
  there() { # the default of the only option, in both
    grep -q "\"default\": \"$1\"" "$first" && grep -q "\"default\": \"$1\"" "$second" || { echo "not '$1' in $first and $second"; cat "$first" "$second"; return 1; }
  }
  old() { [ "$first" -ot mark ] && [ "$second" -ot mark ]; }
  gone() { [ -z "$(find bin obj -name plugin.json)" ] || { find bin obj -name plugin.json; return 1; }; }

  note build && there 5s && touch mark || return 1
  note build --no-restore && old || { echo "written again though nothing changed"; return 1; }
  sed -i 's|TimeSpan.FromSeconds(5);|TimeSpan.FromSeconds(5); // why|' NotesOptions.cs
  note build --no-restore && old || { echo "written again though they say the same"; return 1; }
  sed -i 's|FromSeconds(5)|FromSeconds(6)|' NotesOptions.cs
  note build --no-restore && there 6s || return 1
  rm "$first"
  note build --no-restore && there 6s || return 1

  sed -i 's|FromSeconds(6)|FromSeconds(7)|' NotesOptions.cs
  ! note build --no-restore -p:FastEnrichSchemaDirectory=NotesOptions.cs >failure || { echo "built though the documents cannot be written"; return 1; }
  grep -q 'error : the schema documents cannot be written: .*NotesOptions.cs' failure || { cat failure; return 1; }
  note build --no-restore && there 7s || return 1

  sed -i 's|"notes"|"notes-renamed"|' NotesPlugin.cs
  note build --no-restore && [ ! -e "$first" ] && [ -e "${first/notes/notes-renamed}" ] || { echo "the document of a plugin that is gone stays, or the new one is missing"; return 1; }
  note build --no-restore -p:FastEnrichEmitSchemas=false && gone || return 1
  note build --no-restore && note clean && gone
)

without_reflection() {
  local files=("$consumers"/*/obj/generated/FastEnrich.Generators/*/*.cs)
  [ "${#files[@]}" -ge 8 ] || { echo "only ${#files[@]} generated files"; return 1; }
  ! grep -nE 'System\.Reflection|Type\.GetType|Activator|\bdynamic\b|Expression|\.Compile\(|MakeGeneric|GetMethod\(|GetProperty\(|Emit\b' "${files[@]}"
}

# Abstractions that keep another contract with generated code than the generator in their package expects.
refused() { # contract age
  dotnet pack src/FastEnrich.Abstractions -c Release --artifacts-path "$work/other" -o "$work/other-feed" -nologo -v q -p:GeneratorContract="$1" -p:Version="9.9.$1" -p:RunAnalyzers=false || return 1
  local status=0
  mkdir -p "$work/stranger"
  cp -r "$consumers/Acme.Plugins" "$consumers/Directory.Build.props" "$work/stranger"
  sed "s|$feed|$work/other-feed|" "$consumers/nuget.config" >"$work/stranger/nuget.config"
  rm -rf "$work/stranger/Acme.Plugins/"{obj,bin}
  (cd "$work/stranger" && dotnet build Acme.Plugins -nologo -v q -p:FastEnrichVersion="9.9.$1") >"$work/stranger.log" 2>&1 || status=$?
  cat "$work/stranger.log"
  [ "$status" != 0 ] && grep -q "error FE9002: 'FastEnrich.Abstractions' 9.9.$1 is $2 than the generator" "$work/stranger.log"
}

# What the template makes, in a hive of its own. Names that are no identifiers and keywords must do as well.
template() { # names
  mkdir -p "$work/made" && sed 's|<packageSources>|<packageSources><clear />|' "$consumers/nuget.config" >"$work/made/nuget.config"
  (
    export DOTNET_CLI_HOME=$work/home DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
    cd "$work/made" || exit 1
    dotnet new install FastEnrich.Templates || exit 1
    for name in "$@"; do
      dotnet new fastenrich-plugin -n "$name" --plugin-author 'A "B" & <C>' --batch || exit 1 # without --batch: the tutorial
      (cd "$name" && dotnet build -nologo -v q -warnaserror -p:CI=false && dotnet test --no-build) || exit 1
    done
    dotnet new uninstall FastEnrich.Templates
  )
}

tutorial() {
  local tools=$work/native
  if [ ! -x "$tools/fastenrich" ]; then
    tools=$repository/src/FastEnrich.Sidecar/bin/Release/net10.0
    dotnet build src/FastEnrich.Sidecar -c Release --no-restore -nologo -v q || return 1
  fi
  mkdir -p "$work/tutorial" && sed 's|<packageSources>|<packageSources><clear />|' "$consumers/nuget.config" >"$work/tutorial/nuget.config"
  DOTNET_CLI_HOME=$work/home PATH=$tools:$PATH eng/tutorial.sh docs/tutorial.md "$work/tutorial/empty"
}

check "every package packs without a warning" pack
[ "${alone:-} ${1:-} $failed" != "1 --update 0" ] || contents >"$expected"
check "the packages hold what eng/packages.txt lists" as_listed
check "no other package of the same version is in the way" hidden_by_nothing
prepare
check "consumers compile as C# 13 at the highest analysis level" built 13
check "a consumer finds all its plugins and enriches" says "$consumers/Acme.App/bin/Debug/net10.0/Acme.App"
check "consumers compile as C# 14 at the highest analysis level" built 14
check "a build writes the schema documents when it is asked to" documents
check "the schema documents follow what is built, for each framework" documents_follow
check "generated code holds no reflection" without_reflection
check "a consumer publishes natively without a warning" published
check "the native consumer does the same" says "$work/published/Acme.App"
check "the template builds without a warning and passes its tests, whatever the name" template "123 my-plugin" "A&B.class"
check "the tutorial does what it says" tutorial
check "a newer contract is FE9002" refused 2 newer
check "an older contract is FE9002" refused 0 older
if [ "${alone:-}" = 1 ]; then
  exit "$failed"
fi
