import { spawn, type ChildProcess } from 'node:child_process'
import { environment } from './environment.ts'
import type { Identity } from './identity.ts'

/**
 * A shell that copies the template, runs the server, and removes both when its standard input ends. The other end of
 * that pipe is held by our process alone, so it ends however we end, `kill -9` included. The server gets neither the
 * pipe nor our output, so that nobody who waits for our output waits for it. The signal is repeated because a shell
 * starts what runs in the background with SIGQUIT ignored, and the server lifts that only some milliseconds later. SIGPIPE is ignored because the shell has a word to say about a
 * server that dies by a signal, to us, who may be gone.
 */
const script = `umask 077
ulimit -c 0
trap '' PIPE
dir=$1; template=$2; postgres=$3; shift 3
exec 3<&0 </dev/null
mkdir "$dir" && cp -R "$template" "$dir/data" || { rm -rf "$dir"; exit 1; }
"$postgres" -D "$dir/data" -k "$dir" "$@" 3<&- >"$dir/log" 2>&1 &
server=$!
{
  while read -r line <&3; do :; done
  while kill -QUIT "$server"; do sleep 0.1 || sleep 1; done
} 2>/dev/null &
reader=$!
exec 3<&-
wait "$server"
kill "$reader" 2>/dev/null
tail -n 20 "$dir/log" >&2
cd / && rm -rf "$dir"`

/** A server's guardian. */
export interface Watchdog {
  /** Resolves when server and folder are gone, with what the server said last. */
  readonly gone: Promise<string>
  /** Stops the server at once and removes its folder. */
  stop(): Promise<void>
}

/** Starts the guardian, which starts the server. Nothing here keeps our process alive. */
export function watch(identity: Identity | undefined, dir: string, template: string, postgres: string, args: readonly string[]): Watchdog {
  const child = spawn('/bin/sh', ['-c', script, 'pgintent-watchdog', dir, template, postgres, ...args], {
    ...identity,
    cwd: '/',
    env: environment(),
    // A session of its own: Ctrl-C in a terminal must reach us, not the guardian, which has to clean up after us.
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr!.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)))
  child.stdin!.on('error', () => undefined)
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(String(error)))
    child.once('close', () => resolve(said.trim()))
  })
  release(child)
  return {
    gone,
    stop: async () => {
      child.ref()
      child.stdin!.destroy()
      await gone
    },
  }
}

function release(child: ChildProcess): void {
  child.unref()
  for (const stream of [child.stdin, child.stderr]) (stream as { unref?: () => void } | null)?.unref?.()
}
