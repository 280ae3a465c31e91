import { expect, test } from 'vitest'
import { cut, label, Names, quote, typeWord, word } from '../../src/docs/mermaid.ts'

/** Each of these made Mermaid 11.17 fail, or show something else, before it was written this way. */
test.each([
  ['say "hi"', '"say #quot;hi#quot;"'],
  ['a < b && <b>c</b>', '"a #lt; b #amp;#amp; #lt;b#gt;c#lt;/b#gt;"'],
  ['#lt; is no tag', '"#35;lt; is no tag"'],
  ['%%{init: {}}%% and 100%', '"#37;#37;{init: {}}#37;#37; and 100#37;"'],
  ['$$x^2$$', '"#36;#36;x^2#36;#36;"'],
  ['**bold** `code` C:\\x', '"#42;#42;bold#42;#42; #96;code#96; C:#92;x"'],
  ['_x_ __init__ but snake_case', '"#95;x#95; #95;_init_#95; but snake_case"'],
  ['~a~b~', '"~a#126;b#126;"'],
  ['~ changed', '"~ changed"'],
  ['in direction TB', '"in direction#32;TB"'],
  ['two\nlines\u0007', '"two lines"'],
  ['', '" "'],
])('text %j', (text, expected) => {
  expect(quote(text)).toBe(expected)
})

test('an entity’s name may have several lines', () => {
  expect(label('a "b"\n50%')).toBe('"a #quot;b#quot;<br/>50#37;"')
})

test.each([
  ['numeric(10,2)', 'numeric(10_2)'],
  ['two words', 'two_words'],
  ['1st', '_1st'],
  ['pk', 'pk_'],
  ['FK', 'FK_'],
  ['a~b~c', 'a_b_c'],
  ['größe', 'größe'],
  ['😀', '_'],
  ['__init__', '__init__\u2060'],
])('word %j', (text, expected) => {
  expect(word(text)).toBe(expected)
})

test.each([
  ['timestamp with time zone', 'timestamptz'],
  ['timestamp(3) without time zone', 'timestamp(3)'],
  ['timestamp with time zone[]', 'timestamptz[]'],
  ['character varying(20)[]', 'varchar(20)[]'],
  ['app.minor', 'minor'],
  ['other.minor', 'other_minor'],
  ['app."My type"', 'My_type'],
  ['interval day to second(3)', 'interval_day_to_second(3)'],
])('type %j', (type, expected) => {
  expect(typeWord(type, 'app')).toBe(expected)
})

test('names are Mermaid identifiers, none a word of its own, and never alike', () => {
  const names = new Names()
  const paths = [
    ['app', 'users'],
    ['app', 'USERS'],
    ['app', 'us-ers'],
    ['app_us', 'ers'],
    ['1', 'a'],
    ['', 'class'],
    ['a', ''],
    ['é', 'ü'],
  ]
  const all = paths.map((p) => names.of(p))
  for (const name of all) expect(name).toMatch(/^[A-Za-z]\w*_\w+$/)
  expect(new Set(all.map((n) => n.toLowerCase())).size).toBe(paths.length)
  expect(names.of(['app', 'users'])).toBe('app_users')
})

test('a long line is cut at a word', () => {
  expect(cut('Minor units of the currency, never negative', 30)).toBe('Minor units of the currency…')
  expect(cut('short\n line', 30)).toBe('short line')
  expect(cut('x'.repeat(40), 30)).toBe(`${'x'.repeat(30)}…`)
})
