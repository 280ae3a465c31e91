import type { Table } from 'pgintent'

/** The names of a table's columns, in their order. */
export const columnNames = (table: Table<any, any>): string[] => Object.keys(table.columns)
