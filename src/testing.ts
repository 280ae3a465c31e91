/** What the demo and the benches need to run against a real server of their own: not part of the public API. */
export { connect, withDatabase } from './db/index.ts'
export { embeddedInstallations, environment, findPgDump, mayEnter, openCache, openShadow, runnable, unprivileged } from './shadow/index.ts'
export { everything, introspect } from './introspect/index.ts'
export { loadDeclaration } from './declare/index.ts'
