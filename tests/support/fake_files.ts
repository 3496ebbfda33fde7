/** A file system in memory (U+FFFD in a name stands for bytes that are not UTF-8), with the modes and errors that code has to cope with: links, permissions, hard links. */
import { FileError, type FileInfo, type Files, type FolderEntry } from "../../src/platform/world.ts";

/** A file's content, by its path (U+FFFD in a name stands for bytes that are not UTF-8); a folder is a path that ends in `/`, with any content. */
export type FakeFile = string | Uint8Array | {
  readonly text?: string;
  /** @default 0o644, 0o755 for folders */
  readonly mode?: number;
  /** Milliseconds since the epoch. */
  readonly modified?: number;
  /** A symbolic link to this path. */
  readonly link?: string;
  /** A pipe or a device. */
  readonly stream?: true;
  /** @default of the process */
  readonly owner?: number;
};

interface Node {
  readonly kind: "file" | "directory" | "link" | "stream";
  readonly inode: number;
  owner: Owner;
  bytes: Uint8Array;
  mode: number;
  modified: number;
  readonly target: string;
}

type Owner = NonNullable<FileInfo["owner"]>;

const DEVICE = 1;

/**
 * @param now what new and changed files get as their time, in milliseconds since the epoch
 * @param uid of the process
 */
export function fakeFiles(
  contents: Readonly<Record<string, FakeFile>>,
  startDir: string,
  now: () => number,
  uid = 1000,
): Files {
  const nodes = new Map<string, Node>();
  const held = new Set<Node>();
  let inodes = 0;

  function node(kind: Node["kind"], mode: number, bytes = new Uint8Array(), target = ""): Node {
    return { kind, mode, bytes, target, inode: ++inodes, modified: now(), owner: { uid, gid: uid } };
  }
  /** The path of what `path` names, all links followed (the last one if `last`). */
  function resolve(path: string, last = true, depth = 0): string {
    if (depth > 40) throw new FileError("other", path, "too many levels of symbolic links");
    let done = "";
    const parts = cleanPath(path, startDir).split("/").filter(Boolean);
    for (const [index, part] of parts.entries()) {
      const here = `${done}/${part}`;
      const found = nodes.get(here);
      const follow = found?.kind === "link" && (last || index < parts.length - 1);
      done = follow ? resolve(cleanPath(found.target, done || "/"), true, depth + 1) : here;
    }
    return done || "/";
  }
  function existing(path: string, last = true): Node {
    const found = nodes.get(resolve(path, last));
    if (!found) throw new FileError("missing", path, "no such file or directory");
    return found;
  }
  /** The resolved path of something to be made in a folder that is there and may be written to. */
  function place(path: string, last = true): string {
    const to = resolve(path, last);
    const folder = nodes.get(parentOf(to));
    if (!folder) throw new FileError("missing", path, "no such file or directory");
    if (folder.kind !== "directory") throw new FileError("other", path, "not a directory");
    if (!(folder.mode & 0o200)) throw new FileError("denied", path, "permission denied");
    return to;
  }
  function makeDir(path: string, mode = 0o755): void {
    const to = resolve(path);
    const found = nodes.get(to);
    if (found?.kind === "directory") return;
    if (found) throw new FileError("exists", path, "file exists");
    if (to !== "/") makeDir(parentOf(to), mode);
    nodes.set(to === "/" ? to : place(to), node("directory", mode));
  }
  function info(found: Node | undefined): FileInfo | undefined {
    if (!found) return undefined;
    const { bytes, modified, inode, mode, owner } = found;
    const kind = found.kind === "link" ? "other" : found.kind;
    return { kind, size: bytes.length, modified, inode, mode, device: DEVICE, owner, isOwn: owner.uid === uid };
  }
  function find(path: string, last: boolean): FileInfo | undefined {
    const name = resolve(path, last);
    for (let folder = parentOf(name); folder !== "/"; folder = parentOf(folder)) {
      const found = nodes.get(folder);
      if (found?.kind === "directory" && !(found.mode & 0o100)) {
        throw new FileError("denied", path, "permission denied");
      }
    }
    return info(nodes.get(name));
  }
  function read(path: string): Uint8Array {
    const found = existing(path);
    if (found.kind === "directory") throw new FileError("other", path, "is a directory");
    if (!(found.mode & 0o400)) throw new FileError("denied", path, "permission denied");
    return found.bytes.slice();
  }
  function write(path: string, data: string | Uint8Array, options: Parameters<Files["write"]>[2] = {}): void {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data.slice();
    const found = nodes.get(resolve(path));
    if (found && options.createNew) throw new FileError("exists", path, "file exists");
    if (found?.kind === "directory") throw new FileError("other", path, "is a directory");
    if (!found) return void nodes.set(place(path), node("file", options.mode ?? 0o644, bytes));
    if (!(found.mode & 0o200)) throw new FileError("denied", path, "permission denied");
    found.bytes = options.append ? Uint8Array.from([...found.bytes, ...bytes]) : bytes;
    found.modified = now();
  }
  function list(path: string): string[] {
    const { kind, mode } = existing(path);
    if (kind !== "directory") throw new FileError("other", path, "not a directory");
    if (!(mode & 0o400)) throw new FileError("denied", path, "permission denied");
    const folder = resolve(path);
    return [...nodes.keys()].filter((name) => name !== "/" && parentOf(name) === folder).map(baseOf);
  }
  function entries(path: string): FolderEntry[] {
    const folder = resolve(path).replace(/\/$/, "");
    return list(path).map((name) => {
      const { kind } = nodes.get(`${folder}/${name}`)!;
      return { name, kind: kind === "directory" || kind === "link" ? kind : "file", isText: !name.includes("\ufffd") };
    });
  }
  function remove(path: string, options: { recursive?: boolean } = {}): void {
    const name = resolve(path, false);
    if (!nodes.has(name)) return;
    const inside = [...nodes.keys()].filter((other) => other.startsWith(`${name}/`));
    if (inside.length > 0 && !options.recursive) throw new FileError("other", path, "directory not empty");
    place(parentOf(name) + "/.");
    for (const one of [name, ...inside]) nodes.delete(one);
  }
  function rename(from: string, to: string): void {
    const [source, target] = [resolve(from, false), place(to, false)];
    existing(from, false);
    for (const [name, moved] of [...nodes]) {
      if (name !== source && !name.startsWith(`${source}/`)) continue;
      nodes.delete(name);
      nodes.set(target + name.slice(source.length), moved);
    }
  }
  function link(from: string, to: string): void {
    const found = existing(from);
    if (nodes.has(resolve(to, false))) throw new FileError("exists", to, "file exists");
    nodes.set(place(to), found);
  }

  function lock(path: string): () => void {
    existing(path);
    return () => {}; // nothing happens between two lines of one thread
  }

  nodes.set("/", node("directory", 0o755));
  makeDir(startDir);
  for (const [path, content] of Object.entries(contents)) {
    const { text, mode, modified, link: target, stream, owner } =
      typeof content === "string" || content instanceof Uint8Array ? { text: content } : content;
    const name = cleanPath(path, startDir);
    makeDir(parentOf(name));
    if (target !== undefined) nodes.set(name, node("link", 0o777, undefined, target));
    else if (path.endsWith("/")) makeDir(name);
    else if (stream) nodes.set(name, node("stream", 0o666));
    else write(name, text ?? "");
    if (mode !== undefined) existing(name).mode = mode;
    if (modified !== undefined) existing(name).modified = modified;
    if (owner !== undefined) existing(name, false).owner = { uid: owner, gid: owner };
  }

  return {
    read,
    readText: (path) => new TextDecoder().decode(read(path)),
    readStart: (path, bytes) => read(path).subarray(0, bytes),
    readRegular(path, longest) {
      const { kind, bytes } = existing(path);
      if (kind === "stream") throw new FileError("other", path, "it is not a regular file");
      if (bytes.length > longest) throw new FileError("other", path, `it is longer than ${longest} bytes`);
      return new TextDecoder().decode(read(path));
    },
    write,
    stat: (path) => find(path, true),
    lstat: (path) => find(path, false),
    realPath(path) {
      existing(path);
      return resolve(path);
    },
    list,
    entries,
    makeDir,
    remove,
    rename,
    link,
    chmod: (path, mode) => void (existing(path).mode = mode),
    chown(path, owner) {
      const found = existing(path);
      if (uid !== 0 && owner.uid !== found.owner.uid) throw new FileError("denied", path, "operation not permitted");
      found.owner = { uid: owner.uid, gid: owner.gid };
    },
    isExecutable(path) {
      const found = nodes.get(resolve(path));
      return found?.kind === "file" && (found.mode & 0o111) !== 0;
    },
    tryLock: (path) => lock(path),
    lock,
    hold(path) {
      const found = existing(path);
      held.add(found);
      return () => void held.delete(found);
    },
    isHeld: (path) => held.has(existing(path)),
  };
}

/** Absolute, without `.`, `..`, doubled or trailing slashes. */
function cleanPath(path: string, from: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${from}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
