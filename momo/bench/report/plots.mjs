// The figures of a run as plots.
import { bytes, times } from './words.mjs'
import { barPlot, dotPlot } from './svg.mjs'

/** The worse of both kinds of plan, which is what a service may meet. */
export const worst = (query, figure) => Math.max(...query.modes.map((m) => m[figure]))

/** File name to SVG. */
export function plots(results) {
  const measured = results.queries.filter((q) => q.modes)
  const files = {
    'latency.svg': dotPlot({
      title: `Latency of each query over ${results.rows.toLocaleString('en')} transactions, the worse of both kinds of plan`,
      unit: 'ms',
      series: ['p50', 'p95', 'p99'],
      rows: measured.map((q) => ({ label: `${q.id} ${q.title}`, values: [worst(q, 'p50'), worst(q, 'p95'), worst(q, 'p99')], target: q.target })),
    }),
    'index-sizes.svg': barPlot({
      title: 'The twenty largest indexes, all partitions of each together',
      groups: [
        {
          label: '',
          bars: results.indexes.slice(0, 20).map((i) => ({ label: i.name, value: i.bytes, shown: bytes(i.bytes) })),
        },
      ],
    }),
  }
  if (results.keys) {
    const base = results.keys.kinds[0]
    const group = (label, value) => ({
      label,
      bars: results.keys.kinds.map((k) => ({ label: k.kind, value: value(k), shown: times(value(k) / value(base)) })),
    })
    files['keys.svg'] = barPlot({
      title: `UUID v7, UUID v4 and bigint as keys of ${results.keys.rows.toLocaleString('en')} rows; v7 is 1`,
      groups: [
        group('rows inserted per second', (k) => k.perSecond),
        group('WAL written', (k) => k.wal),
        group('size of the primary key', (k) => k.indexBytes),
        group('indexes to read a time range by', (k) => k.indexBytes + k.rangeIndexBytes),
        group('time to read one hour', (k) => k.rangeMs),
      ],
    })
  }
  return files
}
