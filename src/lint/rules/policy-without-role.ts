import { policy } from '../../kinds/policy/index.ts'
import { nameOf } from '../look.ts'
import type { Rule } from '../rule.ts'

/** A policy without TO is a policy for everyone: roles that are added later are let in too, and its expression runs for all. */
export const policyWithoutRole: Rule = {
  name: 'policy-without-role',
  level: 'warn',
  about: 'Every policy names the roles that it is for.',
  *check({ look }) {
    for (const p of look.all(policy))
      if (p.attrs.roles.includes('public'))
        yield { object: p, message: `policy ${nameOf(p)} is for PUBLIC, so it also lets in every role that is made later`, todo: 'name the roles it is for' }
  },
}
