import { cell, code, grid } from './markdown.mjs'

const anchors = { created: 'when it was made', completed: 'when it was completed', relationship_end: 'the end of the relationship', last_activity: 'the last activity' }
const actions = {
  drop_partition: 'the month is dropped',
  archive_then_drop: 'the archive of the month may go',
  delete: 'rows are deleted in batches',
  crypto_shred: 'its key is destroyed and its columns are emptied',
  anonymise: 'what tells who it was is emptied, the rest stays',
}

const meaning = {
  pii: 'Tells who somebody is. Encrypted by the application before it reaches the server (`*_enc`), findable only by a keyed hash (`*_bidx`), or as four last digits; in the clear are `auth_subject`, which the identity provider made, `client_addr`, and what a phone or an archived row says beside that (`client_patch`, `row_data`). What changes in such a column is in the audit log as a digest or as nothing; `client_addr` is a column of the log itself',
  financial: 'Amounts and balances. Seen by the merchant they belong to and by roles that work for all merchants',
  secret: 'Keys, digests of keys, tokens. Granted column by column, to those alone who need them',
  internal: 'What the business needs to run. Seen by the merchant it belongs to',
  public: 'The same for everybody: currencies, and what a role may do',
}

const named = (list) => list.map((c) => code(c.name)).join(', ')

/** The policy of retention and compliance, from classifications, classes and retention classes as they are declared. */
export function retentionPolicy(tables, classes) {
  const classesOf = (t) => classes.filter((c) => c.class === t.retention || (c.class.startsWith(`${t.retention}_`) && c.appliesTo.includes(t.name)))
  const data = tables.map((t) => {
    const by = (what) => t.columns.filter((c) => c.classification === what)
    const own = [...new Set(classesOf(t).map((c) => c.class))].join(', ')
    return [
      code(t.name),
      own === '' ? (t.retention ?? '') : own,
      named(by('pii')),
      named(by('financial')),
      named(by('secret')),
      t.partitions === null ? '' : `by month, ${t.partitions.retain} online`,
    ]
  })
  const unknown = tables.filter((t) => t.retention === null).map((t) => t.name)
  if (unknown.length > 0) throw new Error(`no class of retention: ${unknown.join(', ')}`)
  const unruled = [...new Set(tables.filter((t) => classesOf(t).length === 0).map((t) => t.retention))].sort()
  const online = [...new Set(tables.flatMap((t) => (t.partitions === null ? [] : [t.partitions.retain])))]
  const rules = classes.map((c) => [
    c.class, c.country ?? 'elsewhere', c.appliesTo.map(code).join(', '), cell(c.retain), anchors[c.anchor], actions[c.action], cell(c.basis),
  ]) // prettier-ignore
  return `# Data retention and compliance

Made by \`npm run docs\` from the declaration (\`schema/\`, \`schema/retention-classes.ts\`); do not edit. The periods are engineering defaults and **not legal
advice**: the last column of the second table says what each rests on, and **where it says "Text not verified", nobody has read the law itself**. A lawyer of each
country must, before production.

## What is kept

| Classification | What it means |
| --- | --- |
${Object.entries(meaning)
  .map(([k, v]) => `| ${k} | ${v} |`)
  .join('\n')}

A class without a rule in the second table (${unruled.join(', ')}) is kept for as long as it is in use. Columns that are not named below are internal${tables.some((t) => t.columns.some((c) => c.classification === 'public')) ? ' or public' : ''}.

${grid(['Table', 'Class', 'Personal', 'Financial', 'Secret', 'Partitions'], data)}

## For how long

Where several rules apply the longest wins. A legal hold beats them all.

${grid(['Class', 'Country', 'Tables', 'Kept for', 'Counted from', 'Then', 'What it rests on'], rules)}

## How it is done

1. **Ask.** \`select * from ops.apply_retention()\` is a dry run: it says what is due and why, and changes nothing. \`api.v_retention_due\` shows the same to who looks after it.
2. **Two people.** Somebody of compliance asks for a run, another approves it; a run that was not approved, or was carried out already, is refused. Both
   names, the dry run and the outcome stay in \`app.retention_runs\`, which is audited.
3. **Small things** (class R4) are deleted in batches by that run.
4. **Months** (classes R1 and R3) leave with \`schema partitions retire\`: children before parents, each detached without stopping anybody, written to a file, read
   back and compared by count and SHA-256, and only then dropped. A month of ledger entries stays until every account in it has a checkpoint at its end or later (\`ops.write_checkpoint()\`), so that
   \`ops.verify_ledger()\` can prove every balance without the entries. A month of transactions stays until nothing refers to them: after an approved run \`ops.archive_references()\` keeps
   provider references, refunds, payouts and paid requests of that month in \`app.archived_rows\`, which leave with it. Months leave the database after ${online.join(' or ')}; **the files are what is kept for the rest of the
   period**, and nothing here deletes them when it is over: who keeps them does.
5. **People** (class R5, or on request) are erased by \`ops.erase_customer()\`: the key that their data was encrypted with is destroyed, the columns are emptied, phones are told
   to forget the row. Amounts, dates and the pseudonymous id stay, as class R1 asks for.
6. **Legal holds** (\`app.legal_holds\`) name a merchant, a row, or everything, and a range of time. \`schema partitions retire\`, retention runs and erasure refuse what a hold
   touches, and say which hold. Who placed and who lifted one is the login, written down by a trigger.
7. **A closed merchant** is not written to any more, but the people it knew are erased as before: when they ask (its owner or compliance does it) and when their time is over.

## Requests of a person

| They ask for | What happens | What stays, and why |
| --- | --- | --- |
| Access | The merchant exports what it has on them; reading ciphertext goes through \`api.read_encrypted()\`, which writes a \`READ_EXPORT\` row of the audit log | – |
| Correction | An ordinary update, audited | The audit log says that it changed, with digests in place of the values |
| Erasure | \`ops.erase_customer()\`, refused while a legal hold stands | Transactions, on which the number stays encrypted with the key of the merchant, in no index (R1); the proof that the key was destroyed |
| Objection to marketing | \`marketing_consent_at\` is emptied | – |

**Backups** still hold what was erased until they expire: as ciphertext whose key is destroyed. The key service must not back up data keys for longer than the
database's backups live, and restoring a backup must be followed by destroying again the keys that \`app.encryption_keys\` called destroyed at the time of the loss.

## What this does not do

- It does not tell what the law says. Every period above that is not verified says so.
- What a phone has already shown, printed or photographed is not erased. A phone that never comes back keeps its copy; the app must encrypt it and let it expire.
- Logs of the server and of the services are outside: statements carry no key and no plaintext of encrypted columns, but phone numbers may be in the logs of a service.
- \`payer_last4\` and \`payee_last4\` of transactions, and their blind indexes, are kept with the transaction for as long as class R1 asks, unless erasure empties them, by customer and by number: see the comment of \`ops.erase_customer()\`.
`
}
