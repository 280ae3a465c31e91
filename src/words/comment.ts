import { satelliteId, type Id } from '../model/object.ts'
import type { Named, Ref } from './ref.ts'
import { add } from './registry.ts'
import { callSite, type Site } from './site.ts'

/** Registers the comment of an object. `needs` is what must exist for it; the object itself unless said otherwise. */
export function addComment(target: Ref, text: string | undefined, site: Site, needs: Id = target.id): void {
  if (text === undefined) return
  add({ id: satelliteId('comment', target.id), kind: 'comment', path: target.path, parent: target.id, attrs: { text }, refs: [needs] }, site)
}

/** A comment apart from what it is on. In: any declared object, or `outside(…)`. */
export function comment(target: Named, text: string): void {
  addComment(target.ref, text, callSite())
}
