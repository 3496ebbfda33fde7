/** Likely mistakes: unknown keys, and keys in a place where they have no effect. All of them are warnings. */
import type { Diagnostic } from "../../model/diagnostic.ts";
import { GLOBAL_KEYS } from "../../schema/global_keys.ts";
import { GROUP_KEYS } from "../../schema/group_keys.ts";
import type { KeyDefinition, KeyTable } from "../../schema/key.ts";
import { NESTED_TABLES } from "../../schema/nested_tables.ts";
import { PROFILE_KEYS } from "../../schema/profile_keys.ts";
import { flagOfKey, isFlagOfAnyCommand } from "../../schema/restic_flags.ts";
import { SCHEDULABLE, sectionKeys } from "../../schema/section_keys.ts";
import { nearestHint } from "../../model/nearest.ts";
import { isNull, type Node, nodeWarning, type TableNode, without } from "../nodes/node.ts";
import { asItems } from "../nodes/overlay.ts";
import { isSectionName, sectionNames } from "../../schema/section_names.ts";
import { isHolder, strangerInGlobal, strangerInProfile, strangerInSection, unknownKey } from "./likely_places.ts";

type Report = (problem: Diagnostic) => void;

/** @param name as it is called in messages */
export function checkProfile(profile: TableNode, name: string, report: Report): void {
  for (const [key, node] of profile.entries) {
    const own = ownKey(PROFILE_KEYS, key);
    if (own) checkOwn(node, own, `${name}.${key}`, report);
    else if (isSectionName(key) && node.kind === "table") checkSection(key, node, name, report);
    else if (!isFlagOfAnyCommand(flagOfKey(key)) && !isSectionName(key)) {
      if (!isHolder(key, node)) report(strangerInProfile(key, node, name));
    } else if (node.kind === "table") {
      const near = nearestHint(key, sectionNames());
      report(nodeWarning(node, "wrong-type", `"${name}.${key}" is a table: expected a value or a list`, near));
    }
  }
}

/** @param isInherited its other keys are those of profiles, and told there */
export function checkGlobal(global: TableNode, isInherited: boolean, report: Report): void {
  const others = isInherited ? [...global.entries.keys()].filter((key) => !Object.hasOwn(GLOBAL_KEYS, key)) : [];
  for (const [key, value] of without(global, ...others).entries) {
    const own = ownKey(GLOBAL_KEYS, key);
    if (own) checkOwn(value, own, `global.${key}`, report);
    else if (!isHolder(key, value)) report(strangerInGlobal(key, value));
  }
}

/** A group of version 2. */
export function checkGroup(group: TableNode, name: string, report: Report): void {
  const place = `groups.${name}`;
  const { schedules, ...keys } = GROUP_KEYS;
  checkTable(group, { ...keys, schedules: { ...schedules, type: "text-table" } }, place, report);
  const table = group.entries.get("schedules");
  if (table?.kind !== "table") return;
  for (const [command, node] of table.entries) {
    if ((SCHEDULABLE as readonly string[]).includes(command)) {
      checkOwn(node, schedules, `${place}.schedules.${command}`, report);
    } else {
      report(
        nodeWarning(
          node,
          "schedule-setting",
          `"${command}" in "${place}.schedules" cannot be scheduled: only ${SCHEDULABLE.join(", ")}`,
          nearestHint(command, SCHEDULABLE),
        ),
      );
    }
  }
}

function ownKey(table: KeyTable, key: string): KeyDefinition | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** A table that has the keys of `table` and no others. */
function checkTable(node: TableNode, table: KeyTable, place: string, report: Report): void {
  for (const [key, value] of node.entries) {
    const own = ownKey(table, key);
    if (own) checkOwn(value, own, `${place}.${key}`, report);
    else report(unknownKey(key, value, place, Object.keys(table)));
  }
}

/** An own key: whether it is out of date, and what is in its tables. */
function checkOwn(node: Node, key: KeyDefinition, name: string, report: Report): void {
  if (key.deprecated !== undefined && !isNull(node)) {
    report(nodeWarning(node, "deprecated", `"${name}" is deprecated`, `Better: ${key.deprecated}`));
  }
  if ((key.type === "schedule" || key.type === "schedule-defaults") && node.kind === "table") {
    checkTable(node, NESTED_TABLES[key.type].keys, name, report);
  }
  if (key.type !== "tables") return;
  for (const [index, item] of asItems(node).entries()) {
    const place = node.kind === "list" ? `${name}[${index}]` : name;
    if (item.kind === "table") checkTable(item, key.keys ?? {}, place, report);
  }
}

function checkSection(section: string, node: TableNode, profile: string, report: Report): void {
  const keys: KeyTable = sectionKeys(section);
  const place = `${profile}.${section}`;
  if (section === "retention") reportSchedule(node, place, report);
  for (const [key, value] of node.entries) {
    const own = ownKey(keys, key);
    if (own) checkOwn(value, own, `${place}.${key}`, report);
    else if (!isFlagOfAnyCommand(flagOfKey(key))) {
      if (!isHolder(key, value)) report(strangerInSection(key, value, section, place));
    } else if (value.kind === "table") {
      report(nodeWarning(value, "wrong-type", `"${place}.${key}" is a table: expected a value or a list`));
    }
  }
}

function reportSchedule(retention: TableNode, place: string, report: Report): void {
  const [key, node] = [...retention.entries].find(([key]) => key.startsWith("schedule")) ?? [];
  if (node !== undefined) {
    report(
      nodeWarning(
        node,
        "deprecated",
        `"${place}.${key}" is deprecated: a schedule of retention`,
        'Move it to the section "forget"',
      ),
    );
  }
}
