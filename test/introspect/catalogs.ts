/**
 * Every column of the catalogs that introspection reads. `read`: the query names it. `through`: a function that the query calls
 * prints it. `left`: nobody reads it, and why that is no loss. A column of a new PostgreSQL that is in none of them fails the test.
 */
export interface Catalog {
  readonly read: string
  readonly through?: { readonly [column: string]: string }
  readonly left?: { readonly [columns: string]: string }
}

const identity = 'a number that says which row it is, not what it says'
const derived = 'follows from what is read'
const storage = 'where and how it lies on disk'
const statistics = 'what VACUUM and ANALYZE found'
const baseTypes = 'only base types have a choice here; they are counted as not managed'
const foreign = 'foreign tables are counted as not managed'

export const catalogs: { readonly [catalog: string]: Catalog } = {
  pg_aggregate: {
    read: `aggfnoid aggkind aggtransfn aggfinalfn aggcombinefn aggserialfn aggdeserialfn aggmtransfn aggminvtransfn aggmfinalfn aggfinalextra
      aggmfinalextra aggfinalmodify aggmfinalmodify aggsortop aggtranstype aggtransspace aggmtranstype aggmtransspace agginitval aggminitval`,
    through: { aggnumdirectargs: 'pg_get_function_arguments' },
  },
  pg_attrdef: { read: 'oid adrelid adnum adbin' },
  pg_attribute: {
    read: `attrelid attname atttypid attstattarget attnum atttypmod attstorage attcompression attnotnull attidentity attgenerated attisdropped
      attinhcount attcollation attacl attoptions`,
    left: {
      'attlen attbyval attalign': derived,
      attcacheoff: storage,
      attndims: 'PostgreSQL does not hold arrays to a number of dimensions',
      atthasdef: derived,
      'atthasmissing attmissingval': storage,
      attislocal: 'whether an inherited column was also written down in the child; it changes nothing until the parent goes',
      attfdwoptions: foreign,
    },
  },
  pg_auth_members: {
    read: 'roleid member grantor admin_option inherit_option set_option',
    left: { oid: identity },
  },
  pg_authid: {
    read: 'oid rolname rolsuper rolinherit rolcreaterole rolcreatedb rolcanlogin rolreplication rolbypassrls rolconnlimit rolvaliduntil',
    left: { rolpassword: 'passwords are neither read nor declared' },
  },
  pg_class: {
    read: `oid relname relnamespace reltype reloftype relowner relam reltablespace relpages reltuples relpersistence relkind relrowsecurity
      relforcerowsecurity relispopulated relreplident relispartition relacl reloptions relpartbound`,
    left: {
      'relfilenode relrewrite': storage,
      'relallvisible relallfrozen relfrozenxid relminmxid': statistics,
      'relhasindex relnatts relchecks relhasrules relhastriggers relhassubclass': derived,
      relisshared: 'only system catalogs are',
      reltoastrelid: 'the TOAST table; its options are read as the table’s, with toast. in front',
    },
  },
  pg_constraint: {
    read: `oid conname contype condeferrable condeferred convalidated conrelid contypid conindid conparentid confrelid confupdtype confdeltype
      confmatchtype conislocal coninhcount connoinherit conkey confkey confdelsetcols conbin conenforced conperiod`,
    through: { conexclop: 'pg_get_constraintdef' },
    left: {
      connamespace: 'that of its table or domain',
      'conpfeqop conppeqop conffeqop': 'follow from the columns’ types',
    },
  },
  pg_db_role_setting: { read: 'setdatabase setrole setconfig' },
  pg_default_acl: { read: 'defaclrole defaclnamespace defaclobjtype defaclacl', left: { oid: identity } },
  pg_description: { read: 'objoid classoid objsubid description' },
  pg_enum: { read: 'enumtypid enumsortorder enumlabel', left: { oid: identity } },
  pg_extension: {
    read: 'oid extname extnamespace extversion',
    left: {
      extowner: 'whoever creates it; it has no ALTER EXTENSION … OWNER',
      extrelocatable: 'the extension’s own',
      'extconfig extcondition': 'the extension’s own: which of its tables pg_dump dumps',
    },
  },
  pg_index: {
    read: 'indexrelid indrelid indnatts indnkeyatts indisunique indnullsnotdistinct indisclustered indisvalid indisreplident indkey indcollation indclass indoption indpred',
    through: { indexprs: 'pg_get_indexdef' },
    left: {
      'indisprimary indisexclusion indimmediate': 'the constraint’s own columns say it',
      'indcheckxmin indisready indislive': 'states of a build or drop that is under way; what an unfinished one leaves is not valid',
    },
  },
  pg_inherits: {
    read: 'inhrelid inhparent inhseqno',
    left: { inhdetachpending: 'a DETACH CONCURRENTLY that is under way; the partition still counts as one' },
  },
  pg_namespace: { read: 'oid nspname nspowner nspacl' },
  pg_partitioned_table: {
    read: '',
    through: {
      partrelid: 'pg_get_partkeydef',
      partstrat: 'pg_get_partkeydef',
      partattrs: 'pg_get_partkeydef',
      partclass: 'pg_get_partkeydef',
      partcollation: 'pg_get_partkeydef',
      partexprs: 'pg_get_partkeydef',
    },
    left: { partnatts: derived, partdefid: 'that partition’s own bound says DEFAULT' },
  },
  pg_policy: { read: 'oid polname polrelid polcmd polpermissive polroles polqual polwithcheck' },
  pg_proc: {
    read: `oid proname pronamespace proowner prolang procost prorows prosupport prokind prosecdef proleakproof proisstrict proretset provolatile
      proparallel pronargs proargtypes prosrc probin prosqlbody proconfig proacl`,
    through: {
      provariadic: 'pg_get_function_arguments', pronargdefaults: 'pg_get_function_arguments', proallargtypes: 'pg_get_function_arguments',
      proargmodes: 'pg_get_function_arguments', proargnames: 'pg_get_function_arguments', proargdefaults: 'pg_get_function_arguments',
      prorettype: 'pg_get_function_result',
    }, // prettier-ignore
    left: { protrftypes: 'TRANSFORM FOR TYPE: transforms are counted as not managed' },
  },
  pg_range: { read: 'rngtypid rngsubtype rngmultitypid rngcollation rngsubopc rngcanonical rngsubdiff' },
  pg_rewrite: {
    read: 'oid rulename ev_class ev_enabled',
    through: { ev_type: 'pg_get_ruledef', is_instead: 'pg_get_ruledef', ev_qual: 'pg_get_ruledef', ev_action: 'pg_get_viewdef' },
  },
  pg_sequence: { read: 'seqrelid seqtypid seqstart seqincrement seqmax seqmin seqcache seqcycle' },
  pg_shdescription: { read: 'objoid classoid description' },
  pg_trigger: {
    read: `oid tgrelid tgparentid tgname tgfoid tgtype tgenabled tgisinternal tgconstrrelid tgconstraint tgdeferrable tginitdeferred tgattr tgargs
      tgoldtable tgnewtable`,
    through: { tgqual: 'pg_get_triggerdef' },
    left: { tgconstrindid: 'of internal triggers of foreign keys and keys', tgnargs: derived },
  },
  pg_type: {
    read: 'oid typname typnamespace typowner typtype typelem typarray typstorage typnotnull typbasetype typtypmod typcollation typdefaultbin typacl',
    left: {
      'typlen typbyval typcategory typispreferred typdelim typsubscript typinput typoutput typreceive typsend typmodin typmodout typanalyze typalign': baseTypes,
      typisdefined: 'shell types are counted as not managed',
      typrelid: 'that relation points back',
      typndims: 'PostgreSQL does not hold arrays to a number of dimensions',
      typdefault: 'the text of typdefaultbin, and the default of base types',
    },
  },
}
