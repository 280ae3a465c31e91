/** `15.18 (Debian 15.18-1)` is 150018, as in `server_version_num`; `19beta1` is 190000. */
export function versionNumber(version: string): number {
  const [, major = '0', minor = '0'] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? []
  return Number(major) * 10_000 + Number(minor)
}

/** 150018 is `15.18`. */
export function versionText(versionNum: number): string {
  return `${Math.floor(versionNum / 10_000)}.${versionNum % 10_000}`
}
