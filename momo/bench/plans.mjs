// What a plan must be, whatever it takes on this machine: read from EXPLAIN (FORMAT JSON).

/** All nodes of a plan, outermost first. */
export function nodes(plan) {
  return [plan, ...(plan.Plans ?? []).flatMap(nodes)]
}

const conditions = ['Index Cond', 'Recheck Cond', 'Filter', 'Join Filter', 'Hash Cond', 'One-Time Filter']
const contextCall = /current_setting|current_(merchant|user|device)_id|has_permission|set_config/

/**
 * Judges one plan. `partitions` maps the name of each partition to that of its table, `empty` names those without a page; `parents`
 * maps each index of a partition to the index of the table; `few` says that tables are so small that the planner's choice of index means nothing. Returns in words what is `wrong`, and as `notes` what is not as declared
 * but breaks no promise: another index that serves as well, for a planner that expects a handful of rows.
 */
export function judge(plan, query, { partitions, empty, parents, few, tenant }) {
  const all = nodes(plan)
  const wrong = []
  const notes = []
  const wants = query.plan
  for (const node of all) {
    const relation = node['Relation Name']
    // A partition made ahead has no page: reading none of it is as good as any index.
    if (/Seq Scan/.test(node['Node Type']) && partitions.has(relation) && !empty.has(relation)) wrong.push(`sequential scan of ${relation}`)
    for (const name of conditions) {
      if (contextCall.test(node[name] ?? '')) wrong.push(`${name} of ${relation ?? node['Node Type']} asks for the context row by row: ${node[name]}`)
    }
    if (node['Parent Relationship'] === 'SubPlan' && contextCall.test(JSON.stringify(node))) wrong.push('the policy is a subplan for each row')
  }
  if (tenant) {
    const initPlans = all.filter((node) => node['Parent Relationship'] === 'InitPlan' && contextCall.test(JSON.stringify(node.Output ?? [])))
    if (initPlans.length === 0) wrong.push('no InitPlan asks for the context: the policy is missing or asked for each row')
  }
  for (const table of wants.pruned ?? []) {
    const total = [...partitions.values()].filter((t) => t === table).length
    const scanned = new Set(all.filter((node) => partitions.get(node['Relation Name']) === table && (node['Actual Loops'] ?? 1) > 0).map((node) => node['Relation Name'])).size
    if (scanned >= total) wrong.push(`all ${total} partitions of ${table} are scanned: nothing is pruned`)
  }
  if (wants.index) {
    const used = indexesOf(plan, parents)
    const promised = wants.indexOnly || wants.indexCond || wants.statusServed
    if (!used.includes(wants.index)) (promised && !few ? wrong : notes).push(`${used.join(', ') || 'no index'} is used instead of ${wants.index}`)
  }
  for (const node of all.filter((one) => parents.get(one['Index Name']) === wants.index && one['Index Name'] !== undefined)) {
    if (wants.indexOnly && node['Node Type'] !== 'Index Only Scan') (few ? notes : wrong).push(`${node['Node Type']} of ${node['Index Name']} where an Index Only Scan is promised`)
    // A condition that the partial index's own predicate implies is served by the index and appears nowhere.
    if (wants.statusServed && /status/.test(node.Filter ?? '')) wrong.push(`status is filtered row by row on ${node['Relation Name']}: ${node.Filter}`)
    if (wants.indexCond && !(node['Index Cond'] ?? '').includes(wants.indexCond)) wrong.push(`${wants.indexCond} is not in the Index Cond of ${node['Index Name']}`)
  }
  return { wrong, notes }
}

/** The indexes that a plan uses, by the names they have on the table. */
export function indexesOf(plan, parents) {
  return [...new Set(nodes(plan).flatMap((node) => (node['Index Name'] ? [parents.get(node['Index Name']) ?? node['Index Name']] : [])))].sort()
}

/** How many partitions a plan scans, and how many were removed when it started. */
export function pruning(plan, partitions) {
  const all = nodes(plan)
  return {
    scanned: new Set(all.map((node) => node['Relation Name']).filter((name) => partitions.has(name))).size,
    removed: all.reduce((sum, node) => sum + (node['Subplans Removed'] ?? 0), 0),
  }
}

/** Partitions and the names of their indexes on the parent. */
export async function catalog(connection) {
  const partitions = await connection.query(`
    select c.relname as name, p.relname as parent, pg_relation_size(c.oid) = 0 as empty
    from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
    join pg_namespace n on n.oid = p.relnamespace where n.nspname in ('app', 'audit') and p.relkind = 'p'`)
  const indexes = await connection.query(`
    select c.relname as name, p.relname as parent from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
    join pg_namespace n on n.oid = p.relnamespace where n.nspname in ('app', 'audit') and p.relkind = 'I'
    union all select c.relname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('app', 'audit') and c.relkind = 'i' and not c.relispartition`)
  return {
    partitions: new Map(partitions.map((p) => [p.name, p.parent])),
    empty: new Set(partitions.filter((p) => p.empty).map((p) => p.name)),
    parents: new Map(indexes.map((i) => [i.name, i.parent])),
  }
}
