import { sql, sqlText, text, uuid } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'

/** What MTN calls its production in each country (X-Target-Environment). A live merchant of another country is refused. */
export const mtnEnvironments = {
  BJ: 'mtnbenin', CG: 'mtncongo', CI: 'mtnivorycoast', CM: 'mtncameroon', GH: 'mtnghana', GN: 'mtnguineaconakry', LR: 'mtnliberia', SZ: 'mtnswaziland', UG: 'mtnuganda',
  ZA: 'mtnsouthafrica', ZM: 'mtnzambia',
} // prettier-ignore

const ofCountry = sqlText(
  Object.entries(mtnEnvironments)
    .map(([country, environment]) => `WHEN '${country}' THEN '${environment}'`)
    .join(' '),
)

export const providerEnvironment = internal(app, 'provider_environment', {
  owner: momoLedger,
  args: { provider: text(), merchant_id: uuid() },
  returns: text(),
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
#variable_conflict use_column
DECLARE found_environment text;
BEGIN
  SELECT CASE WHEN NOT d.is_live THEN 'sandbox'
              WHEN provider_environment.provider = 'mtn_momo' THEN CASE m.country ${ofCountry} END
              ELSE 'live' END INTO found_environment
  FROM ops.deployment d, app.merchants m WHERE m.id = provider_environment.merchant_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nobody has said whether this database is live or a sandbox' USING ERRCODE = '55000', HINT = 'Call ops.set_deployment() once.';
  ELSIF found_environment IS NULL THEN
    RAISE EXCEPTION '% does no business in the country of this merchant', provider_environment.provider
      USING ERRCODE = 'MM422', HINT = 'Its environments are in schema/money/provider-environment.ts.';
  END IF;
  RETURN found_environment;
END `,
  comment:
    'The environment in which a provider is called for a merchant: the sandbox, or in a live database that of its country. Nobody who asks for money to be moved chooses it.',
})
