import { fn, integer, namespace, out, setOf, text, variadic } from 'pgintent'

const app = namespace('app')
fn(app, 'f', { args: [integer()], returns: integer(), body: 'select 2' })
fn(app, 'f', { args: [text(), text()], returns: text(), body: 'select $1 || $2' })
fn(app, 'rows_of', { args: { n: integer(), rest: variadic(text().array()) }, returns: { table: { a: integer(), b: text() } }, rows: 5, body: 'select n, rest[1]' })
fn(app, 'pair', { args: { a: out(integer()), b: out(text()) }, body: `select 1, 'x'` })
fn(app, 'series', { returns: setOf(integer()), body: 'select generate_series(1, 3)' })
