/** Says what goes on. On a terminal as one changing line, in a pipe not at all. */
export interface Progress {
  readonly say: (what: string) => void
  readonly stop: () => void
}

export function progress(): Progress {
  if (!process.stderr.isTTY || process.env['CI']) return { say: () => undefined, stop: () => undefined }
  const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'
  let what = ''
  let n = 0
  let timer: NodeJS.Timeout | null = null
  const draw = (): void => void process.stderr.write(`\r\u001b[K${frames[n++ % frames.length]} ${what}`)
  return {
    say: (text) => {
      what = text
      timer ??= setInterval(draw, 80).unref()
      draw()
    },
    stop: () => {
      if (timer) clearInterval(timer)
      if (timer) process.stderr.write('\r\u001b[K')
      timer = null
    },
  }
}
