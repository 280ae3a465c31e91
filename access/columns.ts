import { hidden } from 'pgintent'
import { compliance, ledger, members, nobody, operators, worker } from './actors.ts'

// Only who charges a number decrypts it, and who reviews documents their number and place. The keys are elsewhere, so those who run migrations see nothing but bytes.
hidden(/_enc$|^key_hash$|^wrapped_dek$/, { but: [worker, ledger, compliance, ...operators] })

// What people could be recognised by, also by joining, is not for those who look at every merchant.
hidden(/_bidx$|^auth_subject$|^public_key$|^response_body$/, { but: [...members, nobody, worker, ledger, ...operators] })
