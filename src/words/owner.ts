import { satelliteId } from '../model/object.ts'
import type { Ref } from './ref.ts'
import { add } from './registry.ts'
import { roleOf, type RoleLike } from './role.ts'
import type { Site } from './site.ts'

/** Registers who owns an object. Without one it gets the config's `manage.owner`. */
export function addOwner(target: Ref, owner: RoleLike | undefined, site: Site): void {
  if (owner === undefined) return
  const { name, refs } = roleOf(owner, target.id)
  add({ id: satelliteId('owner', target.id), kind: 'owner', path: target.path, parent: target.id, attrs: { role: name }, refs: [target.id, ...refs] }, site)
}
