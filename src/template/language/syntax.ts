/** The parsed form of a template. `at` is where an error of the node is reported: UTF-16 units from the start. */

export type Statement = TextNode | ActionNode | BranchNode | RangeNode | CallNode | JumpNode;

interface TextNode {
  readonly kind: "text";
  readonly at: number;
  readonly text: string;
}
/** `{{ p }}`: prints, unless it declares or assigns. */
export interface ActionNode {
  readonly kind: "action";
  readonly at: number;
  readonly pipe: Pipe;
}
/** `if` and `with`, with their `else if` and `else with`. */
export interface BranchNode {
  readonly kind: "if" | "with";
  readonly at: number;
  readonly branches: readonly { readonly pipe: Pipe; readonly body: readonly Statement[] }[];
  readonly otherwise: readonly Statement[];
}
export interface RangeNode {
  readonly kind: "range";
  readonly at: number;
  readonly pipe: Pipe;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
/** `{{ template "name" p }}`, also the one that a `block` leaves behind. */
export interface CallNode {
  readonly kind: "template";
  readonly at: number;
  readonly name: string;
  readonly pipe: Pipe | undefined;
}
interface JumpNode {
  readonly kind: "break" | "continue";
  readonly at: number;
}

export type Operand =
  | Literal
  | { readonly kind: "nil" | "dot"; readonly at: number; readonly text: string }
  | FieldNode
  | VariableNode
  | ChainNode
  | FunctionNode
  | Pipe;

export interface Literal {
  readonly kind: "literal";
  readonly at: number;
  /** As it is written, for messages; so in all operands. */
  readonly text: string;
  readonly value: boolean | bigint | number | string;
}
/** `.a.b` */
interface FieldNode {
  readonly kind: "field";
  readonly at: number;
  readonly text: string;
  readonly path: readonly string[];
}
/** `$x.a.b` */
interface VariableNode {
  readonly kind: "variable";
  readonly at: number;
  readonly text: string;
  /** With the dollar; `$` is the data the template was started with. */
  readonly name: string;
  readonly path: readonly string[];
}
/** `(p).a.b` */
interface ChainNode {
  readonly kind: "chain";
  readonly at: number;
  readonly text: string;
  readonly base: Operand;
  readonly path: readonly string[];
}
export interface FunctionNode {
  readonly kind: "function";
  readonly at: number;
  readonly text: string;
}

/** `$x := cmd1 | cmd2`; in parentheses also an operand. */
export interface Pipe {
  readonly kind: "pipe";
  readonly at: number;
  readonly text: string;
  /** The names that are declared, or set; none or one, two in `range`. */
  readonly names: readonly string[];
  readonly isAssignment: boolean;
  readonly commands: readonly Command[];
}

/** A value, or a function, method or field with its arguments. */
export interface Command {
  readonly at: number;
  readonly first: Operand;
  readonly rest: readonly Operand[];
}

/** Whether a named template is just white space (comments leave nothing): it never replaces another one. */
export function isEmptyBody(body: readonly Statement[]): boolean {
  return body.every((statement) => statement.kind === "text" && statement.text.trim() === "");
}
