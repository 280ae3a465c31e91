import { defineConfig } from 'pgintent'

export default defineConfig({
  schema: './schema',
  manage: { owner: 'momo_owner' },
  plans: './plans',
  docs: './docs/schema',
  access: './access',
  lint: { 'missing-comment': 'error', 'key-not-uuidv7': 'error', 'column-unclassified': 'error', 'index-without-purpose': 'error' },
})
