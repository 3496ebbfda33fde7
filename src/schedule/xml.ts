/** The little XML that schedulers want. */

/** A tag with text or with tags in it, each on lines of its own. */
export interface Tag {
  readonly name: string;
  /** As written in the tag: `id="Author"`. */
  readonly attributes?: string;
  /** Empty: `<name/>`. */
  readonly content: string | readonly Tag[];
}

export function tag(name: string, content: Tag["content"], attributes?: string): Tag {
  return attributes === undefined ? { name, content } : { name, content, attributes };
}

/** @param indent of one level */
export function formatTag({ name, attributes = "", content }: Tag, indent: string, level = 0): string {
  const before = indent.repeat(level);
  const start = attributes === "" ? name : `${name} ${attributes}`;
  if (content.length === 0) return `${before}<${start}/>\n`;
  if (typeof content === "string") return `${before}<${start}>${escapeXml(content)}</${name}>\n`;
  const inside = content.map((one) => formatTag(one, indent, level + 1)).join("");
  return `${before}<${start}>\n${inside}${before}</${name}>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}

export function unescapeXml(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|apos|#39|#34);/g, (entity) => {
    const known = Object.keys(ENTITIES).find((character) => ENTITIES[character] === entity);
    return known ?? (entity === "&#34;" ? '"' : "'");
  });
}
