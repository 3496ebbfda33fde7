/** Versions of restic: three numbers, the last ones 0 when they are left out. */

export type ResticVersion = readonly [major: number, minor: number, patch: number];

/** `0.18.1`, `0.18`, `1`, with a `v` in front or not; undefined for anything else. */
export function parseVersion(text: string): ResticVersion | undefined {
  const [, major, minor = "0", patch = "0"] = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(text.trim()) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}

/** Negative: `a` is older; 0: the same; positive: newer. */
export function compareVersions(a: ResticVersion, b: ResticVersion): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** True for `version` and everything newer. */
export function isAtLeast(version: ResticVersion, text: string): boolean {
  return compareVersions(version, parseVersion(text)!) >= 0;
}
