import { fn, integer, namespace, procedure, text } from 'pgintent'

const app = namespace('app')
fn(app, 'total', { args: { n: integer() }, returns: integer(), body: 'select n' })
fn(app, 'definer', { returns: 'void', language: 'plpgsql', body: 'begin end' })
procedure(app, 'gone', { args: { a: text() }, body: 'select 1' })
