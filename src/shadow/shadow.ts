/** A PostgreSQL server, or one database on it, that we may wreck. */
export interface Shadow {
  /** A superuser's URL to an empty scratch database; on a given URL, that URL's user. Never print it unredacted. */
  readonly url: string
  readonly versionNum: number
  /** For messages: `embedded PostgreSQL 15.18`. */
  readonly describe: string
  /** Where the server's programs are, when they are on this machine. */
  readonly binDir?: string
  /** Whether the whole cluster is ours, so that roles and other cluster-wide objects may be made and left in it. */
  readonly exclusiveCluster: boolean
  /** Removes everything. Connections to it must be closed or expect to break. Harmless when called again. */
  close(): Promise<void>
}

/** What a plan needs of its shadow. */
export interface ShadowWish {
  /** The target's major; without a server of that major the newest one is taken. */
  readonly major: number
  /** Extensions that the shadow must be able to create. */
  readonly extensions: readonly string[]
  /** The target itself, for the provider `target`. */
  readonly targetUrl?: string
}
