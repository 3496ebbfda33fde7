/**
 * Lint rules that keep the architecture: which folder of `src/` may import which, that only the platform touches the machine,
 * and that no module hides where its names come from.
 */

import { pathToFileURL } from "node:url";
import { idiomsIn } from "./plain_words.ts";

/** What each folder of `src/` may import besides itself; `README.md` shows the same table. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  schema: ["model"],
  template: ["model"],
  platform: ["model"],
  cli: ["model", "schema"],
  config: ["model", "schema", "template", "platform"],
  plan: ["model", "schema", "template"],
  hooks: ["model", "template", "platform"],
  run: ["model", "template", "platform", "hooks"],
  report: ["model", "platform", "hooks"],
  schedule: ["model", "platform"],
  launch: ["model", "schema", "template", "platform", "config", "plan", "hooks", "run", "report"],
  jobs: ["model", "schema", "template", "platform", "cli", "config", "plan", "run", "schedule", "launch"],
  checks: ["model", "schema", "template", "platform", "config", "plan", "run", "schedule", "jobs"],
  views: ["model", "schema", "platform", "config", "plan", "launch"],
  commands: [
    "model",
    "schema",
    "template",
    "platform",
    "cli",
    "config",
    "plan",
    "hooks",
    "run",
    "report",
    "schedule",
    "launch",
    "jobs",
    "checks",
    "views",
  ],
};

/** Rooms of a folder that build on each other: each may import itself, those before it, and files that are in no room. */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  template: ["values", "formats", "functions", "data", "language"],
  config: ["formats", "nodes", "structure", "files", "values", "mistakes"],
  schedule: ["calendar", "cron", "systemd", "launchd", "windows"],
};

/** A module with a source: an import or re-export declaration, or an `import()`. */
type Importing = Readonly<{ source: Deno.lint.Expression | null }>;

const SOURCES = new URL("../src/", import.meta.url).href;

/** The folder of `src/` that holds a module; `main.ts` when it stands in `src/` itself, undefined outside `src/`. */
function sourceFolder(module: URL): string | undefined {
  return module.href.startsWith(SOURCES) ? module.href.slice(SOURCES.length).split("/")[0] : undefined;
}

/** The room of its folder that holds a module, undefined for one that is in none. */
function roomOf(module: URL): string | undefined {
  const [folder = "", room = ""] = module.href.slice(SOURCES.length).split("/");
  return ROOMS[folder]?.includes(room) ? room : undefined;
}

/** Whether a module imports another one of its folder from a room that builds on its own. */
function isUpward(folder: string, module: URL, imported: URL): boolean {
  const rooms = ROOMS[folder];
  const [from, to] = [roomOf(module), roomOf(imported)];
  return rooms !== undefined && from !== undefined && to !== undefined && rooms.indexOf(to) > rooms.indexOf(from);
}

function specifierOf({ source }: Importing): string | undefined {
  return source?.type === "Literal" && typeof source.value === "string" ? source.value : undefined;
}

/** Calls `check` for every module that a file names, statically or not. */
function eachImport(check: (node: Deno.lint.Node & Importing, specifier: string) => void): Deno.lint.LintVisitor {
  const visit = (node: Deno.lint.Node & Importing) => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) check(node, specifier);
  };
  return {
    ImportDeclaration: visit,
    ImportExpression: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
  };
}

const importDirection: Deno.lint.Rule = {
  create(context) {
    const module = pathToFileURL(context.filename);
    const from = sourceFolder(module);
    if (from === undefined || from === "main.ts") return {};
    const allowed = MAY_IMPORT[from];
    return eachImport((node, specifier) => {
      const imported = specifier.startsWith(".") ? new URL(specifier, module) : undefined;
      const to = imported && sourceFolder(imported);
      if (to === undefined || allowed?.includes(to)) return;
      if (to === from) {
        if (isUpward(from, module, imported!)) context.report(upwardImport(node, from, module, imported!));
        return;
      }
      context.report({
        node,
        message: `Cannot import src/${to} from src/${from}: ${allowed ? "against the direction" : "unknown folder"}`,
        hint: "MAY_IMPORT in scripts/lint_plugin.ts has the table; pass the value as an argument instead",
      });
    });
  },
};

function upwardImport(node: Deno.lint.Node, folder: string, module: URL, imported: URL): Deno.lint.ReportData {
  return {
    node,
    message: `Cannot import src/${folder}/${roomOf(imported)} from src/${folder}/${
      roomOf(module)
    }: against the direction`,
    hint: "ROOMS in scripts/lint_plugin.ts has the order; pass the value as an argument instead",
  };
}

const onlyPlatformTouchesTheMachine: Deno.lint.Rule = {
  create(context) {
    const folder = sourceFolder(pathToFileURL(context.filename));
    if (folder === undefined || folder === "platform" || folder === "main.ts") return {};
    const report = (node: Deno.lint.Node, what: string) =>
      context.report({
        node,
        message: `Cannot use ${what} in src/${folder}: only src/platform and src/main.ts may`,
        hint: "Ask World (src/platform/world.ts) for it",
      });
    return {
      ...eachImport((node, specifier) => {
        if (specifier.startsWith("node:")) report(node, `"${specifier}"`);
      }),
      MemberExpression(node) {
        if (isDeno(node.object)) report(node, "Deno.*");
      },
      VariableDeclarator(node) {
        if (node.init && isDeno(node.init)) report(node, "Deno");
      },
      TSQualifiedName(node) {
        if (isDeno(node.left)) report(node, "Deno.*");
      },
    };
  },
};

function isDeno(node: Deno.lint.Node): boolean {
  return node.type === "Identifier" && node.name === "Deno";
}

const noExportStar: Deno.lint.Rule = {
  create(context) {
    return {
      ExportAllDeclaration(node) {
        context.report({
          node,
          message: "Cannot export *: name what is exported",
          hint: "Import from the module that has it",
        });
      },
    };
  },
};

/** A copy would ask the machine for everything that is looked up late, and miss what the world inherits from another one. */
const noCopiedWorld: Deno.lint.Rule = {
  create(context) {
    if (sourceFolder(pathToFileURL(context.filename)) === undefined) return {};
    return {
      SpreadElement({ argument }) {
        if (argument.type !== "Identifier" || argument.name !== "world") return;
        context.report({
          node: argument,
          message: "Cannot copy a World",
          hint: "Derive it: withEnv and withSpawn are in src/platform/derived_world.ts",
        });
      },
    };
  },
};

/** Texts of the program and its comments; tests quote what others write, and scripts hold the table itself. */
const plainWords: Deno.lint.Rule = {
  create(context) {
    if (sourceFolder(pathToFileURL(context.filename)) === undefined) return {};
    const check = (node: Deno.lint.Node | Deno.lint.LineComment | Deno.lint.BlockComment, text: string) => {
      for (const { found, instead } of idiomsIn(text)) {
        context.report({
          range: node.range,
          message: `Cannot use the words "${found}"`,
          hint: `Write ${instead}; STYLE in the README has examples`,
        });
      }
    };
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) check(comment, comment.value);
      },
      Literal(node) {
        if (typeof node.value === "string") check(node, node.value);
      },
      TemplateElement(node) {
        check(node, node.cooked);
      },
    };
  },
};

// The one default export of the project: Deno takes a plugin's description from there.
export default {
  name: "resticprofile",
  rules: {
    "import-direction": importDirection,
    "only-platform-touches-the-machine": onlyPlatformTouchesTheMachine,
    "no-export-star": noExportStar,
    "no-copied-world": noCopiedWorld,
    "plain-words": plainWords,
  },
} satisfies Deno.lint.Plugin;
