/** Pages of the reference that no table can tell. */

export const START =
  `A configuration is a TOML, YAML, JSON or HCL file. At its top it has these keys; names of keys, profiles and groups may be
written in any case of letters.

| name | notes |
|---|---|
| \`version\` | Layout of the file: \`1\` (also if it is absent) or \`2\` |
| \`includes\` | Files to read in addition, patterns too |
| \`global\` | The global section |
| \`groups\` | Groups by name |
| \`profiles\` | Profiles by name, in version 2; in version 1 every other key is a profile |
| \`mixins\` | Mixins by name, in version 2: \`default-vars\` and content for the places that \`use\` them |
| \`$schema\` | URL of a JSON Schema; ignored |

In version 2 the key of a list may have an operator: \`exclude...\` (or \`exclude__APPEND\`) adds to the end of the list that is
inherited, \`...exclude\` (or \`exclude__PREPEND\`) to its start.
`;

export const VALUE_TYPES = `| type | values |
|---|---|
| text | a text; numbers and booleans are read as their text |
| boolean | \`true\`, \`false\`; a number, where 0 is false; the texts \`1\` \`t\` \`true\`, \`0\` \`f\` \`false\` |
| boolean or absent | as boolean; being absent means something of its own |
| integer | an integer, also as a text: \`100\`, \`"0x10"\` |
| duration | a text of numbers and units: \`1h30m\`, \`90s\`, \`500ms\` (units \`ns us ms s m h\`); a bare number is seconds |
| list of texts | a list; a single text is a list of one |
| table of texts | a table of names and texts |
| table | a table of the keys that are named with it |
| list of tables | a list of tables; a single table is a list of one |
| list of mixins | names of mixins, or tables \`{ name, vars }\` |

What is null is as if it were absent. A flag of restic takes a text, a number, a boolean or a list of these: \`true\` is the flag
alone, \`false\` leaves it out, a list gives it several times.
`;

export const JSON_SCHEMA =
  `\`resticprofile generate --json-schema v1\` (or \`v2\`) prints a JSON Schema of the configuration, with which editors complete keys and
mark mistakes; \`--version 0.18\` makes one for that restic. \`global\` in place of the version makes a schema that refers to the others
by what the file says; \`SCHEMA_BASE_URL\` in the environment is the address where they are. In profiles and sections it accepts
names that it does not know, as flags of a newer restic, with a description that says so, and marks keys that have no effect there.

In YAML a comment names the schema:

    # yaml-language-server: $schema=config-2.json

In JSON it is the key \`$schema\`, in TOML the comment \`#:schema config-2.json\`.
`;
