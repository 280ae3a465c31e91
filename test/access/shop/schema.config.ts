import { defineConfig } from 'pgintent'

export default defineConfig({ schema: 'schema', access: 'access', manage: { owner: 'keeper' } })
