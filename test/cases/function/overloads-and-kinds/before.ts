import { fn, integer, namespace, text } from 'pgintent'

const app = namespace('app')
fn(app, 'f', { args: [integer()], returns: integer(), body: 'select 1' })
fn(app, 'f', { args: [text()], returns: text(), body: 'select $1' })
