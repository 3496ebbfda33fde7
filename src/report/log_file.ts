/** A log file: `2026/11/23 12:34:56 INFO  message`, and what programs print as it is. */
import type { LogLevel } from "../model/invocation.ts";
import { folderOf } from "../model/path.ts";
import { checkWritten } from "../platform/replace_file.ts";
import type { Files } from "../platform/world.ts";
import { logStamp } from "../model/local_time.ts";
import type { LogTarget } from "./log_sink.ts";

/** Five columns wide. */
const NAMES: Readonly<Record<LogLevel, string>> = {
  trace: "TRACE",
  debug: "DEBUG",
  info: "INFO ",
  warning: "WARN ",
  error: "ERROR",
};
const LINE_FEED = 0x0a;

/**
 * Appends to a file, which is made with its folders. It is opened for each line, so that it may be moved away by a log rotation. It may be a device, such as `/dev/stdout`.
 * @throws {FileError} when it cannot be written
 */
export function openLogFile(path: string, files: Files): LogTarget {
  let atLineStart = true;
  const append = (data: string | Uint8Array) => files.write(path, data, { append: true, mode: 0o644 });
  const line = (text: string) => {
    append(atLineStart ? `${text}\n` : `\n${text}\n`);
    atLineStart = true;
  };
  checkWritten(files, path, ["file", "stream"]);
  files.makeDir(folderOf(path));
  append("");
  return {
    message: (at, level, text) => line(`${logStamp(at)} ${NAMES[level]} ${text}`),
    output(_at, bytes) {
      if (bytes.length === 0) return;
      append(bytes);
      atLineStart = bytes.at(-1) === LINE_FEED;
    },
    raw: (_at, _level, text) => line(text),
    settle: () => Promise.resolve(),
    close() {},
  };
}
