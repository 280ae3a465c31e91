// Opens the shadow that its first argument names, prints its URL, and closes it when standard input ends.
import { openShadow } from '../../src/shadow/index.ts'

const [spec = 'auto', major = '15', mode = 'close'] = process.argv.slice(2)
const shadow = await openShadow(spec, { major: Number(major), extensions: [] })
process.stdout.write(`${shadow.url}\n`)
// `exit`: end without closing, as a program that forgets it does.
if (mode !== 'exit') {
  process.stdin.resume()
  process.stdin.once('end', () => void shadow.close())
}
