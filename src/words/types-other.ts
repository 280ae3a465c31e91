import { columnOf } from './column-types.ts'

const plain =
  <const S extends string>(name: S) =>
  () =>
    columnOf<string, S>(name, 'string')

export const inet = plain('inet')
export const cidr = plain('cidr')
export const macaddr = plain('macaddr')
export const macaddr8 = plain('macaddr8')
export const tsvector = plain('tsvector')
export const tsquery = plain('tsquery')
export const point = plain('point')
export const line = plain('line')
export const lseg = plain('lseg')
export const box = plain('box')
export const path = plain('path')
export const polygon = plain('polygon')
export const circle = plain('circle')
export const int4range = plain('int4range')
export const int8range = plain('int8range')
export const numrange = plain('numrange')
export const tsrange = plain('tsrange')
export const tstzrange = plain('tstzrange')
export const daterange = plain('daterange')
export const int4multirange = plain('int4multirange')
export const int8multirange = plain('int8multirange')
export const nummultirange = plain('nummultirange')
export const tsmultirange = plain('tsmultirange')
export const tstzmultirange = plain('tstzmultirange')
export const datemultirange = plain('datemultirange')
