import { UserError } from '../model/error.ts'

/** What yargs lets pass and no command can use: an option given twice, without a value, or with a word for a number. Throws UserError. */
export function checkArguments(command: string, parsed: { readonly [name: string]: unknown }): void {
  for (const [name, value] of Object.entries(parsed)) {
    const wrong = (what: string, todo: string): UserError => new UserError({ where: `schema ${command}`, what: `--${name} ${what}`, todo })
    if (name === '_' || name === '$0') continue
    if (Array.isArray(value) ? value.includes('') : value === '') throw wrong('has no value', `give it one, see schema ${command} --help`)
    if (Array.isArray(value) && name !== 'allow') throw wrong('is given twice', 'give it once')
    if (typeof value === 'number' && !(Number.isSafeInteger(value) && value >= 0)) throw wrong('is not a whole number', 'give digits only')
  }
}

/** What yargs complains about, on one line. */
export function parserMessage(message: string): string {
  const choice = /^Invalid values:\s+Argument: (.+), Given: (.+), Choices: (.+)$/s.exec(message)
  return choice ? `--${choice[1]} cannot be ${choice[2]}, only ${choice[3]}` : message.replace(/\s+/g, ' ')
}
