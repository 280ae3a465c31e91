import { fn, inout, integer, namespace, procedure, text } from 'pgintent'

const app = namespace('app')
fn(app, 'total', { args: { n: integer() }, returns: integer(), volatility: 'immutable', parallel: 'safe', strict: true, cost: 5, body: 'select n + 1', comment: 'Adds one' })
fn(app, 'definer', { returns: 'void', language: 'plpgsql', securityDefiner: true, settings: { search_path: ['app', 'pg_temp'], lock_timeout: '2s' }, body: 'begin perform 1; end' })
procedure(app, 'fresh', { args: { a: text(), b: inout(integer()) }, language: 'plpgsql', body: 'begin b := 1; end' })
