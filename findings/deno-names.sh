#!/bin/sh
# Deno lists a file whose name is not UTF-8 under a name that no call can open, with U+FFFD for the bytes that it cannot tell. realPath and
# cwd throw InvalidData for such a folder.
. "$(dirname "$0")/support/finding.sh"
cd "$work"
npm install --silent --no-fund --no-audit deno@2.9.6
deno=$work/node_modules/.bin/deno
"$deno" --version | head -n 1

run() {
  printf "%s\n" "$1" >"$work/look.js"
  "$deno" run -A "$work/look.js" "$work/names"
}

name=$work/names/$(printf 'caf\351')
mkdir -p "$name"
same "readDir" '"caf\ufffd"' "$(run 'for (const { name } of Deno.readDirSync(Deno.args[0])) console.log(JSON.stringify(name).replace("\uFFFD", "\\ufffd"));')"
same "stat of that name" NotFound "$(run 'for (const { name } of Deno.readDirSync(Deno.args[0])) try {
  Deno.statSync(`${Deno.args[0]}/${name}`);
} catch (error) {
  console.log(error.name);
}')"
ln -s "$name" "$work/link"
same "realPath" InvalidData "$(run 'try { Deno.realPathSync(`${Deno.args[0]}/../link`); } catch (error) { console.log(error.name); }')"
cd "$name"
same "cwd" InvalidData "$(run 'try { Deno.cwd(); } catch (error) { console.log(error.name); }')"
cd "$work"
finish
