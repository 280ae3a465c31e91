import { role } from 'pgintent'

role('ra_owner', { login: false, createRole: true, inherit: false, validUntil: '2030-01-01 00:00:00+00', settings: { search_path: ['app'], lock_timeout: '1s' }, comment: 'Owns' })
role('ra_fresh', { bypassRowSecurity: true, login: true })
