import { describe, expect, test } from 'vitest'
import { parseUrl, redactUrl, withDatabase } from '../../src/db/index.ts'
import { settingsOf } from '../../src/db/settings.ts'

describe('URLs as libpq reads them', () => {
  test.each([
    ['postgres://host', { hosts: [{ host: 'host' }] }],
    ['postgresql://me@host:6543/db', { user: 'me', hosts: [{ host: 'host', port: 6543 }], database: 'db' }],
    ['postgresql://me:p%40s%2Fs@h/d', { user: 'me', password: 'p@s/s', hosts: [{ host: 'h' }], database: 'd' }],
    ['postgresql://me:p@ss#1@h/d', { user: 'me', password: 'p@ss#1', hosts: [{ host: 'h' }], database: 'd' }],
    ['postgresql://[2001:db8::1]:99/d', { hosts: [{ host: '2001:db8::1', port: 99 }], database: 'd' }],
    [
      'postgresql://a:1,b:2/d',
      {
        hosts: [
          { host: 'a', port: 1 },
          { host: 'b', port: 2 },
        ],
        database: 'd',
      },
    ],
    ['postgresql://%2Frun%2Fpg/d', { hosts: [{ host: '/run/pg' }], database: 'd' }],
    ['postgresql:///d?host=/run/pg&port=7', { hosts: [{ host: '/run/pg', port: 7 }], database: 'd' }],
    ['postgresql://me@/d', { user: 'me', hosts: [{}], database: 'd' }],
    ['postgresql://', { hosts: [{}] }],
    ['postgresql://h/d?user=u&password=p', { user: 'u', password: 'p', hosts: [{ host: 'h' }], database: 'd' }],
  ])('%s', (url, parts) => {
    const { params: _, ...found } = parseUrl(url)
    expect(found).toEqual(parts)
  })

  test.each(['mysql://u:s3cret@h/d', 's3cret', '', 'postgres://u:s3cret@h:port/d', 'postgres://u:s3cret%@h/d', 'postgres://h/d?s3cret'])(
    'no URL, and nothing of it in the message: %s',
    (url) => {
      expect(() => parseUrl(url)).toThrow(/^connection URL: /)
      expect(() => parseUrl(url)).not.toThrow(/s3cret/)
      expect(redactUrl(url)).toBe('the connection URL')
    },
  )
})

test('redacted URLs keep everything but secrets', () => {
  expect(redactUrl('postgres://me:s3cret@host:1/d?sslpassword=x')).toBe('postgresql://me@host:1/d')
  expect(redactUrl('postgres://h/d?user=u&password=s3cret')).toBe('postgresql://u@h/d')
  expect(redactUrl('postgresql:///d?host=/run/pg')).toBe('postgresql://%2Frun%2Fpg/d')
  expect(redactUrl('postgres://[::1]:5/d')).toBe('postgresql://[::1]:5/d')
})

test('the same URL with another database', () => {
  expect(withDatabase('postgres://me:p%40@h:1/a?sslmode=require', 'b c')).toBe('postgresql://me:p%40@h:1/b%20c?sslmode=require')
  expect(withDatabase('postgresql://h?dbname=a', 'b')).toBe('postgresql://h/b')
})

test('defaults come from the environment, then from the system', () => {
  const env = { PGHOST: 'there', PGPORT: '7', PGUSER: 'her', PGPASSWORD: 'pw', PGSSLMODE: 'disable' }
  expect(settingsOf('postgresql://', env)).toEqual([{ host: 'there', port: 7, user: 'her', database: 'her', password: 'pw', tls: [false] }])
  expect(settingsOf('postgresql://h/d?connect_timeout=3&application_name=a', { PGUSER: 'u' })[0]).toMatchObject({
    timeoutMs: 3000,
    applicationName: 'a',
  })
})

test('TLS choices', () => {
  const tls = (query: string) => settingsOf(`postgresql://u@h/d${query}`, {})[0]?.tls
  expect(tls('')).toMatchObject([{ rejectUnauthorized: false }, false])
  expect(tls('?sslmode=require')).toMatchObject([{ rejectUnauthorized: false }])
  expect(tls('?sslmode=verify-full')).toEqual([{ rejectUnauthorized: true }])
  expect(tls('?sslmode=verify-ca')).toMatchObject([{ rejectUnauthorized: true, checkServerIdentity: expect.any(Function) as unknown }])
  expect(() => tls('?sslmode=maybe')).toThrow('sslmode "maybe" does not exist')
  expect(() => tls('?sslmode=require&sslrootcert=/nosuch.pem')).toThrow('sslrootcert /nosuch.pem cannot be read')
})
