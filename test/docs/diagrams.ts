/** The diagrams on a page. */
export function diagramsOf(page: string): string[] {
  return [...page.matchAll(/```mermaid\n([^]*?)\n```/g)].map((m) => m[1]!)
}

const text = String.raw`"(?:[^"#%\\~]|#\w+;|~(?!.*~))+"`
const word = String.raw`[A-Za-z_\u00C0-\uFFFF][A-Za-z0-9_\-[\]()\u00C0-\uFFFF]*`
/** The lines that an ER diagram may have: what Mermaid was seen to render, and stricter than its grammar. */
const lines = [
  /^erDiagram$/,
  new RegExp(`^  [A-Za-z]\\w*_\\w+\\[${text}\\](?: \\{)?$`),
  new RegExp(`^    (?!(?:pk|fk|uk)\\b)${word} (?!(?:pk|fk|uk) )${word}(?: (?:PK|FK|UK)(?:, (?:FK|UK))*)?(?: ${text})?$`, 'u'),
  /^ {2}\}$/,
  new RegExp(`^  \\w+ (?:\\|\\||\\|o)--(?:o\\||o\\{) \\w+ : ${text}$`),
  /^ {2}class \w+ (?:added|changed|removed)$/,
  /^ {2}classDef (?:added|changed|removed) fill:#\w{6},stroke:#\w{6},color:#\w{6}$/,
]

/** Lines of an ER diagram that Mermaid might not read. */
export function unreadable(diagram: string): string[] {
  return diagram.split('\n').filter((line) => !lines.some((l) => l.test(line)) || /direction\s+(?:TB|BT|LR|RL)/i.test(line))
}

export interface Drawn {
  readonly entities: ReadonlySet<string>
  /** Entities with rows. */
  readonly full: ReadonlySet<string>
  readonly relations: readonly string[]
}

/** What an ER diagram shows, entities by the first line of what is written on them. */
export function drawn(diagram: string): Drawn {
  const heads = [...diagram.matchAll(/^ {2}(\w+)\["(.*?)(?:<br\/>.*)?"\]( \{)?$/gm)]
  const names = new Map(heads.map((m) => [m[1]!, m[2]!]))
  return {
    entities: new Set(names.values()),
    full: new Set(heads.filter((m) => m[3] !== undefined).map((m) => m[2]!)),
    relations: [...diagram.matchAll(/^ {2}(\w+) (\S+--\S+) (\w+) : "(.*)"$/gm)].map((m) => `${names.get(m[1]!)} ${m[2]} ${names.get(m[3]!)}: ${m[4]}`),
  }
}
