/** The completion script for bash, in bash; a stand-in of the tool gives the answers. */
import { assertEquals } from "@std/assert";
import { bashCompletion } from "../../src/cli/completion_scripts/bash.ts";
import { makeFolder } from "../support/folder.ts";
import { runProgram } from "../support/tool.ts";

const TOOL = `#!/bin/sh
printf '%s\\n' "$*" > asked
cat answers
`;

/** Sources the script, completes the last of its arguments, and prints what the line editor would get. */
const SHELL = `source ./script
_restic() {
    local word
    for word in backup snapshots "stats      (Show statistics)" --json folder; do
        [[ "$word" == "$2"* ]] && COMPREPLY+=("$word")
    done
    printf '%s|' "\${COMP_WORDS[@]}" > restic-words
}
complete -F _restic restic
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_resticprofile
printf '[%s]\\n' "\${COMPREPLY[@]}"
`;

interface Completed {
  readonly replies: string[];
  /** The tool's arguments. */
  readonly asked: string | undefined;
  readonly resticWords: string | undefined;
}

async function complete(words: readonly string[], answers: readonly string[]): Promise<Completed> {
  using folder = makeFolder({
    "bin/resticprofile": TOOL,
    "answers": answers.map((answer) => `${answer}\n`).join(""),
    "script": bashCompletion("-c | -n | --config | --name"),
    "shell": SHELL,
    "folder/file.txt": "",
    "file.txt": "",
  });
  const { stdout, stderr } = await runProgram("bash", folder, ["shell", "resticprofile", ...words]);
  assertEquals(stderr, "");
  return {
    replies: stdout.trimEnd().split("\n").map((line) => line.slice(1, -1)),
    asked: folder.read("asked")?.trimEnd(),
    resticWords: folder.read("restic-words"),
  };
}

const REPLIES: [words: string[], answers: string[], replies: string[]][] = [
  [["sh"], ["show"], ["show "]],
  [["d"], ["default."], ["default."]],
  [["s"], ["show", "__complete_restic"], ["show ", "snapshots ", "stats "]],
  [["other.s"], ["other.show", "other.__complete_restic"], ["other.show ", "other.snapshots ", "other.stats "]],
  [["backup", "--j"], ["__complete_restic"], ["--json "]],
  [["backup", "fo"], ["__complete_restic"], ["folder/"]],
  [["-c", "fi"], ["__complete_file"], ["file.txt"]],
  [["--theme", "=", "d"], ["dark"], ["dark "]],
  [["--theme", "="], ["dark", "light"], ["dark ", "light "]],
  [["nothing"], [], [""]],
];
for (const [words, answers, replies] of REPLIES) {
  Deno.test(`bash completes "${words.join(" ")}" with ${JSON.stringify(replies)}`, async () => {
    const completed = await complete(words, answers);
    assertEquals(completed.replies, replies);
    assertEquals(completed.asked, ["complete bash:v1", `__POS:${words.length}`, ...words].join(" "));
  });
}

/** What a shell that was just started knows of restic's completion: nothing, but where it is. */
const FRESH = {
  "with bash-completion 2.12": "_comp_load() { [[ $1 == restic ]] && source ./restic-completion; }",
  "with an older bash-completion": "__load_completion() { [[ $1 == restic ]] && source ./restic-completion; }",
  "without bash-completion": "PATH=$PWD/other/bin:$PATH",
} as const;

for (const [what, loader] of Object.entries(FRESH)) {
  Deno.test(`bash completes with restic's completion at once in a fresh shell ${what}`, async () => {
    using folder = makeFolder({
      "bin/resticprofile": TOOL,
      "answers": "__complete_restic\n",
      "script": bashCompletion("-n | --name"),
      "restic-completion":
        "_restic_words() { local cur; _get_comp_words_by_ref -n =: cur prev words cword; [[ $cur == ba ]] && COMPREPLY=(backup); }\ncomplete -F _restic_words restic\n",
      "other/bin/restic": '#!/bin/sh\n[ "$1" = generate ] && cp restic-completion "$3" && echo x >>runs\n',
      "shell": `${loader}
source ./script
COMP_WORDS=(resticprofile ba) COMP_CWORD=1
for time in first second; do
  _resticprofile
  printf '[%s]\\n' "\${COMPREPLY[@]}"
done
`,
    });
    const { stdout, stderr } = await runProgram("bash", folder, ["--norc", "shell"]);
    assertEquals([stdout, stderr], ["[backup ]\n[backup ]\n", ""]);
    assertEquals(folder.read("runs"), what.startsWith("without") ? "x\n" : undefined);
  });
}

Deno.test("bash asks restic once for a completion that it does not have", async () => {
  using folder = makeFolder({
    "bin/resticprofile": TOOL,
    "answers": "show\n__complete_restic\n",
    "script": bashCompletion("-n | --name"),
    "other/bin/restic": "#!/bin/sh\necho x >>runs\nexit 1\n",
    "shell": `PATH=$PWD/other/bin:$PATH
source ./script
COMP_WORDS=(resticprofile s) COMP_CWORD=1
_resticprofile && _resticprofile && printf '[%s]\\n' "\${COMPREPLY[@]}"
`,
  });
  const { stdout } = await runProgram("bash", folder, ["--norc", "shell"]);
  assertEquals([stdout, folder.read("runs")], ["[show ]\n", "x\n"]);
});

const RESTIC_WORDS: [words: string[], resticWords: string][] = [
  [["-v", "-n", "other", "backup", "--ex"], "restic|backup|--ex|"],
  [["--config", "x.toml", "other.backup", ""], "restic|backup||"],
  [["a.b.sna"], "restic|sna|"],
];
for (const [words, resticWords] of RESTIC_WORDS) {
  Deno.test(`bash asks restic's completion for "${words.join(" ")}" without our flags and profile`, async () => {
    assertEquals((await complete(words, ["__complete_restic"])).resticWords, resticWords);
  });
}
