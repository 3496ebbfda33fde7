/** What `.name` means on a value. */
import { CallError } from "../values/template_error.ts";
import { type Method, methodOf } from "../functions/methods.ts";
import { type GoValue, isCompound, kindOf } from "../values/go_value.ts";

type Found = { readonly kind: "value"; readonly value: GoValue } | {
  readonly kind: "method";
  readonly method: Method;
};

/**
 * Missing stays missing, so `.a.b.c` with no `a` is not an error; nil that is stored somewhere is one.
 * @throws {CallError} when there is nothing of that name
 */
export function fieldOf(receiver: GoValue, name: string): Found {
  if (receiver === undefined) return { kind: "value", value: undefined };
  if (receiver === null) throw new CallError("what it belongs to is nil");
  const method = methodOf(receiver, name);
  if (method) return { kind: "method", method };
  if (isCompound(receiver) && receiver.kind === "map") return { kind: "value", value: receiver.entries.get(name) };
  if (isCompound(receiver) && receiver.kind === "struct") {
    if (receiver.fields.has(name)) return { kind: "value", value: receiver.fields.get(name) };
    const names = [...receiver.fields.keys()].map((field) => `.${field}`).join(" ");
    throw new CallError(`there is no such field, there are ${names || "none"}`);
  }
  throw new CallError(`${kindOf(receiver)} has no such field or method`);
}
