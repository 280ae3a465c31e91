/** What the documents ask of a declared model. In: the model. Out: tables without partitions, in order of name, with what hangs on them. */
export function tablesOf(model) {
  const objects = [...model.objects.values()]
  const comments = new Map(objects.filter((o) => o.kind === 'comment').map((o) => [o.parent, o.attrs.text]))
  const on = new Map()
  for (const o of objects) if (o.parent !== null) on.set(o.parent, [...(on.get(o.parent) ?? []), o])
  const commentOf = (o) => comments.get(o.id) ?? ''
  return objects
    .filter((o) => o.kind === 'table' && o.attrs.partitionOf === null)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((t) => {
      const parts = on.get(t.id) ?? []
      const of = (kind) => parts.filter((o) => o.kind === kind)
      return {
        name: t.path.join('.'),
        comment: commentOf(t),
        retention: t.facts?.retention ?? null,
        partitions: t.facts?.partitions ?? null,
        columns: of('column').map((c) => ({ name: c.path[2], type: c.attrs.type, classification: c.facts?.classification ?? null, comment: commentOf(c) })),
        keys: of('key').map((k) => ({ name: k.path[2], primary: k.attrs.primary, on: k.attrs.columns, include: k.attrs.include, comment: commentOf(k) })),
        indexes: of('index').map((i) => ({ name: i.path[1], attrs: i.attrs, comment: commentOf(i) })),
        policies: of('policy').map((p) => ({ name: p.path[2], attrs: p.attrs })),
        triggers: of('trigger').map((x) => x.path[2]),
      }
    })
}
