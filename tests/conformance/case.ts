/** What a case says: `case.json` and `expected.json` of its archive. `README.md` explains the keys. */

import { type Archive, parseArchive } from "./archive.ts";

/** How a stand-in program answers. */
export interface Reply {
  readonly exit?: number;
  readonly stdout?: string;
  readonly stderr?: string;
  /** Seconds. */
  readonly sleep?: number;
  /** Name without `SIG`, of which it dies. */
  readonly signal?: string;
}

export interface HttpReply {
  readonly status?: number;
  /** Seconds. */
  readonly delay?: number;
  readonly body?: string;
  /** Closes the connection without an answer. */
  readonly drop?: boolean;
  readonly location?: string;
}

/** One, or those of the 1st, 2nd, … time; the last counts from then on. */
export type OneOrMore<T> = T | readonly T[];

/** One start of the tool. */
export interface Step {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly cwd?: string;
  readonly exit?: number;
  /** A signal to the tool after so many seconds. */
  readonly kill?: { readonly signal: Deno.Signal; readonly after: number };
  /** The next step starts after so many seconds, not at the end of this one. */
  readonly background?: number;
  readonly stdout?: readonly string[];
  readonly stderr?: readonly string[];
  readonly output?: readonly string[];
  readonly notOutput?: readonly string[];
}

export interface CaseSpec extends Step {
  readonly runs?: readonly Step[];
  readonly restic?: Readonly<Record<string, OneOrMore<Reply>>>;
  readonly resticVersion?: string;
  readonly http?: Readonly<Record<string, OneOrMore<HttpReply>>>;
  readonly fakes?: Readonly<Record<string, OneOrMore<Reply>>>;
  readonly watchEnv?: readonly string[];
  readonly watchHeaders?: readonly string[];
  readonly capture?: readonly string[];
  readonly modes?: Readonly<Record<string, string>>;
  readonly unordered?: boolean;
  readonly ignoreEvents?: boolean;
  /** Seconds until a step is killed. @default 20 */
  readonly timeout?: number;
}

/** What a stand-in or a receiver saw: `{"restic": ["backup", "/x"]}`, `{"http": "GET /path", "body": "…"}`. */
export type Event = Readonly<Record<string, unknown>>;

/** What the world saw of the tool. */
export interface Recording {
  readonly exits: readonly number[];
  readonly events: readonly Event[];
  /** Texts of captured files, null for one that is not there. */
  readonly files?: Readonly<Record<string, string | null>>;
}

export interface Case {
  readonly archive: Archive;
  readonly spec: CaseSpec;
  /** Undefined until it has been recorded. */
  readonly expected: Recording | undefined;
  /** Files of the case's folder by path, with marks. */
  readonly files: ReadonlyMap<string, string>;
}

const SPEC = "case.json";
const EXPECTED = "expected.json";

/** @throws {SyntaxError} when one of the JSON texts is none */
export function parseCase(text: string): Case {
  const archive = parseArchive(text);
  const files = new Map(archive.files);
  files.delete(SPEC);
  files.delete(EXPECTED);
  const expected = archive.files.get(EXPECTED);
  return {
    archive,
    spec: JSON.parse(archive.files.get(SPEC) ?? "{}"),
    expected: expected === undefined ? undefined : JSON.parse(expected),
    files,
  };
}

export function stepsOf(spec: CaseSpec): readonly Step[] {
  return spec.runs ?? [spec];
}

/** The archive with another recording, an event on each line. */
export function withRecording({ comment, files }: Archive, recording: Recording): Archive {
  return { comment, files: new Map(files).set(EXPECTED, `${formatRecording(recording)}\n`) };
}

function formatRecording({ exits, events, files }: Recording): string {
  const rows = events.map((event) => `    ${JSON.stringify(event)}`).join(",\n");
  const captured = files ? `,\n  "files": ${JSON.stringify(files, null, 2).replaceAll("\n", "\n  ")}` : "";
  return `{\n  "exits": ${JSON.stringify(exits)},\n  "events": [\n${rows}\n  ]${captured}\n}`;
}
