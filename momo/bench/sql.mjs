/** A value as an SQL literal. The session must have standard_conforming_strings on, which is PostgreSQL's default. */
export const literal = (value) => (value === null || value === undefined ? 'null' : `'${String(value).replaceAll("'", "''")}'`)
