#!/usr/bin/env bash
# Writes a software bill of materials for each project of src, from what NuGet resolved for it: eng/sbom.sh [directory]
# CycloneDX 1.6 as JSON: libraries that reach users, with version, licence and hash; not what only builds them. Needs a restore, and nothing from the network.
set -euo pipefail
cd "$(dirname "$0")/.."
output=${1:-artifacts/sbom}
cache=${NUGET_PACKAGES:-$HOME/.nuget/packages}
version=$(sed -nE 's|.*<VersionPrefix>(.*)</VersionPrefix>.*|\1|p' Directory.Build.props)
mkdir -p "$output"
rm -f "$output"/*.json

# Licence and hash of one package, as NuGet keeps them.
facts() { # name version
  local folder nuspec
  folder=$cache/$(tr '[:upper:]' '[:lower:]' <<<"$1/$2")
  nuspec=$(echo "$folder"/*.nuspec)
  jq -n --arg id "$1/$2" \
    --arg licence "$(sed -nE 's|.*<license type="expression">([^<]*)</license>.*|\1|p' "$nuspec" | head -n 1)" \
    --arg sha512 "$(cat "$folder"/*.nupkg.sha512 | base64 -d | od -An -v -tx1 | tr -d ' \n')" \
    '{($id): {licence: $licence, sha512: $sha512}}'
}

# What is reachable from the project without passing through what is private to its build.
closure='
  (.project.frameworks | keys[0]) as $framework
  | (.targets[$framework] | with_entries(.key |= ascii_downcase)) as $all
  | ($all | keys | map({key: split("/")[0], value: .}) | from_entries) as $byName
  | ([.project.frameworks[$framework].dependencies // {} | to_entries[] | select(.value.suppressParent != "All") | .key | ascii_downcase]
     + [$all | to_entries[] | select(.value.type == "project") | .key | split("/")[0]]) as $roots
  | def needs($name): [$all[$byName[$name] // ""].dependencies // {} | keys[] | ascii_downcase | select($byName[.])];
    def reach($found): ([$found[] | needs(.)[]] + $found | unique) as $more | if ($more | length) == ($found | length) then $found else reach($more) end;
  (.libraries | with_entries(.key |= ascii_downcase)) as $libraries
  | (.libraries | keys | map({key: ascii_downcase, value: .}) | from_entries) as $written
  | reach($roots | map(select($byName[.])) | unique) as $reached
  | {roots: ($roots | map($byName[.] // empty | $written[.]) | unique),
     components: [$reached[] | $byName[.] as $key | {id: $written[$key], type: $all[$key].type, needs: [needs(.)[] | $written[$byName[.]]]}]}
'

for project in src/*/*.csproj; do
  name=$(basename "$project" .csproj)
  jq "$closure" "$(dirname "$project")/obj/project.assets.json" >"$output/$name.closure"
  jq -r '.components[] | select(.type == "package") | .id' "$output/$name.closure" | while IFS=/ read -r id number; do facts "$id" "$number"; done | jq -s 'add // {}' >"$output/$name.facts"
  jq --arg name "$name" --arg version "$version" --slurpfile facts "$output/$name.facts" '
    def purl: split("/") | "pkg:nuget/\(.[0])@\(.[1])";
    {bomFormat: "CycloneDX", specVersion: "1.6", version: 1,
     metadata: {component: {type: (if $name == "FastEnrich.Sidecar" then "application" else "library" end), "bom-ref": "root", name: $name, version: $version, licenses: [{license: {id: "MIT"}}]}},
     components: [.components[] | (.id | split("/")) as $id | $facts[0][.id] as $fact | {type: "library", "bom-ref": (.id | purl), name: $id[0], version: $id[1], purl: (.id | purl)}
       + (if .type == "project" then {licenses: [{license: {id: "MIT"}}]} elif $fact.licence != "" then {licenses: [{expression: $fact.licence}]} else {} end)
       + (if .type == "package" then {hashes: [{alg: "SHA-512", content: $fact.sha512}]} else {} end)],
     dependencies: ([{ref: "root", dependsOn: (.roots | map(purl))}] + [.components[] | {ref: (.id | purl), dependsOn: (.needs | map(purl))}])}' "$output/$name.closure" >"$output/$name.json"
  rm "$output/$name.closure" "$output/$name.facts"

  # Valid, whole, and without what only builds: a broken one must not pass as an empty one.
  jq -e '.bomFormat == "CycloneDX" and ((.components | length) > 0 or .dependencies[0].dependsOn == [])
    and ([.components[]."bom-ref"] | length == (unique | length))
    and ((([.components[]."bom-ref"] + ["root"]) as $known | [.dependencies[] | .ref, .dependsOn[]] | unique - $known) == [])
    and all(.components[]; .name and .version and .purl)
    and all(.components[] | select(.hashes); .hashes[0].content | test("^[0-9a-f]{128}$"))
    and all(.components[]; .name | test("Analyzers|ILLink|CodeAnalysis") | not)' "$output/$name.json" >/dev/null || { echo "$output/$name.json is not a valid bill" >&2; exit 1; }
  [ "$name" != FastEnrich ] || jq -e '.components | length > 10' "$output/$name.json" >/dev/null || { echo "the engine's own libraries are missing" >&2; exit 1; }
  echo "$output/$name.json: $(jq '.components | length' "$output/$name.json") components"
done
